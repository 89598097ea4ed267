// What the view can make happen, and what it cannot: it names, the host looks up.
import assert from 'node:assert/strict';
import { completionError } from '../../src/core/completion/completionError.ts';
import type { LinkTarget } from '../../src/core/chat/linkTarget.ts';
import { intentHandler } from '../../src/host/chat/intentHandler.ts';
import type { ChatIntent, Desk } from '../../src/host/chat/intentHandler.ts';
import { SessionBench, turnOver } from '../core/chat/sessionBench.ts';
import { englishL10n } from '../support/chat/englishL10n.ts';

const text = [
  'Run this, see [docs](https://docs.example/x):',
  '',
  '```sh',
  'echo hi\u001b[31m',
  '```',
  '',
  `![x](https://evil.example/?q=${'s'.repeat(300)})`,
].join('\n');

/** A desk that writes down what was done on it. */
class NotedDesk implements Desk {
  readonly done: string[] = [];
  #note(what: string): Promise<void> {
    this.done.push(what);
    return Promise.resolve();
  }
  copy = (copied: string): Promise<void> => this.#note(`copy ${copied}`);
  insert = (code: string): Promise<void> => this.#note(`insert ${code}`);
  openLink = ({ href, askFirst }: LinkTarget): Promise<void> =>
    this.#note(`${askFirst ? 'ask and open' : 'open'} ${href}`);
  openSettings = (query: string): Promise<void> => this.#note(`settings ${query}`);
  pickAttachments = (): Promise<void> => this.#note('pick');
  showHistory = (): Promise<void> => this.#note('history');
  setApiKey = (laneId = 'of the window'): Promise<void> => this.#note(`key ${laneId}`);
  switchModel = (): Promise<void> => this.#note('model');
  showLog = (): Promise<void> => this.#note('log');
  say = (sentence: string): void => void this.#note(`say ${sentence}`);
}

class Room {
  readonly bench = new SessionBench();
  readonly desk = new NotedDesk();
  readonly #handle = intentHandler({
    session: this.bench.session,
    desk: this.desk,
    wording: { l10n: englishL10n, hasConsole: (id) => id === 'coding', now: () => 0 },
    consoleOf: (id) => (id === 'coding' ? 'https://console.example/ark' : undefined),
  });

  /** What happened on the desk because of it. */
  async wish(intent: ChatIntent): Promise<readonly string[]> {
    this.desk.done.length = 0;
    await this.#handle(intent);
    return [...this.desk.done];
  }

  async answered(): Promise<string> {
    const stream = await this.bench.ask('question');
    stream.text(text);
    stream.finish();
    await turnOver();
    return this.bench.turn.id;
  }

  async failed(...error: Parameters<typeof completionError>): Promise<string> {
    const stream = await this.bench.ask('question');
    stream.give(completionError(...error));
    await turnOver();
    return this.bench.turn.id;
  }
}

suite('wishes of the view', () => {
  test('copying gives the answer as Markdown, or the question where there is no answer', async () => {
    const room = new Room();
    assert.deepEqual(await room.wish({ type: 'turn/copy', turnId: await room.answered() }), [`copy ${text}`]);
    const failed = await room.failed('overloaded', 'busy');
    assert.deepEqual(await room.wish({ type: 'turn/copy', turnId: failed }), ['copy question']);
  });

  test('code is looked up in the host’s own text, and cleaned before it is inserted', async () => {
    const room = new Room();
    const turnId = await room.answered();
    const length = 'echo hi\u001b[31m'.length;
    assert.deepEqual(await room.wish({ type: 'code/insert', turnId, block: 0, length }), [
      'insert echo hi[31m',
    ]);
    assert.deepEqual(await room.wish({ type: 'code/copy', turnId, block: 0, length }), [
      'copy echo hi\u001b[31m',
    ]);
  });

  test('a block that is not the one that was seen is refused with a notice', async () => {
    const room = new Room();
    const turnId = await room.answered();
    for (const wrong of [
      { turnId, block: 0, length: 1 },
      { turnId, block: 1, length: 0 },
      { turnId: 'nobody', block: 0, length: 0 },
    ]) {
      const done = await room.wish({ type: 'code/insert', ...wrong });
      assert.deepEqual(done, ['say This code block has just changed. Try again.']);
    }
  });

  test('only links of that answer are opened, long ones after a question', async () => {
    const room = new Room();
    const turnId = await room.answered();
    const open = (href: string): Promise<readonly string[]> => room.wish({ type: 'link/open', turnId, href });
    assert.deepEqual(await open('https://docs.example/x'), ['open https://docs.example/x']);
    const long = `https://evil.example/?q=${'s'.repeat(300)}`;
    assert.deepEqual(await open(long), [`ask and open ${long}`]);
    for (const href of [
      'https://elsewhere.example/',
      'command:workbench.action.quit',
      'javascript:alert(1)',
    ]) {
      assert.match((await open(href)).join(), /^say This link was not opened/);
    }
  });

  test('a remedy is taken only where its button is shown', async () => {
    const room = new Room();
    const answered = await room.answered();
    assert.deepEqual(await room.wish({ type: 'remedy/take', turnId: answered, remedy: 'set-key' }), []);
    const failed = await room.failed('auth', 'key-refused');
    assert.deepEqual(await room.wish({ type: 'remedy/take', turnId: failed, remedy: 'set-key' }), [
      'key coding',
    ]);
    assert.deepEqual(await room.wish({ type: 'remedy/take', turnId: failed, remedy: 'open-console' }), [
      'open https://console.example/ark',
    ]);
    assert.deepEqual(await room.wish({ type: 'remedy/take', turnId: failed, remedy: 'open-page' }), []);
    assert.deepEqual(await room.wish({ type: 'remedy/take', turnId: 'nobody', remedy: 'set-key' }), []);
  });

  test('the settings that cure an error are the ones that open', async () => {
    const room = new Room();
    const misrouted = await room.failed('wrong-lane', 'misrouted', { setting: 'codingLane.coding.baseUrl' });
    const settings = { type: 'remedy/take', remedy: 'open-settings' } as const;
    assert.deepEqual(await room.wish({ ...settings, turnId: misrouted }), [
      'settings codingLane.coding.baseUrl',
    ]);
    const environment = await room.failed('wrong-lane', 'misrouted', { setting: 'ARK_API_KEY' });
    assert.deepEqual(await room.wish({ ...settings, turnId: environment }), [
      'settings @ext:codinglane.coding-lane',
    ]);
  });

  test('an address of a stranger’s error is opened only when it is a web address', async () => {
    const room = new Room();
    const page = { type: 'remedy/take', remedy: 'open-page' } as const;
    const portal = await room.failed('network', 'web-page', { host: 'portal.example' });
    assert.deepEqual(await room.wish({ ...page, turnId: portal }), ['open https://portal.example/']);
    const hostile = await room.failed('network', 'web-page', { address: 'command:workbench.action.quit' });
    assert.deepEqual(await room.wish({ ...page, turnId: hostile }), []);
  });

  test('retrying and confirming the lane ask again, once at a time', async () => {
    const room = new Room();
    const turnId = await room.failed('billing', 'not-confirmed');
    await room.wish({ type: 'remedy/take', turnId, remedy: 'confirm-lane' });
    await room.wish({ type: 'remedy/take', turnId, remedy: 'confirm-lane' });
    await turnOver();
    assert.equal(room.bench.streams.length, 2);
  });

  test('wishes that only name something of ours do that', async () => {
    const room = new Room();
    assert.deepEqual(await room.wish({ type: 'attachment/pick' }), ['pick']);
    assert.deepEqual(await room.wish({ type: 'chat/history' }), ['history']);
    assert.deepEqual(await room.wish({ type: 'model/switch' }), ['model']);
    assert.deepEqual(await room.wish({ type: 'key/set' }), ['key of the window']);
    assert.deepEqual(await room.wish({ type: 'draft/changed', text: 'half' }), []);
    assert.equal(room.bench.session.draft, 'half');
  });
});
