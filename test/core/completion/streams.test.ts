// Recorded streams, cut at every size and with every line end: the deltas must not depend on the network.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { AnswerReader } from '../../../src/core/completion/answerReader.ts';
import { CompletionError } from '../../../src/core/completion/completionError.ts';
import type { Delta } from '../../../src/core/completion/delta.ts';
import { deltas } from '../../../src/core/completion/deltas.ts';
import { errorOfPayload } from '../../../src/core/completion/providerError.ts';
import { sse } from '../../../src/core/completion/sse.ts';
import { matchesGolden } from '../../support/golden.ts';
import { root } from '../../support/sourceFiles.ts';

const folder = join(root, 'test/fixtures/streams');
const fixtures = readdirSync(folder).filter((file) => file.endsWith('.sse'));
const lineEnds = ['\n', '\r\n', '\r'];

test('there are recorded streams', () => {
  assert.ok(fixtures.length >= 8);
});

for (const fixture of fixtures) {
  const recorded = readFileSync(join(folder, fixture), 'utf8');

  test(`${fixture} gives the deltas that were reviewed`, async () => {
    const whole = await replay(new TextEncoder().encode(recorded), Infinity);
    matchesGolden(`streams/${fixture.replace('.sse', '.json')}`, `${JSON.stringify(whole, undefined, 2)}\n`);
  });

  test(`${fixture} gives the same deltas wherever it is cut and however its lines end`, async () => {
    const expected = JSON.stringify(await replay(new TextEncoder().encode(recorded), Infinity));
    for (const lineEnd of lineEnds) {
      const bytes = new TextEncoder().encode(recorded.replaceAll('\n', lineEnd));
      // Line ends of two kinds are cut in every way by small pieces already.
      const largest = lineEnd === '\n' ? bytes.length : Math.min(bytes.length, 80);
      for (let size = 1; size <= largest; size += 1) {
        const actual = JSON.stringify(await replay(bytes, size));
        if (actual !== expected) {
          assert.equal(actual, expected, `pieces of ${size} bytes, lines ending ${JSON.stringify(lineEnd)}`);
        }
      }
    }
  });
}

interface Replayed {
  readonly deltas: readonly Delta[];
  readonly error?: unknown;
}

async function replay(bytes: Uint8Array, size: number): Promise<Replayed> {
  const found: Delta[] = [];
  const reader = new AnswerReader({
    toError: (words) =>
      errorOfPayload(
        words,
        { status: 200, header: () => undefined },
        { laneKind: 'byteplus_coding', model: 'glm-5.2', url: 'https://x', key: undefined, sent: [], now: 0 },
      ),
    safe: (word) => word,
    requestId: () => undefined,
  });
  const timing = { contentArrived: () => undefined, settleWithin: () => undefined };
  try {
    for await (const batch of deltas(sse(inPieces(bytes, size)), reader, timing)) found.push(...batch);
    return { deltas: found };
  } catch (thrown) {
    assert.ok(thrown instanceof CompletionError);
    return { deltas: found, error: thrown.toRecord() };
  }
}

/** Not a generator of its own, which would double the cost of the smallest pieces. */
function inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  let at = 0;
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const start = at;
        at += Math.min(size, bytes.length);
        return Promise.resolve(
          start < bytes.length
            ? { done: false, value: bytes.subarray(start, start + size) }
            : { done: true, value: undefined },
        );
      },
    }),
  };
}
