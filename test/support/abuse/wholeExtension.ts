// The whole extension, put together by its own `activate`, in which a test sees what is otherwise out of sight.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { Intent } from '../../../src/core/protocol/protocol.ts';
import { activate, deactivate } from '../../../src/extension.ts';
import { ViewWebview } from '../chat/viewWebview.ts';
import { removeFolder } from '../editor/places.ts';
import { FakeMemento } from '../lane/fakeMemento.ts';
import { FakeSecrets } from '../lane/fakeSecrets.ts';

/** Settings, fetch and files are the real ones; what the running copy has registered already is played here. */
export interface WholeExtension {
  readonly secrets: FakeSecrets;
  readonly globalState: FakeMemento;
  readonly workspaceState: FakeMemento;
  /** Where conversations are written. */
  readonly storage: string;
  /** Lines of the log channel at all levels, as they would be in its file. */
  readonly log: readonly string[];
  /** What was shown in notifications and asked in dialogs. */
  readonly said: readonly string[];
  readonly view: ViewWebview;
  /** What the next input box is answered with; undefined leaves it. */
  answer: string | undefined;
  readonly command: (id: string, ...given: readonly unknown[]) => Promise<void>;
  readonly say: (intent: Intent) => void;
  /** Resolves when the view was told this in a fact after the first `after`; it draws all it is given at once. */
  readonly untilTold: (words: string, after?: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface WholeExtensionOptions {
  readonly logLevel?: vscode.LogLevel;
  readonly secrets?: FakeSecrets;
}

type Commands = Map<string, (...given: readonly unknown[]) => unknown>;

export async function startWholeExtension(options: WholeExtensionOptions = {}): Promise<WholeExtension> {
  // The running copy registers its own before any of that is played.
  await vscode.extensions.getExtension('codinglane.coding-lane')?.activate();
  const storage = await mkdtemp(join(tmpdir(), 'abuse-'));
  const log: string[] = [];
  const said: string[] = [];
  const commands: Commands = new Map();
  const view = new ViewWebview();
  const viewGone = new vscode.EventEmitter<void>();
  let provider: vscode.WebviewViewProvider | undefined;
  const whole = {
    secrets: options.secrets ?? new FakeSecrets(),
    globalState: new FakeMemento(),
    workspaceState: new FakeMemento(),
    answer: undefined as string | undefined,
  };
  const nothing = { dispose: () => undefined };
  const speak = async (...words: readonly unknown[]): Promise<undefined> => {
    said.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' | '));
  };
  const undo = [
    replace(vscode.window, 'createOutputChannel', () =>
      logChannel(log, options.logLevel ?? vscode.LogLevel.Info),
    ),
    replace(
      vscode.window,
      'registerWebviewViewProvider',
      (_id: string, given: vscode.WebviewViewProvider) => {
        provider = given;
        return nothing;
      },
    ),
    replace(vscode.window, 'registerWebviewPanelSerializer', () => nothing),
    replace(vscode.window, 'showInformationMessage', speak),
    replace(vscode.window, 'showWarningMessage', speak),
    replace(vscode.window, 'showErrorMessage', speak),
    replace(vscode.window, 'showInputBox', async () => whole.answer),
    replace(
      vscode.commands,
      'registerCommand',
      (id: string, run: (...given: readonly unknown[]) => unknown) => {
        commands.set(id, run);
        return nothing;
      },
    ),
  ];
  const context = {
    extensionUri: vscode.Uri.file(storage),
    globalStorageUri: vscode.Uri.file(storage),
    subscriptions: [] as vscode.Disposable[],
    ...whole,
  };
  const close = async (): Promise<void> => {
    await deactivate();
    for (const subscription of context.subscriptions.reverse()) subscription.dispose();
    viewGone.fire();
    for (const step of undo) step();
    await removeFolder(storage);
  };
  try {
    // Whether it is done at once or promises to be is its own affair.
    await Promise.resolve(activate(context as unknown as vscode.ExtensionContext));
  } catch (error) {
    await close();
    throw error;
  }
  if (provider === undefined) throw new Error('the chat was not registered');
  void provider.resolveWebviewView(
    {
      webview: view,
      visible: true,
      onDidDispose: viewGone.event,
      onDidChangeVisibility: new vscode.EventEmitter<void>().event,
    } as unknown as vscode.WebviewView,
    undefined as unknown as vscode.WebviewViewResolveContext,
    undefined as unknown as vscode.CancellationToken,
  );
  view.say({ type: 'view/ready' });
  return {
    ...whole,
    get answer() {
      return whole.answer;
    },
    set answer(value) {
      whole.answer = value;
    },
    storage,
    log,
    said,
    view,
    command: async (id, ...given) => {
      const run = commands.get(`codingLane.${id}`);
      if (run === undefined) throw new Error(`no command ${id}`);
      await run(...given);
    },
    say: (intent) => view.say(intent),
    untilTold: (words, after = 0) =>
      until(`the view is told ${words}`, () => {
        view.catchUp();
        return JSON.stringify(view.facts.slice(after)).includes(words);
      }),
    close,
  };
}

/** Resolves when `look` is true; rejects after 40 s so that no test hangs. */
export async function until(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`never seen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function replace(owner: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  if (before === undefined) throw new Error(`the editor has no ${name}`);
  Object.defineProperty(owner, name, { configurable: true, value });
  return () => {
    Object.defineProperty(owner, name, before);
  };
}

/** What the extension uses of the channel; as the real one it writes what its level lets through. */
function logChannel(lines: string[], logLevel: vscode.LogLevel): vscode.LogOutputChannel {
  const writer = (name: string, level: vscode.LogLevel) => (line: string) => {
    if (logLevel !== vscode.LogLevel.Off && level >= logLevel) lines.push(`[${name}] ${line}`);
  };
  const { Debug, Error, Info, Trace, Warning } = vscode.LogLevel;
  return {
    logLevel,
    trace: writer('trace', Trace),
    debug: writer('debug', Debug),
    info: writer('info', Info),
    warn: writer('warn', Warning),
    error: writer('error', Error),
    show: () => undefined,
    dispose: () => undefined,
  } as unknown as vscode.LogOutputChannel;
}
