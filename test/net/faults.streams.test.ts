// The fault matrix over real connections, where the answer begins and then goes wrong: F27–F50, F53, F57.
import assert from 'node:assert/strict';
import { systemClock } from '../../src/net/systemClock.ts';
import { sampleText, sampleTextAfter } from '../support/ark/sampleAnswer.ts';
import { scenarioNamed } from '../support/ark/scenarios.ts';
import { overBoth, type Scene } from './overBoth.ts';

const partial = sampleTextAfter(3);

/** What came stays, the error is said, and nothing is asked again. */
function keptPartly(title: string, scenarios: Readonly<Record<string, string>>): void {
  for (const [scenario, expected] of Object.entries(scenarios)) {
    overBoth(`${title}: ${scenario}`, async (scene) => {
      const { error, text, finish } = await scene.ask(scenario);
      assert.deepEqual([text, error?.message, finish, scene.requests], [partial, expected, undefined, 1]);
      assert.equal(error?.details.characters, partial.length);
    });
  }
}

/** As often as is allowed without anything delivered, and then it is said. */
function triedThrice(title: string, scenarios: Readonly<Record<string, string>>): void {
  for (const [scenario, expected] of Object.entries(scenarios)) {
    overBoth(`${title}: ${scenario}`, async (scene) => {
      const { error } = await scene.ask(scenario);
      assert.deepEqual([error?.message, scene.requests], [expected, 3]);
    });
    overBoth(`${title}, and once is got over unseen: ${scenario}`, async (scene) => {
      const { error, finish } = await scene.ask(scenario, { times: 1 });
      assert.deepEqual([error, finish?.reason, scene.requests], [undefined, 'stop', 2]);
    });
  }
}

/** The whole answer, once, with this reason to finish. */
function whole(title: string, scenarios: readonly string[], reason = 'stop'): void {
  for (const scenario of scenarios) {
    overBoth(`${title}: ${scenario}`, async (scene) => {
      // Its moments of waiting are real ones: the connection is given them to end by itself.
      const { error, text, reasoning, finish } = await scene.with({ clock: systemClock }).ask(scenario);
      assert.deepEqual([error, text, finish?.reason], [undefined, sampleText, reason]);
      assert.equal(reasoning, scenarioNamed(scenario).reasoning ?? '');
      assert.equal(scene.requests, 1);
    });
  }
}

triedThrice('F27 a server that hangs up before an answer is asked again', {
  'close-before-headers': 'network/connection-lost',
  'reset-before-headers': 'network/connection-lost',
});

/** Lets the deadline pass as soon as this many requests have arrived and so much of the answer is here. */
async function letTimePass(scene: Scene, request: number, milliseconds: number): Promise<void> {
  await scene.ark.ledger.waitFor(({ coding }) => coding[request - 1]?.body !== undefined);
  await scene.clock.advance(milliseconds);
}

overBoth('F28 headers that never come are waited for, and asked for once more', async (scene) => {
  const answer = scene.ask('headers-stall');
  await letTimePass(scene, 1, 120_000);
  await letTimePass(scene, 2, 120_000);
  const { error } = await answer;
  assert.deepEqual([error?.message, error?.details.seconds], ['timeout/first-byte', 120]);
  await scene.ark.ledger.waitFor(({ coding }) => coding.every(({ clientHungUp }) => clientHungUp));
  assert.equal(scene.requests, 2);
});

triedThrice('F29 a connection that goes before the first event is asked again', {
  'reset-after-headers': 'network/connection-lost',
  'close-after-headers': 'network/connection-lost',
});
triedThrice('F30 an empty body is asked again', {
  'empty-body': 'malformed/empty-answer',
  'empty-body-length-0': 'malformed/empty-answer',
});
triedThrice('F31 nothing but [DONE] is asked again', { 'done-only': 'malformed/empty-answer' });
triedThrice('F31 an empty turn is asked again', { 'empty-stop': 'malformed/empty-answer' });
triedThrice('F34 an error as the first event is the HTTP error of its code', {
  'error-first': 'overloaded/busy',
});

for (const [scenario, expected] of [
  ['error-first-quota', 'plan-exhausted/window-spent'],
  ['error-first-auth', 'auth/key-refused'],
] as const) {
  overBoth(
    `F34 an error as the first event is not tried again where its code forbids it: ${scenario}`,
    async (scene) => {
      const { error } = await scene.ask(scenario);
      assert.deepEqual([error?.message, scene.requests], [expected, 1]);
    },
  );
}

keptPartly('F35 an error within the answer interrupts it', { 'error-after-deltas': 'overloaded/busy' });
keptPartly('F36 a named error event interrupts the answer', {
  'error-named-event': 'overloaded/busy',
  'error-named-event-bare': 'overloaded/busy',
});
keptPartly('F37 [DONE] after an error makes no success of it', { 'error-then-done': 'overloaded/busy' });
keptPartly('F38 a reset in the middle keeps what came', { 'reset-mid-stream': 'network/connection-lost' });
keptPartly('F39 a body without its end keeps what came', { 'close-mid-stream': 'network/connection-lost' });
keptPartly('F40 a clean end that proves nothing is no success', {
  'end-without-proof': 'truncated/no-finish',
});
keptPartly('F41 an end within a line drops only that line', { 'end-mid-line': 'truncated/no-finish' });
keptPartly('F53 many broken events in a row end the answer', {
  'invalid-json-many': 'malformed/broken-events',
});

whole('F42 a finish reason is proof enough', ['stop-without-done']);
whole('F42 [DONE] is proof enough', ['done-without-stop']);
whole('F44 the token limit is said', ['length'], 'length');
whole('F45 the content filter is said', ['content-filter'], 'content-filter');
whole('F46 an unknown reason is taken for an end', ['unknown-finish'], 'other');
whole('F47 nothing is doubled', ['duplicate-finish', 'double-done', 'deltas-after-done']);
whole('F48 odd chunks do no harm', [
  'usage-in-the-middle',
  'choices-null',
  'delta-missing',
  'usage-on-last-delta',
]);
whole('F53 a broken event costs only itself', ['invalid-json-event', 'null-events']);
whole('F57 reasoning is told apart and not doubled', [
  'reasoning-content',
  'reasoning-field',
  'reasoning-both',
]);

overBoth(
  'F43 after [DONE] the answer ends, the connection is let go and the next request works',
  async (scene) => {
    const { text, finish } = await scene.with({ clock: systemClock }).ask('done-socket-open', { times: 1 });
    assert.deepEqual([text, finish?.reason], [sampleText, 'stop']);
    await scene.ark.ledger.waitFor(({ coding }) => coding[0]?.clientHungUp);
    assert.equal((await scene.ask()).finish?.reason, 'stop');
  },
);

overBoth('F46 an unknown reason is noted in the log', async (scene) => {
  await scene.ask('unknown-finish');
  assert.match(scene.connection.records[0]?.note ?? '', /^unknown finish /);
});

overBoth('F48 usage is recorded wherever it comes', async (scene) => {
  for (const scenario of ['usage-in-the-middle', 'usage-on-last-delta']) {
    scene.ark.clearScenarios();
    const { finish } = await scene.ask(scenario);
    assert.ok((finish?.usage?.totalTokens ?? 0) > 0, scenario);
  }
  assert.ok(scene.connection.records.every(({ usage }) => usage !== undefined));
});

overBoth('F49 silence within the answer ends it after 90 seconds', async (scene) => {
  let text = '';
  const answer = scene.ask(
    'idle-stall',
    {},
    {
      onDelta: (delta) => {
        if (delta.type === 'text') text += delta.text;
        if (text === partial) setImmediate(() => void scene.clock.advance(90_000));
      },
    },
  );
  const { error } = await answer;
  assert.deepEqual([text, error?.message, error?.details.seconds], [partial, 'timeout/idle', 90]);
  await scene.ark.ledger.waitFor(({ coding }) => coding[0]?.clientHungUp);
  assert.equal(scene.requests, 1);
});

overBoth('F50 keep-alive comments do not replace an answer', async (scene) => {
  let text = '';
  const answer = scene.ask(
    'pings-for-ever',
    {},
    {
      onDelta: (delta) => {
        if (delta.type === 'text') text += delta.text;
      },
    },
  );
  await scene.ark.ledger.waitFor(({ coding }) => coding[0]?.deltasSent === 3);
  let over = false;
  const ended = answer.finally(() => (over = true));
  while (!over) {
    // The server's comments need real time; ours may pass in steps that are no sleep.
    await new Promise((resolve) => setTimeout(resolve, 25));
    await scene.clock.advance(30_000);
  }
  const { error } = await ended;
  assert.deepEqual([text, error?.message], [partial, 'timeout/no-content']);
  await scene.ark.ledger.waitFor(({ coding }) => coding[0]?.clientHungUp);
});

overBoth('F50 comments from the start are no answer either', async (scene) => {
  let over = false;
  const ended = scene.ask('pings-only').finally(() => (over = true));
  await scene.ark.ledger.waitFor(({ coding }) => coding[0]?.status === 200);
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    await scene.clock.advance(30_000);
  }
  assert.equal((await ended).error?.message, 'timeout/no-content');
  assert.equal(scene.requests, 1);
});

overBoth('F53 nothing but broken events is an error', async (scene) => {
  const { error } = await scene.ask('invalid-json-only');
  assert.deepEqual([error?.message, scene.requests], ['malformed/broken-events', 1]);
});

overBoth('F57 reasoning without an answer is kept and not asked for again', async (scene) => {
  const { reasoning, text, finish } = await scene.ask('reasoning-only');
  assert.ok(reasoning.length > 0);
  assert.deepEqual([text, finish?.reason, scene.requests], ['', 'stop', 1]);
});
