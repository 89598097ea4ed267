// The composer: input methods, keys, drafts, and that nothing typed is ever lost.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { closeBrowser, openChatPage } from './chatPage.ts';
import type { ChatPage, ChatPageOptions } from './chatPage.ts';
import { answer, turn, viewState } from './sampleState.ts';

after(closeBrowser);

interface ComposerPage extends ChatPage {
  readonly value: () => Promise<string>;
  readonly sent: () => Promise<string[]>;
}

async function withComposer(
  use: (chat: ComposerPage) => Promise<void>,
  options: ChatPageOptions = {},
): Promise<void> {
  const chat = await openChatPage({ state: viewState(), ...options });
  const field = chat.page.getByRole('textbox', { name: 'Message' });
  try {
    await field.focus();
    await use({
      ...chat,
      value: () => field.inputValue(),
      sent: async () => (await chat.postedOf('turn/send')).map(({ text }) => text),
    });
    assert.deepEqual(chat.complaints, []);
  } finally {
    await chat.close();
  }
}

/** The browser's own events, as a given system sends them; `keyCode` cannot be set otherwise. */
const dispatch = (type: string, event: Readonly<Record<string, unknown>>): string => `{
  const fields = ${JSON.stringify(event)};
  const Kind = ${type.startsWith('composition') ? 'CompositionEvent' : 'KeyboardEvent'};
  const event = new Kind('${type}', { bubbles: true, cancelable: true, ...fields });
  if (fields.keyCode !== undefined) Object.defineProperty(event, 'keyCode', { value: fields.keyCode });
  document.querySelector('textarea').dispatchEvent(event);
}`;

test('Enter sends, Shift+Enter makes a line', () =>
  withComposer(async ({ page, value, sent }) => {
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('two');
    assert.equal(await value(), 'one\ntwo');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(), ['one\ntwo']);
  }));

test('With Ctrl+Enter chosen, Enter makes a line', () =>
  withComposer(
    async ({ page, sent, change }) => {
      await page.keyboard.type('one');
      await page.keyboard.press('Enter');
      await page.keyboard.type('two');
      assert.deepEqual(await sent(), []);
      await page.keyboard.press('Control+Enter');
      assert.deepEqual(await sent(), ['one\ntwo']);
      await change(
        { type: 'settings/changed', sendWith: 'enter' },
        { type: 'turn/added', turn: turn('t1', 'one\ntwo') },
      );
      await page.keyboard.type('three');
      await page.keyboard.press('Enter');
      assert.deepEqual(await sent(), ['one\ntwo', 'three']);
    },
    { state: viewState({ sendWith: 'ctrlEnter' }) },
  ));

test('Enter that chooses a word of an input method sends nothing, in the order of each browser', () =>
  withComposer(async ({ page, sent, value }) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    // Chromium: the key comes while composing.
    await session.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      windowsVirtualKeyCode: 229,
      key: 'Process',
      code: 'Enter',
    });
    await page.evaluate(dispatch('keydown', { key: 'Enter', code: 'Enter', isComposing: true, keyCode: 13 }));
    await session.send('Input.insertText', { text: '日本' });
    assert.equal(await value(), '日本');
    // Some input methods under Linux: not composing any more, but still their key.
    await page.evaluate(dispatch('keydown', { key: 'Enter', code: 'Enter', keyCode: 229 }));
    // Safari: the composition ends first, then the key that ended it arrives as an ordinary one.
    await page.evaluate(
      `${dispatch('compositionend', { data: '日本' })} ${dispatch('keydown', { key: 'Enter', code: 'Enter', keyCode: 13 })}`,
    );
    assert.deepEqual(await sent(), []);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(), ['日本']);
  }));

test('Escape in an input method stops nothing; otherwise it stops the answer from anywhere in the panel', () =>
  withComposer(
    async ({ page, postedOf }) => {
      await page.evaluate(dispatch('keydown', { key: 'Escape', isComposing: true, keyCode: 229 }));
      assert.equal((await postedOf('turn/stop')).length, 0);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'History' }).focus();
      await page.keyboard.press('Escape');
      assert.equal((await postedOf('turn/stop')).length, 2);
    },
    {
      state: viewState({
        status: { busy: true, text: 'Answering' },
        turns: [turn('t1', 'Why?', answer({ state: 'answering' }))],
      }),
    },
  ));

test('Text leaves the field only when the host has made a turn of it; what was typed behind it stays', () =>
  withComposer(async ({ page, change, value, sent }) => {
    await page.keyboard.type('question');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(), ['question'], 'a bouncing key sends once');
    assert.equal(await value(), 'question');
    await page.keyboard.type(' and more');
    await change({ type: 'turn/added', turn: turn('t1', 'question') });
    assert.equal(await value(), 'and more');
  }));

test('A turn that came from elsewhere leaves the field alone', () =>
  withComposer(async ({ page, change, value }) => {
    await page.keyboard.type('half a thought');
    await change({ type: 'turn/added', turn: turn('t1', 'Explain') });
    assert.equal(await value(), 'half a thought');
  }));

test('Text that the host puts back comes before what was typed meanwhile, and undo brings the former text back', () =>
  withComposer(async ({ page, change, value }) => {
    await page.keyboard.type('typed meanwhile');
    await change({ type: 'composer/filled', text: 'failed question', focus: true });
    assert.equal(await value(), 'failed question\ntyped meanwhile');
    await change({ type: 'composer/filled', text: 'failed question', focus: true });
    assert.equal(await value(), 'failed question\ntyped meanwhile');
    await page.keyboard.press('Control+z');
    assert.equal(await value(), 'typed meanwhile');
    await change({ type: 'composer/taken', text: 'something else' });
    assert.equal(await value(), 'typed meanwhile');
    await change({ type: 'composer/taken', text: 'typed meanwhile' });
    assert.equal(await value(), '');
  }));

test('The draft is told after a rest and at once when the field is left, and comes back', () =>
  withComposer(async ({ page, open, until, postedOf, value }) => {
    await page.keyboard.type('abc');
    assert.deepEqual(await postedOf('draft/changed'), []);
    await until(`posted.some(({ type }) => type === 'draft/changed')`);
    await page.keyboard.type('d');
    await page.getByRole('button', { name: 'History' }).focus();
    assert.deepEqual(
      (await postedOf('draft/changed')).map(({ text }) => text),
      ['abc', 'abcd'],
    );
    await open(viewState({ draft: 'of the host' }));
    assert.equal(await value(), 'abcd', 'what stands in the field is newer');
    await page.reload();
    await open(viewState({ draft: 'of the host' }));
    assert.equal(await value(), 'of the host');
  }));

test('A panel that has the focus gives it to the field, unless the reader is elsewhere in it', () =>
  withComposer(async ({ page, open }) => {
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.localName');
    await page.reload();
    await open();
    assert.equal(await focused(), 'Message');
    await page.getByRole('log').focus();
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    assert.equal(await focused(), 'Conversation');
  }));

test('The focus is never taken, and stays in the field while sending and stopping', () =>
  withComposer(async ({ page, change, stream }) => {
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.localName');
    await page.keyboard.type('question');
    await page.getByRole('button', { name: 'Send' }).click();
    assert.equal(await focused(), 'Message');
    await change(
      { type: 'turn/added', turn: turn('t1', 'question', answer({ state: 'answering' })) },
      { type: 'status/changed', status: { busy: true, text: 'Answering' } },
    );
    await page.getByRole('button', { name: 'Stop' }).click();
    assert.equal(await focused(), 'Message');
    await page.getByRole('button', { name: 'History' }).focus();
    await stream('t1', ['some ', 'text']);
    await change(
      { type: 'status/changed', status: { busy: false, text: 'Answered' } },
      { type: 'composer/filled', text: 'x', focus: false },
    );
    assert.equal(await focused(), 'History');
  }));

test('Send is disabled only while there is nothing to send, and is Stop while an answer comes', () =>
  withComposer(async ({ page, change, postedOf, sent }) => {
    const send = page.getByRole('button', { name: 'Send' });
    assert.equal(await send.isDisabled(), true);
    await page.keyboard.type('  \n ');
    assert.equal(await send.isDisabled(), true);
    await page.keyboard.type('x');
    assert.equal(await send.isDisabled(), false);
    await change({ type: 'status/changed', status: { busy: true, text: 'Answering' } });
    assert.equal(await send.count(), 0);
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(), []);
    await page.getByRole('button', { name: 'Stop' }).click();
    assert.equal((await postedOf('turn/stop')).length, 1);
  }));

test('The arrow keys recall earlier questions in an empty field and leave a text alone', () =>
  withComposer(
    async ({ page, value }) => {
      await page.keyboard.press('ArrowUp');
      assert.equal(await value(), 'second');
      await page.keyboard.press('ArrowUp');
      assert.equal(await value(), 'first');
      await page.keyboard.press('ArrowUp');
      assert.equal(await value(), 'first');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.equal(await value(), '');
      await page.keyboard.type('own');
      await page.keyboard.press('ArrowUp');
      assert.equal(await value(), 'own');
    },
    { state: viewState({ turns: [turn('t1', 'first'), turn('t2', 'second')] }) },
  ));

test('The field grows with its text up to a third of the panel', () =>
  withComposer(async ({ page }) => {
    const height = (): Promise<number> => page.evaluate(`document.querySelector('textarea').clientHeight`);
    const small = await height();
    for (let line = 0; line < 5; line++) await page.keyboard.press('Shift+Enter');
    assert.ok((await height()) > small * 3);
    await page.keyboard.insertText('line\n'.repeat(200));
    const largest = await height();
    assert.ok(largest <= 800 / 3 && largest > 200, String(largest));
  }));
