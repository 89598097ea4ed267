// The chat of a window put together: session, views, memory, and what its commands do.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { isBusy } from '../../core/chat/activity.ts';
import { ChatSession } from '../../core/chat/chatSession.ts';
import type { ChatSessionPorts } from '../../core/chat/chatSession.ts';
import type { SessionChange } from '../../core/chat/sessionChange.ts';
import type { ActiveLane } from '../../core/lane/activeLane.ts';
import type { SendWith, ViewState } from '../../core/protocol/protocol.ts';
import { LastTextEditor } from '../editor/lastTextEditor.ts';
import type { L10n } from '../l10n.ts';
import { ChatMemory } from './chatMemory.ts';
import { ChatViews, chatViewId } from './chatViews.ts';
import { editorDesk } from './editorDesk.ts';
import { exportChat } from './exportChat.ts';
import { intentHandler } from './intentHandler.ts';
import { Pointing } from './pointing.ts';
import { showHistory } from './showHistory.ts';
import { ViewChanges } from './viewChanges.ts';
import { attachmentViews, laneView, statusView, turnViews } from './viewState.ts';
import type { Wording } from './viewState.ts';
import { viewWords } from './viewWords.ts';

export interface ChatParts extends Omit<ChatSessionPorts, 'newId' | 'shownLane'> {
  readonly extensionUri: vscode.Uri;
  readonly l10n: L10n;
  readonly activeLane: () => ActiveLane;
  readonly onDidChangeLane: vscode.Event<unknown>;
  /** The web console of a lane; undefined where none is known. */
  readonly consoleOf: (laneId: string) => string | undefined;
  readonly sendWith: () => SendWith;
  readonly onDidChangeSettings: vscode.Event<unknown>;
  /** The window's own state: what was typed and shown comes back after a reload. */
  readonly windowState: vscode.Memento;
  /** A page of the chat was made; a good time to warm up the transport. */
  readonly onDidShow: () => void;
  /** Told to the user and the log by whoever tells all errors. */
  readonly tell: (error: unknown) => void;
  /** For the log; never an error's own message, which may hold anything. */
  readonly warn: (line: string) => void;
}

export class Chat implements vscode.Disposable {
  readonly session: ChatSession;
  readonly #parts: ChatParts;
  readonly #wording: Wording;
  /** Where it is shown; `start` registers them. */
  readonly views: ChatViews;
  readonly #memory: ChatMemory;
  readonly #changes: ViewChanges;
  readonly #lastEditor = new LastTextEditor();
  readonly #pointing: Pointing;
  readonly #busyChanged = new vscode.EventEmitter<boolean>();
  readonly #subscriptions: vscode.Disposable[] = [this.#lastEditor, this.#busyChanged];
  #isBusy = false;
  /** The lane and choice that were announced last. */
  #announced: string;

  /** Whether an answer is under way; the context key `codingLane.busy` follows it. */
  readonly onDidChangeBusy = this.#busyChanged.event;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.#announced = choiceOf(parts.activeLane());
    this.#wording = {
      l10n: parts.l10n,
      hasConsole: (laneId) => parts.consoleOf(laneId) !== undefined,
      now: () => parts.clock.now(),
    };
    this.#memory = new ChatMemory(parts.windowState, (error) => this.#warn('the draft was not kept', error));
    this.session = new ChatSession(
      { ...parts, newId: randomUUID, shownLane: () => this.#shownLane() },
      (change) => this.#sessionChanged(change),
    );
    this.#changes = new ViewChanges(this.session, this.#wording);
    this.#pointing = new Pointing({ session: this.session, l10n: parts.l10n, lastEditor: this.#lastEditor });
    this.views = new ChatViews(
      {
        extensionUri: parts.extensionUri,
        clock: parts.clock,
        title: vscode.l10n.t('Coding Lane Chat'),
        language: parts.l10n.language,
        viewState: () => this.#viewState(),
        onIntent: intentHandler({
          session: this.session,
          desk: editorDesk({
            lastEditor: this.#lastEditor,
            pickAttachments: () => this.#pointing.pickAttachments(),
            showHistory: () => this.showHistory(),
            activeLaneId: () => parts.activeLane().lane.id,
          }),
          wording: this.#wording,
          consoleOf: parts.consoleOf,
        }),
        onFailed: parts.tell,
        onDropped: (count) => {
          // Told at powers of ten: a page that floods must not flood the log.
          if (/^10*$/.test(String(count))) parts.warn(`dropped ${String(count)} messages of the chat view`);
        },
      },
      parts.onDidShow,
    );
    this.#subscriptions.push(
      this.views,
      parts.onDidChangeLane(() => this.#laneChanged()),
      parts.onDidChangeSettings(() =>
        this.views.add({ type: 'settings/changed', sendWith: parts.sendWith() }),
      ),
    );
    this.session.setDraft(this.#memory.draft);
  }

  /** Registers the views; once in a window. */
  register(): void {
    this.#subscriptions.push(this.views.register());
  }

  /** Brings back what the window showed before a reload. */
  async restore(): Promise<void> {
    const id = this.#memory.conversationId;
    if (id === undefined) return;
    try {
      await this.session.restore(id);
    } catch (error) {
      this.#warn('the conversation was not restored', error);
    }
  }

  /** Resolves when what had arrived of an answer is on disk. */
  async close(): Promise<void> {
    await this.session.close();
    this.dispose();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  // -- commands

  async open(): Promise<void> {
    await vscode.commands.executeCommand(`${chatViewId}.focus`);
    this.session.focusComposer();
  }

  openTab(): void {
    this.views.openTab();
  }

  async newChat(): Promise<void> {
    this.session.newChat();
    await this.open();
  }

  stop(): void {
    this.session.stop();
  }

  showHistory(): Promise<void> {
    return showHistory(this.#parts.store, this.session);
  }

  exportChat(): Promise<void> {
    return exportChat(this.session.conversation);
  }

  /** Add Selection to Chat: beside the composer, for the user to ask about. */
  async addSelection(): Promise<void> {
    this.#pointing.addSelection();
    await this.open();
  }

  /** Explain: asked at once, in the chat. */
  async explain(): Promise<void> {
    if (this.#pointing.explain()) await vscode.commands.executeCommand(`${chatViewId}.focus`);
  }

  // -- within

  #shownLane(): ReturnType<ChatSessionPorts['shownLane']> {
    const { lane, shownModel } = this.#parts.activeLane();
    return { laneId: lane.id, laneLabel: lane.label, model: shownModel };
  }

  #viewState(): ViewState {
    const { conversation, activity, attachments, draft } = this.session;
    return {
      words: viewWords(this.#parts.l10n),
      sendWith: this.#parts.sendWith(),
      lane: laneView(this.#parts.activeLane(), this.#wording),
      status: statusView(activity, this.#wording),
      draft,
      attachments: attachmentViews(attachments, this.#parts.l10n),
      turns: turnViews(conversation, this.#wording),
    };
  }

  #sessionChanged(change: SessionChange): void {
    for (const shown of this.#changes.of(change)) this.views.add(shown);
    switch (change.type) {
      case 'conversation/opened':
        this.#rememberConversation();
        break;
      case 'conversation/event':
        if (change.event.type === 'turn/asked') this.#rememberConversation();
        break;
      case 'activity/changed':
        this.#setBusy(isBusy(this.session.activity));
        break;
      case 'attachments/changed':
      case 'composer/filled':
      case 'composer/taken':
        break;
      case 'draft/changed':
        this.#memory.draft = this.session.draft;
        break;
      case 'storage/failed':
        this.#warn('the conversation was not written', change.error);
        void vscode.window.showWarningMessage(
          vscode.l10n.t(
            'The chat cannot be saved ({code}). You can go on, but it is lost when this window closes.',
            {
              code: codeOf(change.error),
            },
          ),
        );
        break;
      case 'unexpected':
        this.#warn('an answer ended by a mistake of the extension', change.error);
        break;
    }
  }

  #rememberConversation(): void {
    const { id, turns } = this.session.conversation;
    this.#memory.conversationId = turns.length === 0 ? undefined : id;
  }

  #laneChanged(): void {
    const active = this.#parts.activeLane();
    this.views.add({ type: 'lane/changed', lane: laneView(active, this.#wording) });
    const choice = choiceOf(active);
    if (choice === this.#announced) return;
    this.#announced = choice;
    if (this.#isBusy) return;
    const text = vscode.l10n.t('Now {model} on {lane}', {
      model: active.shownModel,
      lane: active.lane.label,
    });
    this.views.add({ type: 'status/changed', status: { busy: false, text } });
  }

  #setBusy(isBusyNow: boolean): void {
    if (isBusyNow === this.#isBusy) return;
    this.#isBusy = isBusyNow;
    this.#busyChanged.fire(isBusyNow);
    void vscode.commands.executeCommand('setContext', 'codingLane.busy', isBusyNow);
  }

  /** Where it happened, without what it says: a message may hold a prompt or a path of the user's. */
  #warn(what: string, error: unknown): void {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
    this.#parts.warn([`${what}: ${codeOf(error)}`, ...frames].join('\n'));
  }
}

/** What the user has chosen; that `auto` has found its model is no choice. */
function choiceOf({ lane, model }: ActiveLane): string {
  return `${lane.id}/${model}`;
}

/** The system's code or the error's name. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
