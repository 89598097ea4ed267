// The rules behind the composer: keys with input methods, and what becomes of the user's text.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keyMeaning } from '../../media/chat/composerKeys.ts';
import type { KeyPress, KeySituation } from '../../media/chat/composerKeys.ts';
import { isSameText, recalled, textWithFilled, textWithout } from '../../media/chat/composerText.ts';

const press = (fields: Partial<KeyPress>): KeyPress => ({
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  timeStamp: 1_000,
  ...fields,
});

const situation = (fields: Partial<KeySituation> = {}): KeySituation => ({
  sendWith: 'enter',
  compositionEndedAt: undefined,
  canRecall: false,
  ...fields,
});

test('Enter sends or makes a line, as the user has chosen', () => {
  assert.equal(keyMeaning(press({}), situation()), 'send');
  assert.equal(keyMeaning(press({ shiftKey: true }), situation()), 'newline');
  assert.equal(keyMeaning(press({ ctrlKey: true }), situation()), 'send');
  assert.equal(keyMeaning(press({}), situation({ sendWith: 'ctrlEnter' })), 'newline');
  assert.equal(keyMeaning(press({ ctrlKey: true }), situation({ sendWith: 'ctrlEnter' })), 'send');
  assert.equal(keyMeaning(press({ metaKey: true }), situation({ sendWith: 'ctrlEnter' })), 'send');
  assert.equal(keyMeaning(press({ key: 'a' }), situation()), 'default');
});

test('A key of an input method never sends', () => {
  assert.equal(keyMeaning(press({ isComposing: true }), situation()), 'default');
  assert.equal(keyMeaning(press({ keyCode: 229 }), situation()), 'default');
  assert.equal(keyMeaning(press({ keyCode: 229, ctrlKey: true }), situation()), 'default');
});

test('Enter right behind a composition belongs to it, a later one does not', () => {
  assert.equal(keyMeaning(press({ timeStamp: 1_002 }), situation({ compositionEndedAt: 1_000 })), 'nothing');
  assert.equal(keyMeaning(press({ timeStamp: 1_200 }), situation({ compositionEndedAt: 1_000 })), 'send');
});

test('Arrows recall only where there is no text to move in', () => {
  assert.equal(keyMeaning(press({ key: 'ArrowUp' }), situation()), 'default');
  assert.equal(keyMeaning(press({ key: 'ArrowUp' }), situation({ canRecall: true })), 'recallEarlier');
  assert.equal(keyMeaning(press({ key: 'ArrowDown' }), situation({ canRecall: true })), 'recallLater');
  assert.equal(
    keyMeaning(press({ key: 'ArrowUp', shiftKey: true }), situation({ canRecall: true })),
    'default',
  );
  assert.equal(
    keyMeaning(press({ key: 'ArrowUp', isComposing: true }), situation({ canRecall: true })),
    'default',
  );
});

test('Text that comes back is put before what was typed meanwhile, once', () => {
  assert.equal(textWithFilled('', 'question'), 'question');
  assert.equal(textWithFilled('typed', 'question'), 'question\ntyped');
  assert.equal(textWithFilled('question\ntyped', 'question'), 'question\ntyped');
  assert.equal(textWithFilled('  ', 'question'), 'question');
  assert.equal(textWithFilled('typed', ''), 'typed');
});

test('Text that was taken over leaves what was typed behind it', () => {
  assert.equal(textWithout('question', 'question'), '');
  assert.equal(textWithout('question and', 'question'), 'and');
  assert.equal(textWithout('other', 'question'), 'other');
  assert.ok(isSameText(' question\n', 'question'));
  assert.ok(!isSameText('question', 'other'));
});

test('Questions are recalled from the last one backwards', () => {
  assert.equal(recalled(['a', 'b'], 0), 'b');
  assert.equal(recalled(['a', 'b'], 1), 'a');
  assert.equal(recalled(['a', 'b'], 2), undefined);
  assert.equal(recalled(['a', 'b'], -1), undefined);
});
