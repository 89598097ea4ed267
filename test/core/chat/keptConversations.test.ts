// What of a chat is kept, and when: in order, soon, and before it is shown as done.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growthInterval } from '../../../src/core/chat/conversationWriter.ts';
import { SessionBench, turnOver } from './sessionBench.ts';

test('a question is written when it is asked, before there is an answer', async () => {
  const bench = new SessionBench();
  await bench.ask('question');
  assert.deepEqual(
    bench.store.events(bench.session.conversation.id).map((event) => event['type']),
    ['conversation/created', 'turn/asked', 'answer/started', 'answer/routed'],
  );
});

test('a chat in which nothing was asked leaves no file', async () => {
  const bench = new SessionBench();
  bench.session.setDraft('never sent');
  bench.session.newChat();
  await turnOver();
  assert.equal(bench.store.files.size, 0);
});

test('what has grown is written once in half a second, however many deltas there were', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  const { id } = bench.session.conversation;
  const before = bench.store.events(id).length;
  for (let index = 0; index < 50; index += 1) stream.text('a');
  stream.give({ type: 'reasoning', text: 'r' });
  await turnOver();
  assert.equal(bench.store.events(id).length, before);
  bench.clock.advance(growthInterval);
  await turnOver();
  assert.deepEqual(bench.store.events(id).slice(before), [
    { type: 'answer/grew', turnId: bench.turn.id, text: 'a'.repeat(50), reasoning: 'r' },
  ]);
  stream.text('b');
  await turnOver();
  bench.clock.advance(growthInterval);
  await turnOver();
  assert.deepEqual(bench.store.events(id).at(-1), {
    type: 'answer/grew',
    turnId: bench.turn.id,
    text: 'b',
  });
});

test('an answer is not shown as done before its text is on disk', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  let open = (): void => undefined;
  bench.store.gate = new Promise((resolve) => {
    open = resolve;
  });
  stream.text('answer');
  stream.finish();
  await turnOver();
  assert.equal(bench.answer.state, 'answering');
  open();
  await turnOver();
  assert.equal(bench.answer.state, 'done');
  const types = bench.store.events(bench.session.conversation.id).map((event) => event['type']);
  assert.deepEqual(types.slice(-2), ['answer/grew', 'answer/ended']);
});

test('a disk that hangs does not keep an answer from being done', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  bench.store.gate = new Promise(() => undefined);
  stream.text('answer');
  stream.finish();
  await turnOver();
  bench.clock.advance(2_000);
  await turnOver();
  assert.equal(bench.answer.state, 'done');
});

test('a full disk is told once, the chat goes on, and what was not written is written later', async () => {
  const bench = new SessionBench();
  bench.store.failure = new Error('ENOSPC');
  const stream = await bench.ask('first');
  stream.text('one');
  stream.finish();
  await turnOver();
  assert.equal(bench.answer.state, 'done');
  const second = await bench.ask('second');
  assert.equal(bench.told().filter((type) => type === 'storage/failed').length, 1);
  bench.store.failure = undefined;
  second.text('two');
  second.finish();
  await turnOver();
  const other = new SessionBench(bench.store);
  await other.session.open(bench.session.conversation.id);
  assert.deepEqual(other.session.conversation, bench.session.conversation);
});

test('a restored conversation is the one that was shown', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('answer');
  stream.finish({ usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3, cachedTokens: 1 } });
  await turnOver();
  const reloaded = new SessionBench(bench.store);
  assert.equal(await reloaded.session.restore(bench.session.conversation.id), true);
  assert.deepEqual(reloaded.session.conversation, bench.session.conversation);
  assert.deepEqual(reloaded.told(), ['activity/changed', 'conversation/opened']);
});

test('a reload in the middle keeps what had come, marked as interrupted', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('partial');
  await turnOver();
  await bench.session.close();
  assert.equal(stream.signal.aborted, true);
  const reloaded = new SessionBench(bench.store);
  await reloaded.session.restore(bench.session.conversation.id);
  assert.equal(reloaded.answer.state, 'interrupted');
  assert.equal(reloaded.answer.text, 'partial');
  assert.equal(reloaded.session.continue(reloaded.turn.id), 'asked');
});

test('a reload before the first delta leaves an interrupted answer without text', async () => {
  const bench = new SessionBench();
  await bench.ask('question');
  const reloaded = new SessionBench(bench.store);
  await reloaded.session.restore(bench.session.conversation.id);
  assert.equal(reloaded.answer.state, 'interrupted');
  assert.equal(reloaded.session.continue(reloaded.turn.id), 'unknown');
  assert.equal(reloaded.session.retry(reloaded.turn.id), 'asked');
});

test('a conversation that is gone is not restored', async () => {
  const bench = new SessionBench();
  assert.equal(await bench.session.restore('id-999999'), false);
});

test('asking while a conversation is being opened wins over the opening', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('old');
  stream.finish();
  stream.text('x');
  await turnOver();
  const old = bench.session.conversation.id;
  bench.session.newChat();
  const opening = bench.session.open(old);
  bench.session.send('new');
  await opening;
  assert.deepEqual(
    bench.session.conversation.turns.map((turn) => turn.question.text),
    ['new'],
  );
});
