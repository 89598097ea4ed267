// The fault matrix over real connections, where the bytes come in odd ways or far too many of them: F51–F59, A35–A37.
import assert from 'node:assert/strict';
import { systemClock } from '../../src/net/systemClock.ts';
import { sampleText, sampleTextAfter } from '../support/ark/sampleAnswer.ts';
import { scenarioNamed } from '../support/ark/scenarios.ts';
import { overBoth } from './overBoth.ts';

const partial = sampleTextAfter(3);
const megabyte = 1024 * 1024;

function byteExact(title: string, scenarios: readonly string[]): void {
  for (const scenario of scenarios) {
    overBoth(`${title}: ${scenario}`, async (scene) => {
      const { error, text, finish } = await scene.with({ clock: systemClock }).ask(scenario);
      assert.deepEqual([error, text, finish?.reason, scene.requests], [undefined, sampleText, 'stop', 1]);
    });
  }
}

function keptPartly(title: string, scenario: string, expected: string): void {
  overBoth(`${title}: ${scenario}`, async (scene) => {
    const { error, text } = await scene.ask(scenario);
    assert.deepEqual([text, error?.message, scene.requests], [partial, expected, 1]);
  });
}

byteExact('F51 single bytes make the same answer', ['one-byte-chunks', 'one-byte-segments']);
byteExact('F52 every way to write an event is read', [
  'crlf',
  'cr',
  'mixed-line-ends',
  'byte-order-mark',
  'no-space',
  'multi-line-data',
  'comments',
  'id-and-retry',
]);
byteExact('F58 a compressed body that nobody asked for is read', ['gzip', 'brotli']);
byteExact('F59 odd frames and wrong content types are read', [
  'http-1-0',
  'wrong-content-type',
  'stream-as-json',
  'stream-as-octets',
]);
keptPartly('F58 a compressed body that is cut keeps what came', 'gzip-truncated', 'truncated/no-finish');
keptPartly(
  'F59 a body shorter than it promises keeps what came',
  'content-length-too-big',
  'network/connection-lost',
);
keptPartly(
  'F59 a body longer than it promises is cut and said to be',
  'content-length-too-small',
  'truncated/no-finish',
);

overBoth('F58 no compression is asked for', async (scene) => {
  await scene.ask();
  const asked = scene.ark.ledger.coding[0]?.headers['accept-encoding'];
  assert.ok(asked === undefined || asked === 'identity', asked);
});

overBoth('F54 an event of 8 MB is read whole', async (scene) => {
  const { text, finish } = await scene.with({ clock: systemClock }).ask('event-8-mb');
  assert.ok(text.startsWith(sampleText));
  assert.ok(text.length >= sampleText.length + 8_000_000);
  assert.equal(finish?.reason, 'stop');
});

overBoth('F55 a line without end is given up at 32 MB, with what came before', async (scene) => {
  const before = process.memoryUsage().rss;
  const { error, text } = await scene.ask('endless-line');
  assert.deepEqual([text, error?.message, scene.requests], [partial, 'malformed/event-too-large', 1]);
  const grown = (process.memoryUsage().rss - before) / megabyte;
  // The server has its buffers in this process as well.
  assert.ok(grown < 400, `${grown.toFixed(0)} MB`);
  await scene.ark.ledger.waitFor(({ coding }) => coding[0]?.clientHungUp);
});

for (const scenario of [
  'tool-split-everywhere',
  'tool-split-escapes',
  'tool-whole',
  'tool-late-name',
  'tool-index-from-1',
  'tool-index-missing',
  'tool-empty-id',
  'tool-interleaved',
  'tool-same-delta',
  'tool-index-huge',
  'tool-index-negative',
  'tool-index-proto',
  'tool-index-fraction',
  'tool-bad-json',
  'tool-proto-arguments',
]) {
  overBoth(`F56 tool calls come out whole: ${scenario}`, async ({ ask }) => {
    const { error, toolCalls, finish } = await ask(scenario);
    assert.deepEqual([error, finish?.reason], [undefined, 'tool-calls']);
    const expected = scenarioNamed(scenario).toolCalls ?? [];
    assert.deepEqual(
      toolCalls.map(({ id, name }) => [id, name]),
      expected.map(({ id, name }) => [id, name]),
    );
    for (const [index, { arguments: given }] of toolCalls.entries()) {
      const raw = expected[index]?.arguments ?? '';
      if (given.valid) assert.deepEqual(given.value, JSON.parse(raw));
      else assert.equal(given.raw, raw);
      assert.equal(given.valid, scenario !== 'tool-bad-json');
    }
  });
}

overBoth('F56 a tool call that was cut off is never delivered', async (scene) => {
  const { error, toolCalls } = await scene.ask('tool-cut-off');
  assert.deepEqual([error?.message, toolCalls, scene.requests], ['network/connection-lost', [], 1]);
});

for (const scenario of [
  'deep-json',
  'deep-json-unclosed',
  'million-choices',
  'prototype-keys',
  'duplicate-keys',
]) {
  overBoth(`A35 a JSON bomb harms nothing: ${scenario}`, async (scene) => {
    const { error, text } = await scene.with({ clock: systemClock }).ask(scenario);
    assert.deepEqual([error, text], [undefined, scenarioNamed(scenario).text]);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
}

overBoth('A35 an event above the cap ends the answer', async (scene) => {
  const { error, text } = await scene.ask('string-50-mb');
  assert.deepEqual([error?.message, text], ['malformed/event-too-large', partial]);
});

overBoth('A37 an answer without end stops when it is told to', async (scene) => {
  const controller = new AbortController();
  let characters = 0;
  const answer = scene.ask(
    'runaway',
    {},
    {
      signal: controller.signal,
      onDelta: (delta) => {
        characters += delta.type === 'text' ? delta.text.length : 0;
        if (characters > 100_000) controller.abort(new Error('enough'));
      },
    },
  );
  await assert.rejects(answer, /enough/);
  await scene.ark.ledger.waitFor(({ coding }) => coding[0]?.clientHungUp);
});
