// Events that differ in one text only: read without parsing, but never read otherwise than parsing would.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerReader } from '../../../src/core/completion/answerReader.ts';
import { completionError } from '../../../src/core/completion/completionError.ts';
import type { Delta } from '../../../src/core/completion/delta.ts';
import { RepeatedEvent } from '../../../src/core/completion/repeatedEvent.ts';

const event = (content: string, more: object = {}): string =>
  JSON.stringify({
    id: 'a',
    choices: [{ index: 0, delta: { role: 'assistant', content } }],
    usage: null,
    ...more,
  });

test('an event that differs in its text alone is read, and no other', () => {
  const repeated = new RepeatedEvent();
  assert.equal(repeated.deltaOf(event('one')), undefined);
  repeated.learn(event('one'), { type: 'text', text: 'one' });
  for (const text of ['two', 'with "quotes" and \\ and \n', '你好 🚀', '\u0000', 'one']) {
    assert.deepEqual(repeated.deltaOf(event(text)), { type: 'text', text });
  }
  for (const other of [
    event(''),
    event('two', { id: 'b' }),
    event('two', { usage: { prompt_tokens: 1 } }),
    event('two').replace('"two"', 'null'),
    event('two').replace('"two"', '{"a":"two"}'),
    event('two').replace('"two"', '"t","content":"wo"'),
    event('two').replace('"two"', '"cut'),
    event('two').slice(0, -1),
    '',
  ]) {
    assert.equal(repeated.deltaOf(other), undefined, other);
  }
});

test('the same words elsewhere in the event are not mistaken for its text', () => {
  const repeated = new RepeatedEvent();
  const named = (name: string, content: string): string =>
    JSON.stringify({ model: name, choices: [{ delta: { content } }] });
  repeated.learn(named('one', 'one'), { type: 'text', text: 'one' });
  assert.equal(repeated.deltaOf(named('two', 'one')), undefined);
  const escaped = named('one', 'one').replace('"content":"one"', '"content":"\\u006fne"');
  repeated.learn(escaped, { type: 'text', text: 'one' });
  assert.equal(repeated.deltaOf(escaped.replace('"one"', '"two"')), undefined);
});

test('a provider whose events are all different is soon left in peace', () => {
  const repeated = new RepeatedEvent();
  for (let id = 0; id < 4; id += 1) repeated.learn(event('x', { id }), { type: 'text', text: 'x' });
  repeated.learn(event('one'), { type: 'text', text: 'one' });
  assert.equal(repeated.deltaOf(event('two')), undefined);
});

test('a reader gives the same deltas whether events repeat or not', () => {
  const pieces: readonly object[] = [
    { role: 'assistant', content: '' },
    { reasoning_content: 'Hm. ' },
    { reasoning_content: 'Hm. ' },
    { reasoning_content: 'Well.', content: null },
    { reasoning: 'As a field.' },
    { reasoning: 'And again.' },
    { reasoning_content: 'both', reasoning: 'both' },
    { reasoning_content: 'twice', reasoning: 'twice' },
    { content: 'one ' },
    { content: 'two ' },
    { content: 'content' },
    { content: '' },
    { content: '{"content":"x"}' },
    { content: '"' },
    { content: 'with a call', tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{' } }] },
    { content: 'with a call', tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '}' } }] },
    { content: 'both', reasoning_content: 'kinds' },
    { content: 'three', reasoning_content: 'kinds' },
    { refusal: 'no' },
    { refusal: 'never' },
    { content: 'end' },
  ];
  const events = pieces
    .flatMap((delta) => [delta, delta])
    .map((delta) => ({ choices: [{ index: 0, delta }] }));
  const plain = events.map((each) => JSON.stringify(each));
  const allDifferent = events.map((each, number) => JSON.stringify({ number, ...each }));
  assert.deepEqual(read(plain), read(allDifferent));
  assert.equal(read(plain).filter(({ type }) => type === 'tool-call').length, 1);
});

function read(events: readonly string[]): readonly Delta[] {
  const reader = new AnswerReader({
    toError: () => completionError('overloaded', 'busy'),
    safe: (word) => word,
    requestId: () => undefined,
  });
  const deltas: Delta[] = [];
  for (const data of events) reader.read(data, undefined, deltas);
  reader.read('[DONE]', undefined, deltas);
  const text = deltas.reduce((sum, delta) => sum + (delta.type === 'text' ? delta.text.length : 0), 0);
  assert.equal(reader.characters, text);
  return [...deltas, ...reader.finish()];
}
