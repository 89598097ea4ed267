// The fault matrix over real connections, where somebody stops, sleeps or does not read: F60–F63, R9.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleTextAfter } from '../support/ark/sampleAnswer.ts';
import type { Scenario } from '../support/ark/scenario.ts';
import { streamCompletion } from '../../src/core/completion/streamCompletion.ts';
import { requestOf } from '../support/completion/connections.ts';
import { overBoth, type Scene } from './overBoth.ts';

const partial = sampleTextAfter(3);

/** Everything but `[DONE]`, and then nothing. */
const finishedButOpen: Scenario = {
  name: 'finished-but-open',
  title: 'A finish reason, and then silence',
  rows: ['F60'],
  endpoint: 'chat',
  run: async (exchange) => {
    exchange.openStream();
    await exchange.contents(['Grüße', ', 你好', ' 🚀']);
    await exchange.finishReason('stop');
    await exchange.stall();
  },
};

interface Place {
  readonly name: string;
  readonly scenario: string | Scenario;
  /** Resolves when the request is there. */
  readonly reached: (scene: Scene, text: () => string) => Promise<unknown>;
  readonly text: string;
}

const arrived = ({ ark }: Scene): Promise<unknown> =>
  ark.ledger.waitFor(({ coding }) => coding[0]?.body !== undefined);
const answering = ({ ark }: Scene): Promise<unknown> =>
  ark.ledger.waitFor(({ coding }) => coding[0]?.status === 200);

async function delivered(_: Scene, text: () => string): Promise<void> {
  while (text() !== partial) await sleep(1);
}

const places: readonly Place[] = [
  { name: 'before the head', scenario: 'headers-stall', reached: arrived, text: '' },
  { name: 'after the head', scenario: 'pings-only', reached: answering, text: '' },
  { name: 'within the answer', scenario: 'idle-stall', reached: delivered, text: partial },
  { name: 'between finish and [DONE]', scenario: finishedButOpen, reached: delivered, text: partial },
];

for (const { name, scenario, reached, text: expected } of places) {
  overBoth(`F60 stopping ${name} closes the connection at once and leaves the way free`, async (scene) => {
    for (let round = 0; round < 3; round += 1) {
      scene.ark.clearScenarios();
      scene.ark.ledger.reset();
      const reason = new Error('stopped by the user');
      const controller = new AbortController();
      let text = '';
      scene.ark.setScenario(scenario, { times: 1 });
      const answer = scene.ask(
        undefined,
        {},
        {
          signal: controller.signal,
          onDelta: (delta) => {
            if (delta.type === 'text') text += delta.text;
          },
        },
      );
      answer.catch(() => undefined);
      await reached(scene, () => text);
      // The clock of this scene stands still: what happens waits for no timer of ours.
      controller.abort(reason);
      await assert.rejects(answer, reason);
      await scene.ark.ledger.waitFor(({ coding }) => coding[0]?.clientHungUp);
      assert.equal(text, expected);
      assert.equal(scene.clock.pendingTimers, 0);
      assert.equal((await scene.ask()).finish?.reason, 'stop');
    }
    assert.deepEqual(
      scene.connection.records.map(({ outcome }) => outcome),
      ['stopped', 'ok', 'stopped', 'ok', 'stopped', 'ok'],
    );
  });
}

overBoth('F60 stopping while it waits to try again asks no more', async (scene) => {
  const controller = new AbortController();
  const answer = scene.ask(
    'rate-limit',
    {},
    {
      signal: controller.signal,
      onProgress: ({ type }) => {
        if (type === 'retrying') controller.abort(new Error('stopped'));
      },
    },
  );
  await assert.rejects(answer, /stopped/);
  assert.equal(scene.requests, 1);
  assert.equal(scene.clock.pendingTimers, 0);
});

overBoth('F60 stopped before it begins nothing is asked', async (scene) => {
  await assert.rejects(
    scene.ask(undefined, {}, { signal: AbortSignal.abort(new Error('stopped')) }),
    /stopped/,
  );
  assert.equal(scene.requests, 0);
});

overBoth('F60 a reader that leaves closes the connection', async (scene) => {
  scene.ark.setScenario('idle-stall');
  const options = { signal: new AbortController().signal };
  for await (const delta of streamCompletion(scene.connection, requestOf(), options)) {
    assert.equal(delta.type, 'text');
    break;
  }
  await scene.ark.ledger.waitFor(({ coding }) => coding[0]?.clientHungUp);
  assert.equal(scene.connection.records[0]?.outcome, 'stopped');
});

overBoth('F61 a second question while the first streams has its own answer', async (scene) => {
  scene.ark.setScenario('tool-interleaved', { times: 1 });
  scene.ark.setScenario('tool-split-everywhere', { times: 1 });
  scene.ark.setPace(1);
  const [first, second] = await Promise.all([scene.ask(), scene.ask()]);
  scene.ark.setPace(0);
  const counts = [first.toolCalls.length, second.toolCalls.length].sort();
  assert.deepEqual(counts, [1, 2]);
});

overBoth('F62 a reader that does not read holds the server back, and then has everything', async (scene) => {
  scene.ark.setScenario('runaway', { bytes: 3 * 1024 * 1024 });
  const options = { signal: new AbortController().signal };
  let characters = 0;
  let held = 0;
  for await (const delta of streamCompletion(scene.connection, requestOf(), options)) {
    if (delta.type === 'text') characters += delta.text.length;
    if (characters > 100_000 && held === 0) {
      held = await restingCount(scene);
      // Time that the reader takes is no silence of the server's.
      await scene.clock.advance(600_000);
    }
  }
  const sent = scene.ark.ledger.coding[0]?.deltasSent ?? 0;
  assert.ok(characters >= 3 * 1024 * 1024);
  assert.ok(held < sent / 2, `${held} of ${sent} had been sent before the reader went on`);
});

/** Deltas sent by the time the server cannot go on. */
async function restingCount({ ark }: Scene): Promise<number> {
  const count = (): number => ark.ledger.coding[0]?.deltasSent ?? 0;
  for (let before = -1; before !== count();) {
    before = count();
    await sleep(100);
  }
  return count();
}

overBoth('F63 after a sleep of the machine the answer goes on, or its error comes in time', async (scene) => {
  let text = '';
  const answer = scene.ask(
    'idle-stall',
    {},
    {
      onDelta: (delta) => {
        if (delta.type === 'text') text += delta.text;
      },
    },
  );
  await delivered(scene, () => text);
  await scene.clock.sleep(600_000);
  assert.equal(scene.connection.records.length, 0);
  await scene.clock.advance(90_000);
  const { error } = await answer;
  assert.deepEqual([error?.message, error?.details.characters], ['timeout/idle', partial.length]);
});
