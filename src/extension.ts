// Builds the extension in dependency order: the one file that knows both the editor and the network.
import * as vscode from 'vscode';
import type { CompletionError } from './core/completion/completionError.ts';
import { fetchModels } from './core/completion/fetchModels.ts';
import { createLearnedRefusals } from './core/completion/learnedRefusals.ts';
import { streamCompletion } from './core/completion/streamCompletion.ts';
import { Catalogs } from './core/lane/catalogs.ts';
import { laneKinds } from './core/lane/laneKinds.ts';
import { ConversationFiles } from './disk/conversationFiles.ts';
import { Chat } from './host/chat/chat.ts';
import { registerCommands } from './host/command/registerCommands.ts';
import { errorSentence } from './host/errorCard.ts';
import type { L10n } from './host/l10n.ts';
import { askBillingConsent } from './host/lane/askBillingConsent.ts';
import { BillingConsent } from './host/lane/billingConsent.ts';
import { clearApiKey } from './host/lane/clearApiKey.ts';
import { keepHasKeyContext } from './host/lane/hasKeyContext.ts';
import { Keys } from './host/lane/keys.ts';
import { LaneNotices } from './host/lane/laneNotices.ts';
import { Lanes } from './host/lane/lanes.ts';
import { switchModel } from './host/lane/modelPicker.ts';
import { refreshModels } from './host/lane/refreshModels.ts';
import { setApiKey } from './host/lane/setApiKey.ts';
import { StatusBar } from './host/lane/statusBar.ts';
import { networkSettings } from './host/networkSettings.ts';
import { ChannelLog } from './host/requestLog.ts';
import { Settings } from './host/settings.ts';
import { placeOf, tellError } from './host/tellError.ts';
import { transportChooser } from './net/transportChooser.ts';
import { systemClock } from './net/systemClock.ts';
import { warmUp } from './net/warmUp.ts';

let chat: Chat | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const { window } = vscode;
  const clock = systemClock;
  const { t } = vscode.l10n;
  const l10n: L10n = {
    t: (sentence, blanks) => (blanks ? t(sentence, blanks) : t(sentence)),
    language: vscode.env.language,
  };
  const describe = (error: CompletionError): string => errorSentence(l10n, error.toRecord(), clock.now());

  // -- what everything is told to
  const channel = own(window.createOutputChannel('Coding Lane', { log: true }));
  const log = new ChannelLog(channel);
  const warn = (line: string): void => channel.warn(line);
  const tell = (error: unknown): void => tellError(error, { describe, warn, showLog: () => channel.show() });

  // -- lanes
  const settings = own(new Settings());
  const keys = own(
    new Keys({
      secrets: context.secrets,
      marks: context.globalState,
      environment: process.env,
      warn: (text, error) => warn(`${text}: ${placeOf(error)}`),
    }),
  );
  const transport = transportChooser(() => ({
    ...networkSettings(),
    transport: settings.values.networkTransport,
  }));
  const catalogs = new Catalogs({
    clock,
    listModels: async (lane, key, purpose, signal) =>
      fetchModels(
        { lane, ...(key === undefined ? {} : { key }), transport: await transport(), clock, log },
        purpose,
        signal,
      ),
  });
  const consent = new BillingConsent({ state: context.globalState, ask: (lane) => askBillingConsent(lane) });
  const lanes = own(
    new Lanes({
      settings,
      keys,
      catalogs,
      consent,
      windowState: context.workspaceState,
      transport,
      clock,
      log,
      learned: createLearnedRefusals(),
    }),
  );
  const statusBar = own(new StatusBar({ lanes, clock, describe }));
  const keyParts = { lanes, keys, catalogs, consent, describe, window };

  // -- chat
  const conversations = vscode.Uri.joinPath(context.globalStorageUri, 'conversations').fsPath;
  chat = new Chat({
    extensionUri: context.extensionUri,
    l10n,
    clock,
    connect: lanes.connect,
    streamCompletion,
    store: new ConversationFiles(conversations, {
      onIndexProblem: (error) => warn(`the index of conversations: ${placeOf(error)}`),
    }),
    settings: () => ({ ...settings.values, language: l10n.language }),
    activeLane: () => lanes.active,
    onDidChangeLane: lanes.onDidChange,
    consoleOf: (laneId) => {
      const kind = lanes.find(laneId)?.lane.kind;
      return laneKinds.find(({ id }) => id === kind)?.console;
    },
    sendWith: () => settings.values.sendWith,
    onDidChangeSettings: settings.onDidChange,
    windowState: context.workspaceState,
    onDidShow: () => {
      warmUp().catch((error: unknown) => warn(`warming up: ${placeOf(error)}`));
    },
    tell,
    warn,
  });
  own(spinWhileBusy(chat, statusBar));

  // -- doors
  const { session } = chat;
  const door = chat;
  for (const command of registerCommands(
    {
      openChat: () => door.open(),
      openChatInEditor: () => door.openTab(),
      newChat: () => door.newChat(),
      stop: () => session.stop(),
      showHistory: () => door.showHistory(),
      exportChat: () => door.exportChat(),
      switchModel: () =>
        switchModel({
          lanes,
          clock,
          describe,
          setApiKey: (laneId) => setApiKey(keyParts, laneId),
          tell,
          window,
        }),
      setApiKey: (laneId) => setApiKey(keyParts, typeof laneId === 'string' ? laneId : undefined),
      clearApiKey: () => clearApiKey({ lanes, keys, catalogs, window }),
      refreshModels: () => refreshModels({ lanes, window }),
      showLog: () => channel.show(),
      ask: () => door.addSelection(),
      explain: () => door.explain(),
    },
    tell,
  )) {
    own(command);
  }
  own(keepHasKeyContext(lanes));
  own(
    new LaneNotices({
      settings,
      lanes,
      folderState: context.workspaceState,
      describe,
      setApiKey: (laneId) => setApiKey(keyParts, laneId),
      window,
    }),
  );
  chat.register();
  // The last conversation is read while the editor goes on; the view shows it when it is there.
  void chat.restore();
}

/** The editor waits for this, so that the last second of an answer reaches the disk. */
export async function deactivate(): Promise<void> {
  await chat?.close();
  chat = undefined;
}

function spinWhileBusy(session: Chat, statusBar: StatusBar): vscode.Disposable {
  let spinner: vscode.Disposable | undefined;
  const listening = session.onDidChangeBusy((isBusy) => {
    spinner?.dispose();
    spinner = isBusy ? statusBar.begin() : undefined;
  });
  return vscode.Disposable.from(listening, new vscode.Disposable(() => void spinner?.dispose()));
}
