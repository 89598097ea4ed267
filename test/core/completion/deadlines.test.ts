// The deadlines of a request, on a clock that the test moves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompletionError } from '../../../src/core/completion/completionError.ts';
import { type Deadlines, startDeadlines } from '../../../src/core/completion/deadlines.ts';
import { HandClock } from '../../support/completion/handClock.ts';

const limits = { firstByte: 120_000, idle: 90_000, content: 300_000 };

interface Started {
  readonly clock: HandClock;
  readonly caller: AbortController;
  readonly deadlines: Deadlines;
}

function started(): Started {
  const clock = new HandClock();
  const caller = new AbortController();
  return { clock, caller, deadlines: startDeadlines(clock, limits, caller.signal) };
}

/** A body that a test feeds by hand. */
function handBody(): { readonly body: AsyncIterable<Uint8Array>; readonly feed: () => void } {
  const waiting: (() => void)[] = [];
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (;;) {
      await new Promise<void>((resolve) => waiting.push(resolve));
      yield new Uint8Array(1);
    }
  }
  return {
    body: pieces(),
    feed: () => {
      waiting.shift()?.();
    },
  };
}

function reasonOf({ signal }: Deadlines): string | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason instanceof CompletionError ? signal.reason.message : String(signal.reason);
}

test('without a first byte the wait ends at its limit', async () => {
  const { clock, deadlines } = started();
  await clock.advance(119_999);
  assert.equal(reasonOf(deadlines), undefined);
  await clock.advance(1);
  assert.equal(reasonOf(deadlines), 'timeout/first-byte');
  assert.equal((deadlines.signal.reason as CompletionError).details.seconds, 120);
  assert.equal(clock.pendingTimers, 0);
});

test('after the first byte the time between bytes counts', async () => {
  const { clock, deadlines } = started();
  const { body, feed } = handBody();
  const reading = deadlines.watch(body)[Symbol.asyncIterator]();
  const read = async (): Promise<void> => {
    const next = reading.next();
    await clock.advance(0);
    feed();
    await next;
    deadlines.contentArrived();
  };
  await clock.advance(100_000);
  await read();
  assert.equal(deadlines.firstByteMs, 100_000);
  for (let round = 0; round < 5; round += 1) {
    const next = reading.next();
    await clock.advance(89_000);
    feed();
    await next;
    deadlines.contentArrived();
  }
  assert.equal(reasonOf(deadlines), undefined);
  void reading.next();
  await clock.advance(90_000);
  assert.equal(reasonOf(deadlines), 'timeout/idle');
});

test('bytes without content do not go on for ever', async () => {
  const { clock, deadlines } = started();
  const { body, feed } = handBody();
  const reading = deadlines.watch(body)[Symbol.asyncIterator]();
  for (let elapsed = 0; elapsed < 299_000; elapsed += 13_000) {
    const next = reading.next();
    await clock.advance(13_000);
    feed();
    await next;
  }
  assert.equal(reasonOf(deadlines), undefined);
  void reading.next();
  await clock.advance(13_000);
  assert.equal(reasonOf(deadlines), 'timeout/no-content');
});

test('time that the reader takes for itself does not count', async () => {
  const { clock, deadlines } = started();
  const { body, feed } = handBody();
  const reading = deadlines.watch(body)[Symbol.asyncIterator]();
  const first = reading.next();
  await clock.advance(1);
  feed();
  await first;
  await clock.advance(3_600_000);
  assert.equal(reasonOf(deadlines), undefined);
  void reading.next();
  await clock.advance(89_000);
  assert.equal(reasonOf(deadlines), undefined);
  await clock.advance(1_000);
  assert.equal(reasonOf(deadlines), 'timeout/idle');
});

test('F63 a machine that slept gives the network its time again, and then the error comes', async () => {
  const { clock, deadlines } = started();
  const { body, feed } = handBody();
  const reading = deadlines.watch(body)[Symbol.asyncIterator]();
  const first = reading.next();
  await clock.advance(1);
  feed();
  await first;
  void reading.next();
  await clock.sleep(600_000);
  assert.equal(reasonOf(deadlines), undefined);
  await clock.advance(90_000);
  assert.equal(reasonOf(deadlines), 'timeout/idle');
});

test('when all has come, the rest has only a moment', async () => {
  const { clock, deadlines } = started();
  deadlines.settleWithin(5_000);
  deadlines.settleWithin(50);
  deadlines.settleWithin(5_000);
  await clock.advance(49);
  assert.equal(reasonOf(deadlines), undefined);
  await clock.advance(1);
  assert.equal(reasonOf(deadlines), 'timeout/idle');
});

test('the caller ends everything at once, and nothing is left running', async () => {
  const { clock, caller, deadlines } = started();
  caller.abort('stopped by hand');
  assert.equal(reasonOf(deadlines), 'stopped by hand');
  assert.equal(clock.pendingTimers, 0);
  const late = startDeadlines(clock, limits, caller.signal);
  assert.equal(reasonOf(late), 'stopped by hand');
  assert.equal(clock.pendingTimers, 0);
});

test('after the end no deadline passes any more', async () => {
  const { clock, caller, deadlines } = started();
  deadlines.end();
  deadlines.settleWithin(1);
  await clock.advance(1_000_000);
  caller.abort();
  assert.equal(reasonOf(deadlines), undefined);
  assert.equal(clock.pendingTimers, 0);
});
