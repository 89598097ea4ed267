// The chat session: one answer at a time, an end on every path, nothing typed lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longestAnswer } from '../../../src/core/chat/answerRun.ts';
import type { Attachment } from '../../../src/core/chat/conversation.ts';
import { completionError } from '../../../src/core/completion/completionError.ts';
import { SessionBench, turnOver } from './sessionBench.ts';

const attachment: Attachment = {
  id: 'a1',
  label: 'cart.ts',
  path: 'src/cart.ts',
  languageId: 'typescript',
  lines: { first: 1, last: 2 },
  text: 'const a = 1;\n',
};

test('an answer grows with its deltas and is done with its finish', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('What is a lane?');
  stream.give(
    { type: 'reasoning', text: 'Hm.' },
    { type: 'text', text: 'A ' },
    { type: 'text', text: 'road.' },
  );
  stream.finish({ model: 'glm-5-2-260601', usage: { promptTokens: 5, completionTokens: 3, totalTokens: 8 } });
  await turnOver();
  assert.deepEqual(bench.answer, {
    laneId: 'coding',
    laneLabel: 'BytePlus Coding',
    model: 'glm-5.2',
    echoedModel: 'glm-5-2-260601',
    state: 'done',
    reasoning: 'Hm.',
    text: 'A road.',
    finishReason: 'stop',
    usage: { promptTokens: 5, completionTokens: 3, totalTokens: 8 },
    notes: [],
    startedAt: 1_000_000,
    endedAt: 1_000_000,
  });
  assert.deepEqual(bench.session.activity, { type: 'idle', ended: 'done' });
  assert.equal(stream.isClosed, true);
});

test('a second question while one is answered is refused and its text is back in the composer', async () => {
  const bench = new SessionBench();
  await bench.ask('first');
  bench.told();
  assert.equal(bench.session.send('second'), 'busy');
  assert.equal(bench.session.draft, 'second');
  assert.ok(bench.told().includes('composer/filled'));
  assert.equal(bench.session.conversation.turns.length, 1);
  assert.equal(bench.streams.length, 1);
});

test('stop ends the answer before it returns, in every phase', async (t) => {
  const phases: Readonly<Record<string, (bench: SessionBench) => Promise<void> | void>> = {
    'while connecting': (bench) => {
      bench.connect = () => new Promise(() => undefined);
      bench.session.send('question');
    },
    'before the headers': async (bench) => {
      const stream = await bench.ask('question');
      stream.progress({ type: 'sent', model: 'glm-5.2', attempt: 1 });
    },
    'during a backoff': async (bench) => {
      const stream = await bench.ask('question');
      stream.progress({
        type: 'retrying',
        inMs: 8_000,
        attempt: 2,
        because: completionError('overloaded', 'busy'),
      });
    },
  };
  for (const [phase, reach] of Object.entries(phases)) {
    await t.test(phase, async () => {
      const bench = new SessionBench();
      await reach(bench);
      bench.session.stop();
      assert.equal(bench.answer.state, 'stopped');
      assert.equal(bench.answer.error, undefined);
      assert.deepEqual(bench.session.activity, { type: 'idle', ended: 'stopped' });
      assert.equal(bench.session.draft, '', 'a stopped question stays where it was asked');
      await turnOver();
      assert.ok(bench.streams.every((stream) => stream.isClosed));
      assert.equal(bench.clock.pendingTimers, 0, 'a timer outlives the request');
      bench.connect = () => Promise.resolve(bench.connection());
      await bench.ask('next');
      bench.stream.text('works');
      bench.stream.finish();
      await turnOver();
      assert.equal(bench.answer.text, 'works');
    });
  }
});

test('stop in the middle keeps what had come and draws nothing later', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('half');
  await turnOver();
  bench.session.stop();
  stream.text(' and the rest');
  await turnOver();
  assert.equal(bench.answer.state, 'stopped');
  assert.equal(bench.answer.text, 'half');
  assert.equal(stream.signal.aborted, true);
});

test('stop after the finish, while the disk is slow, is still done', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  await turnOver();
  bench.store.gate = new Promise(() => undefined);
  stream.text('all of it');
  stream.finish();
  await turnOver();
  assert.equal(bench.answer.state, 'answering');
  bench.session.stop();
  assert.equal(bench.answer.state, 'done');
});

test('a failure before anything visible puts the text and the attachments back', async () => {
  const bench = new SessionBench();
  bench.connect = () => Promise.reject(completionError('auth', 'no-key', {}, { neverSent: true }));
  bench.session.attach([attachment]);
  bench.session.send('explain it');
  await turnOver();
  assert.equal(bench.answer.state, 'failed');
  assert.deepEqual(bench.answer.error, {
    kind: 'auth',
    reason: 'no-key',
    details: { lane: 'BytePlus Coding', model: 'auto' },
  });
  assert.equal(bench.session.draft, 'explain it');
  assert.deepEqual(bench.session.attachments, [attachment]);
  assert.deepEqual(bench.session.activity, { type: 'idle', ended: 'failed' });
  assert.equal(bench.streams.length, 0);
});

test('what was typed meanwhile is not overwritten by a failed question', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('first');
  bench.session.setDraft('second, half writt');
  stream.give(completionError('overloaded', 'busy'));
  await turnOver();
  assert.equal(bench.session.draft, 'second, half writt');
  assert.equal(bench.turn.question.text, 'first');
});

test('sending the text that came back takes the place of the failed turn', async () => {
  const bench = new SessionBench();
  const failed = await bench.ask('question');
  failed.give(completionError('overloaded', 'busy'));
  await turnOver();
  const stream = await bench.ask('question, put better');
  stream.text('answer');
  stream.finish();
  await turnOver();
  assert.deepEqual(
    bench.session.conversation.turns.map((turn) => turn.question.text),
    ['question, put better'],
  );
});

test('a different question leaves the failed turn where it is', async () => {
  const bench = new SessionBench();
  const failed = await bench.ask('question');
  failed.give(completionError('overloaded', 'busy'));
  await turnOver();
  bench.session.setDraft('');
  await bench.ask('something else');
  assert.equal(bench.session.conversation.turns.length, 2);
});

test('retrying a failed turn takes its text out of the composer again', async () => {
  const bench = new SessionBench();
  bench.session.attach([attachment]);
  const failed = await bench.ask('question');
  failed.give(completionError('overloaded', 'busy'));
  await turnOver();
  assert.equal(bench.session.draft, 'question');
  assert.equal(bench.session.retry(bench.turn.id), 'asked');
  await turnOver();
  assert.equal(bench.session.draft, '');
  assert.ok(bench.changes.some((change) => change.type === 'composer/taken' && change.text === 'question'));
  assert.deepEqual(bench.session.attachments, []);
  bench.stream.text('answer');
  bench.stream.finish();
  await turnOver();
  assert.equal(bench.answer.text, 'answer');
  assert.equal(bench.answer.error, undefined);
  assert.equal(bench.session.conversation.turns.length, 1);
});

test('a failure after something visible keeps it and marks it interrupted', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('partial');
  stream.give(completionError('network', 'connection-lost', { characters: 7 }));
  await turnOver();
  assert.equal(bench.answer.state, 'interrupted');
  assert.equal(bench.answer.text, 'partial');
  assert.equal(bench.answer.error?.kind, 'network');
  assert.equal(bench.session.draft, '', 'the question was answered in part; it is not asked again by itself');
});

test('reasoning alone is visible too', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.give({ type: 'reasoning', text: 'Let me see.' }, completionError('truncated', 'no-finish'));
  await turnOver();
  assert.equal(bench.answer.state, 'interrupted');
});

test('a stream that ends without a finish is cut, not done', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('partial');
  stream.give('end');
  await turnOver();
  assert.equal(bench.answer.state, 'interrupted');
  assert.equal(bench.answer.error?.reason, 'no-finish');
});

test('continue asks for the rest and joins it to what there is', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('first half, ');
  stream.give(completionError('timeout', 'idle', { seconds: 90 }));
  await turnOver();
  assert.equal(bench.session.continue(bench.turn.id), 'asked');
  await turnOver();
  assert.equal(bench.stream.request.purpose, 'continue');
  assert.deepEqual(
    bench.stream.request.messages.map((message) => message.role),
    ['system', 'user', 'assistant', 'user'],
  );
  bench.stream.text('second half');
  bench.stream.finish();
  await turnOver();
  assert.equal(bench.answer.text, 'first half, second half');
  assert.equal(bench.answer.state, 'done');
  assert.equal(bench.answer.error, undefined);
});

test('a continuation that fails at once keeps the text and stays interrupted', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('first half');
  await turnOver();
  bench.session.stop();
  bench.session.continue(bench.turn.id);
  await turnOver();
  bench.stream.give(completionError('overloaded', 'busy'));
  await turnOver();
  assert.equal(bench.answer.state, 'interrupted');
  assert.equal(bench.answer.text, 'first half');
  assert.equal(bench.session.draft, '');
});

test('only an answer that was cut can be continued', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('all of it');
  stream.finish();
  await turnOver();
  assert.equal(bench.session.continue(bench.turn.id), 'unknown');
  const limited = await bench.ask('another');
  limited.text('as far as the limit goes');
  limited.finish({ reason: 'length' });
  await turnOver();
  assert.equal(bench.answer.state, 'done');
  assert.equal(bench.session.continue(bench.turn.id), 'asked');
});

test('what the provider filtered is said and not continued', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('partial');
  stream.finish({ reason: 'content-filter' });
  await turnOver();
  assert.equal(bench.answer.state, 'interrupted');
  assert.equal(bench.answer.error?.kind, 'content-filter');
  assert.equal(bench.session.continue(bench.turn.id), 'unknown');
});

test('an endless answer is stopped at its cap and can be continued', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  const piece = 'x'.repeat(100_000);
  for (let sent = 0; sent <= longestAnswer; sent += piece.length) stream.text(piece);
  stream.text('never seen');
  await turnOver();
  assert.equal(bench.answer.state, 'interrupted');
  assert.equal(bench.answer.text.length, longestAnswer + piece.length);
  assert.deepEqual(bench.answer.error, {
    kind: 'truncated',
    reason: 'cut',
    details: {
      characters: longestAnswer + piece.length,
      limit: longestAnswer,
      lane: 'BytePlus Coding',
      model: 'glm-5.2',
    },
  });
  assert.equal(stream.isClosed, true);
  assert.equal(bench.session.continue(bench.turn.id), 'asked');
});

test('a conversation over the window is refused before any request', async () => {
  const bench = new SessionBench();
  bench.model = { ...bench.model, contextWindow: 4_000 };
  bench.session.attach([{ ...attachment, text: 'lorem ipsum '.repeat(10_000) }]);
  bench.session.send('summarise');
  await turnOver();
  assert.equal(bench.streams.length, 0);
  assert.equal(bench.answer.error?.kind, 'context-length');
  assert.equal(bench.answer.error.details.limit, 4_000);
  assert.equal(bench.session.draft, 'summarise');
});

test('asking again without attachments sends the same question without them', async () => {
  const bench = new SessionBench();
  bench.session.attach([attachment]);
  const failed = await bench.ask('question');
  failed.give(completionError('context-length', 'too-long'));
  await turnOver();
  bench.session.retry(bench.turn.id, { withoutAttachments: true });
  await turnOver();
  assert.deepEqual(bench.turn.question.attachments, []);
  assert.doesNotMatch(JSON.stringify(bench.stream.request.messages), /cart\.ts/);
  assert.deepEqual(bench.session.attachments, []);
});

test('editing a question drops it and all after it only when it is sent', async () => {
  const bench = new SessionBench();
  for (const question of ['one', 'two', 'three']) {
    const stream = await bench.ask(question);
    stream.text(`answer to ${question}`);
    stream.finish();
    await turnOver();
  }
  bench.session.setDraft('a draft');
  bench.session.edit(bench.session.conversation.turns[1]?.id ?? '');
  assert.equal(bench.session.draft, 'two');
  assert.deepEqual(
    bench.changes.filter((change) => change.type === 'composer/taken'),
    [{ type: 'composer/taken', text: 'a draft' }],
  );
  assert.equal(bench.session.conversation.turns.length, 3);
  await bench.ask('two, differently');
  assert.deepEqual(
    bench.session.conversation.turns.map((turn) => turn.question.text),
    ['one', 'two, differently'],
  );
  assert.equal(bench.session.draft, 'a draft', 'what lay in the composer before comes back');
  assert.deepEqual(
    bench.changes.findLast((change) => change.type === 'composer/filled'),
    {
      type: 'composer/filled',
      text: 'a draft',
      focus: false,
    },
  );
});

test('emptying the composer gives an edit up', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('one');
  stream.text('answer');
  stream.finish();
  await turnOver();
  bench.session.edit(bench.turn.id);
  bench.session.setDraft('');
  await bench.ask('two');
  assert.equal(bench.session.conversation.turns.length, 2);
});

test('a code task leaves the composer alone', async () => {
  const bench = new SessionBench();
  bench.session.setDraft('half a question');
  bench.session.attach([attachment]);
  bench.session.ask({ text: 'Explain cart.ts', attachments: [attachment], task: 'explain' }, 'explain');
  await turnOver();
  assert.equal(bench.stream.request.purpose, 'explain');
  bench.stream.give(completionError('overloaded', 'busy'));
  await turnOver();
  assert.equal(bench.session.draft, 'half a question');
  assert.deepEqual(bench.session.attachments, [attachment]);
});

test('a moved model, a dropped parameter and a lowered one are noted with the answer', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  const because = completionError('model-unavailable', 'unknown-model');
  stream.progress({ type: 'model-moved', from: 'glm-5.2', to: 'glm-5.1', because });
  stream.progress({ type: 'degraded', field: 'thinking', because });
  stream.progress({ type: 'degraded', field: 'max_tokens', limit: 32_768, because });
  stream.text('answer');
  stream.finish();
  await turnOver();
  assert.equal(bench.answer.model, 'glm-5.1');
  assert.deepEqual(bench.answer.notes, [
    { type: 'model-moved', from: 'glm-5.2', to: 'glm-5.1' },
    { type: 'degraded', field: 'thinking' },
    { type: 'degraded', field: 'max_tokens', limit: 32_768 },
  ]);
});

test('the activity changes with the phase and not with every delta', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.progress({ type: 'sent', model: 'glm-5.2', attempt: 1 });
  assert.deepEqual(bench.session.activity, { type: 'waiting', model: 'glm-5.2', since: 1_000_000 });
  bench.told();
  for (let index = 0; index < 20; index += 1) stream.give({ type: 'reasoning', text: 'hm ' });
  for (let index = 0; index < 20; index += 1) stream.text('word ');
  await turnOver();
  assert.equal(bench.told().filter((type) => type === 'activity/changed').length, 2);
  assert.deepEqual(bench.session.activity, { type: 'answering' });
});

test('a silent stream is told after fifteen seconds and taken back with the next data', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('word');
  await turnOver();
  bench.clock.advance(10_000);
  stream.text('word');
  await turnOver();
  bench.clock.advance(10_000);
  assert.deepEqual(bench.session.activity, { type: 'answering' });
  bench.clock.advance(5_000);
  assert.deepEqual(bench.session.activity, { type: 'answering', silentSince: 1_010_000 });
  stream.text('word');
  await turnOver();
  assert.deepEqual(bench.session.activity, { type: 'answering' });
});

test('a mistake of ours ends the answer too, and is told to the log', async () => {
  const bench = new SessionBench();
  const mistake = new TypeError('x is not a function');
  bench.connect = () => Promise.reject(mistake);
  bench.session.send('question');
  await turnOver();
  assert.equal(bench.answer.state, 'failed');
  assert.deepEqual(
    bench.changes.find((change) => change.type === 'unexpected'),
    { type: 'unexpected', error: mistake },
  );
  assert.deepEqual(bench.session.activity, { type: 'idle', ended: 'failed' });
});

test('a new chat stops the answer and keeps the draft', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  stream.text('part');
  await turnOver();
  const { id } = bench.session.conversation;
  bench.session.setDraft('next');
  bench.session.newChat();
  await turnOver();
  assert.deepEqual(bench.session.conversation.turns, []);
  assert.notEqual(bench.session.conversation.id, id);
  assert.equal(bench.session.draft, 'next');
  assert.deepEqual(bench.session.activity, { type: 'idle' });
  assert.equal(stream.isClosed, true);
  assert.equal(bench.store.events(id).at(-1)?.['type'], 'answer/ended');
});
