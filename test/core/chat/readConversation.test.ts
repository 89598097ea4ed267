// A file of events becomes a conversation again, whatever happened to its lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NewerFormatError, readConversation } from '../../../src/core/chat/readConversation.ts';

const line = (event: object): string => JSON.stringify(event);
const created = line({ type: 'conversation/created', version: 1, id: 'c-000001', at: 5 });
const asked = (turnId: string, text = 'question'): string =>
  line({ type: 'turn/asked', turnId, question: { text, attachments: [], at: 6 } });
const started = (turnId: string): string =>
  line({ type: 'answer/started', turnId, laneId: 'coding', laneLabel: 'Coding', model: 'm', at: 7 });
const grew = (turnId: string, text: string): string => line({ type: 'answer/grew', turnId, text });
const ended = (turnId: string, ending: object): string =>
  line({ type: 'answer/ended', turnId, ending: { state: 'done', endedAt: 9, ...ending } });

test('lines that are torn, foreign or from the future are skipped and counted', () => {
  const { conversation, skippedLines } = readConversation('c-000001', [
    created,
    asked('t1'),
    '{"type":"answer/gr',
    'null',
    line({ type: 'mood/changed', mood: 'sunny' }),
    started('t1'),
    grew('t1', 'text'),
    ended('t1', {}),
  ]);
  assert.equal(skippedLines, 3);
  assert.equal(conversation.turns[0]?.answer?.text, 'text');
  assert.equal(conversation.turns[0]?.answer?.state, 'done');
});

test('an event with a wrong field is skipped, not half applied', () => {
  const wrong = line({ type: 'turn/asked', turnId: 't1', question: { text: 7, attachments: [], at: 6 } });
  const { conversation, skippedLines } = readConversation('c-000001', [created, wrong, asked('t2')]);
  assert.deepEqual(
    conversation.turns.map((turn) => turn.id),
    ['t2'],
  );
  assert.equal(skippedLines, 1);
});

test('a file without its first line is still read', () => {
  const { conversation } = readConversation('c-000001', [asked('t1')]);
  assert.equal(conversation.id, 'c-000001');
  assert.equal(conversation.turns.length, 1);
});

test('a newer format is refused instead of misread', () => {
  const newer = line({ type: 'conversation/created', version: 2, id: 'c-000001', at: 5 });
  assert.throws(() => readConversation('c-000001', [newer]), NewerFormatError);
});

test('an answer that never ended is interrupted', () => {
  const lines = [created, asked('t1'), started('t1'), grew('t1', 'a'), grew('t1', 'b')];
  const { conversation } = readConversation('c-000001', lines);
  assert.equal(conversation.turns[0]?.answer?.state, 'interrupted');
  assert.equal(conversation.turns[0].answer.text, 'ab');
});

test('an error of a kind that this version does not know is kept', () => {
  const error = { kind: 'tired', reason: 'of-it', details: { lane: 'Coding', status: 499 } };
  const lines = [created, asked('t1'), started('t1'), ended('t1', { state: 'failed', error })];
  const { conversation } = readConversation('c-000001', lines);
  assert.deepEqual(conversation.turns[0]?.answer?.error, error);
});

test('an error with a nested detail is no event: it could carry anything into the view', () => {
  const error = { kind: 'auth', reason: 'no-key', details: { lane: { html: '<b>' } } };
  const { skippedLines } = readConversation('c-000001', [
    created,
    asked('t1'),
    started('t1'),
    ended('t1', { state: 'failed', error }),
  ]);
  assert.equal(skippedLines, 1);
});

test('events of two windows that share a file do not disturb each other', () => {
  const { conversation } = readConversation('c-000001', [
    created,
    asked('t1', 'one'),
    started('t1'),
    grew('t1', 'one '),
    asked('t2', 'two'),
    started('t2'),
    grew('t2', 'two '),
    grew('t1', 'more'),
    ended('t2', {}),
    ended('t1', {}),
    line({ type: 'turns/dropped', fromTurnId: 'nobody' }),
  ]);
  assert.deepEqual(
    conversation.turns.map((turn) => turn.answer?.text),
    ['one more', 'two '],
  );
});

test('what two requests of one answer used is added up', () => {
  const usage = { promptTokens: 10, completionTokens: 2, totalTokens: 12 };
  const { conversation } = readConversation('c-000001', [
    created,
    asked('t1'),
    started('t1'),
    grew('t1', 'first, '),
    ended('t1', { finishReason: 'length', usage }),
    line({
      type: 'answer/continued',
      turnId: 't1',
      laneId: 'coding',
      laneLabel: 'Coding',
      model: 'm',
      at: 10,
    }),
    grew('t1', 'second'),
    ended('t1', { finishReason: 'stop', usage: { ...usage, reasoningTokens: 1 } }),
  ]);
  assert.deepEqual(conversation.turns[0]?.answer?.usage, {
    promptTokens: 20,
    completionTokens: 4,
    totalTokens: 24,
    reasoningTokens: 1,
  });
  assert.equal(conversation.turns[0].answer.text, 'first, second');
});

test('an answer of many lines is joined in their order', () => {
  const lines = [created, asked('t1'), started('t1')];
  for (let index = 0; index < 1_000; index += 1) lines.push(grew('t1', `${String(index)} `));
  const text = readConversation('c-000001', lines).conversation.turns[0]?.answer?.text;
  assert.equal(text, Array.from({ length: 1_000 }, (_, index) => `${String(index)} `).join(''));
});
