// The chat in the editor: a page that comes and goes, a session that stays.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { completionError } from '../../src/core/completion/completionError.ts';
import type { ActiveLane } from '../../src/core/lane/activeLane.ts';
import { Chat } from '../../src/host/chat/chat.ts';
import type { ChatParts } from '../../src/host/chat/chat.ts';
import { ChatView } from '../../src/host/chat/chatView.ts';
import type { ChatViewParts } from '../../src/host/chat/chatView.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { HandStream } from '../core/chat/handStream.ts';
import { MemoryStore } from '../core/chat/memoryStore.ts';
import { SessionBench, turnOver } from '../core/chat/sessionBench.ts';
import { closeEditors } from '../support/chat/closeEditors.ts';
import { englishL10n } from '../support/chat/englishL10n.ts';
import { ViewWebview } from '../support/chat/viewWebview.ts';

const extensionUri = vscode.Uri.file('/extension');
const coding = {
  lane: { id: 'coding', label: 'BytePlus Coding', billing: 'plan' },
  model: 'auto',
  shownModel: 'glm-5.2',
  hasKey: true,
} as ActiveLane;

/** A memento in memory. */
class MemoryState implements vscode.Memento {
  readonly #values = new Map<string, unknown>();
  keys = (): readonly string[] => [...this.#values.keys()];
  get = <T>(key: string): T | undefined => this.#values.get(key) as T | undefined;
  update = (key: string, value: unknown): Thenable<void> => {
    this.#values.set(key, value);
    return Promise.resolve();
  };
}

/** One window: a chat, its page, and what outlives both. */
class ChatWindow {
  readonly clock = new FakeClock();
  readonly streams: HandStream[] = [];
  readonly warnings: string[] = [];
  readonly told: unknown[] = [];
  readonly laneChanged = new vscode.EventEmitter<void>();
  readonly settingsChanged = new vscode.EventEmitter<void>();
  readonly chat: Chat;
  active: ActiveLane = coding;
  connect: ChatParts['connect'] = () => Promise.resolve(new SessionBench().connection());

  readonly store: MemoryStore;
  readonly windowState: MemoryState;

  constructor(store = new MemoryStore(), windowState = new MemoryState()) {
    this.store = store;
    this.windowState = windowState;
    this.chat = new Chat({
      extensionUri,
      l10n: englishL10n,
      clock: this.clock,
      store,
      windowState,
      connect: (...parameters) => this.connect(...parameters),
      streamCompletion: (...parameters) => {
        const stream = new HandStream(...parameters);
        this.streams.push(stream);
        return stream.deltas();
      },
      settings: () => ({
        thinking: 'default',
        reasoningEffort: 'default',
        maxOutputTokens: 0,
        language: 'en',
      }),
      activeLane: () => this.active,
      onDidChangeLane: this.laneChanged.event,
      consoleOf: () => undefined,
      sendWith: () => 'enter',
      onDidChangeSettings: this.settingsChanged.event,
      onDidShow: () => undefined,
      tell: (error) => this.told.push(error),
      warn: (line) => this.warnings.push(line),
    });
  }
}

/** The panel's frame as far as the chat uses it. */
function frameOf(webview: vscode.Webview, onDidDispose: vscode.Event<void>): vscode.WebviewView {
  const onDidChangeVisibility = new vscode.EventEmitter<void>().event;
  return { webview, visible: true, onDidDispose, onDidChangeVisibility } as unknown as vscode.WebviewView;
}

suite('a page of the chat', () => {
  function shown(parts: Partial<ChatViewParts> = {}): {
    webview: ViewWebview;
    view: ChatView;
    dropped: number[];
  } {
    const webview = new ViewWebview();
    const dropped: number[] = [];
    const view = new ChatView(webview, {
      extensionUri,
      clock: new FakeClock(),
      title: 'Chat',
      language: 'en',
      viewState: () => ({ draft: 'kept' }) as ReturnType<ChatViewParts['viewState']>,
      onIntent: () => Promise.resolve(),
      onFailed: (error) => assert.fail(String(error)),
      onDropped: (count) => dropped.push(count),
      ...parts,
    });
    return { webview, view, dropped };
  }

  test('may load from dist alone, and runs no commands', () => {
    const { webview } = shown();
    assert.deepEqual(webview.options, {
      enableScripts: true,
      enableForms: false,
      enableCommandUris: false,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')],
    });
    const other = shown().webview;
    const nonce = (html: string): string | undefined => /nonce="([^"]+)"/.exec(html)?.[1];
    assert.notEqual(nonce(webview.html), nonce(other.html));
  });

  test('is told everything when it is ready, and again when it is shown anew', () => {
    const { webview, view } = shown();
    assert.equal(webview.facts.length, 0);
    webview.say({ type: 'view/ready' });
    assert.equal(webview.state.draft, 'kept');
    view.setVisible(false);
    view.add({ type: 'status/changed', status: { busy: true, text: 'x' } });
    view.setVisible(true);
    assert.deepEqual(
      webview.facts.map((fact) => fact.type),
      ['view/opened', 'view/opened'],
    );
  });

  test('has what it should not say dropped and counted', () => {
    const wishes: string[] = [];
    const { webview, dropped } = shown({
      onIntent: (intent) => {
        wishes.push(intent.type);
        return Promise.resolve();
      },
    });
    for (const spoof of [
      null,
      'turn/stop',
      { type: 'command/run', command: 'workbench.action.quit' },
      { type: 'turn/send', text: 'x', path: '/etc/passwd' },
    ]) {
      webview.say(spoof);
    }
    webview.say({ type: 'turn/stop' });
    assert.deepEqual(dropped, [1, 2, 3, 4]);
    assert.deepEqual(wishes, ['turn/stop']);
  });

  test('hears of a wish that failed through whoever tells errors', async () => {
    const failures: unknown[] = [];
    const mistake = new Error('no such conversation');
    const { webview } = shown({
      onIntent: () => Promise.reject(mistake),
      onFailed: (error) => failures.push(error),
    });
    webview.say({ type: 'chat/history' });
    await turnOver();
    assert.deepEqual(failures, [mistake]);
  });
});

suite('the chat of a window', () => {
  test('keeps draft and conversation over a reload, and cuts what was under way', async () => {
    const before = new ChatWindow();
    await before.chat.restore();
    before.chat.session.send('question');
    await turnOver();
    before.streams[0]?.text('partial');
    await turnOver();
    before.chat.session.setDraft('next question, half');
    await before.chat.close();

    const after = new ChatWindow(before.store, before.windowState);
    await after.chat.restore();
    assert.equal(after.chat.session.draft, 'next question, half');
    const [turn] = after.chat.session.conversation.turns;
    assert.equal(turn?.answer?.state, 'interrupted');
    assert.equal(turn.answer.text, 'partial');
    after.chat.session.newChat();
    await after.chat.close();

    const empty = new ChatWindow(before.store, before.windowState);
    await empty.chat.restore();
    assert.deepEqual(empty.chat.session.conversation.turns, []);
    await empty.chat.close();
  });

  test('says busy once for each answer', async () => {
    const window = new ChatWindow();
    const busy: boolean[] = [];
    window.chat.onDidChangeBusy((isBusy) => busy.push(isBusy));
    window.chat.session.send('question');
    await turnOver();
    window.streams[0]?.text('answer');
    window.streams[0]?.finish();
    await turnOver();
    assert.deepEqual(busy, [true, false]);
    window.chat.dispose();
  });

  test('tells the log where it went wrong and never what was asked', async () => {
    const window = new ChatWindow();
    window.connect = () => Promise.reject(new TypeError('canary prompt in a message'));
    window.chat.session.send('canary prompt');
    await turnOver();
    assert.equal(window.warnings.length, 1);
    assert.match(
      window.warnings[0] ?? '',
      /^an answer ended by a mistake of the extension: TypeError\n\s+at /,
    );
    assert.doesNotMatch(window.warnings.join('\n'), /canary/);
    window.chat.dispose();
  });

  test('an expected failure is the card’s affair, not the log’s', async () => {
    const window = new ChatWindow();
    window.connect = () => Promise.reject(completionError('auth', 'no-key'));
    window.chat.session.send('question');
    await turnOver();
    assert.deepEqual(window.warnings, []);
    assert.equal(window.chat.session.draft, 'question');
    window.chat.dispose();
  });

  test('tells a choice of lane or model, and not that auto has found its model', async () => {
    const window = new ChatWindow();
    const webview = new ViewWebview();
    const disposed = new vscode.EventEmitter<void>();
    window.chat.views.resolveWebviewView(frameOf(webview, disposed.event));
    webview.say({ type: 'view/ready' });
    const change = async (active: ActiveLane): Promise<readonly string[]> => {
      webview.catchUp();
      webview.facts.length = 0;
      window.active = active;
      window.laneChanged.fire();
      window.clock.advance(1_000);
      await turnOver();
      return webview.changes;
    };
    assert.deepEqual(await change({ ...coding, shownModel: 'glm-5.1' }), ['lane/changed']);
    assert.deepEqual(await change({ ...coding, model: 'glm-5.1', shownModel: 'glm-5.1' }), [
      'lane/changed',
      'status/changed',
    ]);
    disposed.fire();
    window.chat.dispose();
  });

  test('an exported chat is an unsaved Markdown document', async () => {
    const window = new ChatWindow();
    window.chat.session.send('What is *this*?');
    await turnOver();
    window.streams[0]?.give({ type: 'reasoning', text: 'thoughts' }, { type: 'text', text: 'A lane.' });
    window.streams[0]?.finish();
    await turnOver();
    await window.chat.exportChat();
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'markdown');
    assert.equal(document.isUntitled, true);
    assert.equal(
      document.getText().replaceAll('\r\n', '\n'),
      '# What is \\*this\\*?\n\n## You\n\nWhat is *this*?\n\n## glm-5.2 on BytePlus Coding\n\nA lane.\n',
    );
    await closeEditors();
    window.chat.dispose();
  });
});
