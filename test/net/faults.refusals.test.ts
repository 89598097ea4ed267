// The fault matrix over real connections, where the server answers with a refusal: F10–F26.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listed, requestOf } from '../support/completion/connections.ts';
import { sampleText } from '../support/ark/sampleAnswer.ts';
import { overBoth, type Scene } from './overBoth.ts';

/** One request, and this is what comes of it. */
function refused(title: string, scenarios: Readonly<Record<string, string>>): void {
  for (const [scenario, expected] of Object.entries(scenarios)) {
    overBoth(`${title}: ${scenario}`, async (scene) => {
      const { error, text } = await scene.ask(scenario);
      assert.deepEqual([error?.message, text, scene.requests], [expected, '', 1]);
    });
  }
}

/** As often as is allowed, and then it is said. */
function triedThrice(title: string, scenarios: readonly string[], expected: string): void {
  for (const scenario of scenarios) {
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

refused('F10 a web page is no answer', { 'captive-portal': 'network/web-page' });
refused('F11 a refused key is the key', { unauthorized: 'auth/key-refused' });
refused('F12 what the account may not do is said', {
  'forbidden-plan': 'billing/no-subscription',
  'forbidden-access': 'billing/access-denied',
  'forbidden-overdue': 'billing/overdue',
});
refused('F13 a pinned model that is not there is not replaced', {
  'model-unknown': 'model-unavailable/unknown-model',
  'model-needs-endpoint': 'model-unavailable/endpoint-id-needed',
  'model-not-open': 'model-unavailable/not-open',
  'model-not-in-plan': 'model-unavailable/not-in-plan',
});
refused('F14 a wrong base path is told by its page', { 'not-found-html': 'wrong-lane/path-not-found' });
refused('F15 a bad parameter of ours is said', { 'bad-parameter': 'bad-request/parameter' });
refused('F16 too long is too long', {
  'context-too-long': 'context-length/too-long',
  'payload-too-large': 'context-length/too-long',
});
refused('F17 the content filter is not asked twice', {
  'sensitive-content': 'content-filter/input',
  'output-policy': 'content-filter/output',
});
refused('F18 a 422 is not repeated', { unprocessable: 'bad-request/parameter' });
refused('F22 a spent quota is not retried', {
  'rate-limit-retry-after-3600': 'rate-limit/wait-long',
  'quota-5-hour': 'plan-exhausted/window-spent',
  'quota-weekly': 'plan-exhausted/window-spent',
  'quota-monthly': 'plan-exhausted/window-spent',
  'set-limit-exceeded': 'plan-exhausted/limit-set',
  'quota-exceeded': 'plan-exhausted/quota-spent',
  'agent-plan-quota-exceeded': 'plan-exhausted/quota-spent',
  'forbidden-overdue': 'billing/overdue',
});
refused('F25 a conflict that is no lock is not retried', { 'conflict-409': 'bad-request/refused' });

triedThrice('F19 a rate limit is tried again', ['rate-limit'], 'rate-limit/too-fast');
triedThrice('F19 an overloaded server is tried again', ['server-overloaded'], 'overloaded/busy');
triedThrice(
  'F24 garbage for a wait is a wait of our own',
  [
    'rate-limit-retry-after-negative',
    'rate-limit-retry-after-garbage',
    'rate-limit-retry-after-exponent',
    'rate-limit-retry-after-zero',
  ],
  'rate-limit/too-fast',
);
triedThrice(
  'F25 a server in trouble is tried again',
  [
    ...[500, 502, 503, 504, 529].flatMap((status) =>
      ['json', 'html', 'empty'].map((body) => `error-${status}-${body}`),
    ),
    'request-timeout-408',
    'too-early-425',
  ],
  'overloaded/busy',
);

overBoth('F12 the provider’s code and request id are kept', async ({ ask, ark }) => {
  const { error } = await ask('forbidden-plan');
  assert.equal(error?.details.code, 'InvalidSubscription');
  assert.equal(error.details.requestId, ark.ledger.coding[0]?.requestId);
});

overBoth('F13 auto goes to the next model of the same lane', async (scene) => {
  const auto = scene.with({ candidates: listed('glm-5.2', 'kimi-k2.5', 'glm-5.1') });
  const { error, finish, progress } = await auto.ask('model-not-in-plan', { times: 2 });
  assert.deepEqual([error, finish?.reason], [undefined, 'stop']);
  assert.deepEqual(
    scene.ark.ledger.coding.map(({ model }) => model),
    ['glm-5.2', 'kimi-k2.5', 'glm-5.1'],
  );
  assert.equal(progress.filter(({ type }) => type === 'model-moved').length, 2);
});

for (const [scenario, field] of [
  ['refuse-stream-options', 'stream_options'],
  ['refuse-thinking', 'thinking'],
  ['refuse-reasoning-effort', 'reasoning_effort'],
] as const) {
  overBoth(`F15 a refused ${field} is left out once and for all`, async (scene) => {
    const request = requestOf({ thinking: 'enabled', reasoningEffort: 'high' });
    const first = await scene.ask(scenario, {}, { request });
    const second = await scene.ask(undefined, {}, { request });
    assert.deepEqual([first.finish?.reason, second.finish?.reason], ['stop', 'stop']);
    assert.deepEqual(
      scene.ark.ledger.coding.map(({ body }) => body !== undefined && field in body),
      [true, false, false],
    );
  });
}

overBoth('F15 a refused token limit is lowered to the one that is named, then left out', async (scene) => {
  const first = await scene.ask('refuse-max-tokens');
  const second = await scene.ask();
  assert.deepEqual([first.finish?.reason, second.finish?.reason], ['stop', 'stop']);
  assert.deepEqual(
    scene.ark.ledger.coding.map(({ body }) => body?.['max_tokens']),
    [131_072, 1_024, undefined, undefined],
  );
});

overBoth('F15 what was refused by name is not left out when it cannot be', async (scene) => {
  const tools = [{ name: 'read_file', description: 'Reads.', parameters: {} }];
  const { error } = await scene.ask('refuse-tools', {}, { request: requestOf({ tools }) });
  assert.deepEqual([error?.message, scene.requests], ['bad-request/parameter', 1]);
});

/** The waits that were announced before retries. */
async function waits(scene: Scene, scenario: string, seconds?: number): Promise<readonly number[]> {
  const choice = seconds === undefined ? { times: 1 } : { times: 1, seconds };
  const { progress, finish } = await scene.ask(scenario, choice);
  assert.equal(finish?.reason, 'stop');
  return progress.flatMap((step) => (step.type === 'retrying' ? [step.inMs] : []));
}

overBoth('F20 Retry-After in seconds is kept to', async (scene) => {
  assert.deepEqual(await waits(scene, 'rate-limit-retry-after-1'), [1_000]);
});

overBoth('F20 retry-after-ms comes before Retry-After', async (scene) => {
  assert.deepEqual(await waits(scene, 'rate-limit-retry-after-ms'), [40]);
});

overBoth('F21 Retry-After as a date is kept to', async (scene) => {
  const [wait] = await waits(scene, 'rate-limit-http-date', 30);
  assert.ok(wait !== undefined && wait > 25_000 && wait <= 31_000, `${wait}`);
});

overBoth('F22 a spent window says when it opens', async ({ ask }) => {
  const { error } = await ask('quota-5-hour');
  assert.equal(error?.details.window, '5-hour');
  const hours = ((error.details.resetsAt ?? 0) - Date.now()) / 3_600_000;
  assert.ok(hours > 1.9 && hours < 2.1, `${hours} hours`);
});

overBoth('F23 a rate limit that passes leaves no error behind', async (scene) => {
  const { error, text, finish } = await scene.ask('rate-limit', { times: 1 });
  assert.equal(error, undefined);
  assert.ok(text.length > 0);
  assert.equal(finish?.reason, 'stop');
  assert.deepEqual(
    scene.connection.records.map(({ outcome }) => outcome),
    ['rate-limit/too-fast', 'ok'],
  );
});

for (const status of [301, 302, 303, 307, 308]) {
  overBoth(`F26 a ${status} to another host is not followed, and nothing is sent there`, async (scene) => {
    let visits = 0;
    const elsewhere = createServer((_, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    try {
      const { error } = await scene.ask(`redirect-${status}`, { to: `http://${host}` });
      assert.equal(error?.message, 'network/redirected');
      assert.equal(error.details.otherHost, host);
      assert.equal(error.details.host, new URL(scene.ark.origin).host);
      assert.deepEqual([scene.requests, visits], [1, 0]);
    } finally {
      elsewhere.close();
    }
  });
}

overBoth('F32 an error in HTTP 200 is that error', async (scene) => {
  const spent = await scene.ask('json-quota-200', { times: 1 });
  assert.deepEqual([spent.error?.message, scene.requests], ['plan-exhausted/window-spent', 1]);
  const busy = await scene.ask('json-error-200');
  assert.deepEqual([busy.error?.message, scene.requests], ['overloaded/busy', 4]);
});

overBoth('F33 a whole answer in one piece is shown once', async ({ ask }) => {
  const { text, finish } = await ask('plain-completion');
  assert.deepEqual([text, finish?.reason], [sampleText, 'stop']);
  assert.ok(finish?.usage);
});

overBoth('F64 an error that repeats key and prompt is told without them', async (scene) => {
  const { error, progress } = await scene.ask('error-with-secrets');
  assert.equal(error?.message, 'bad-request/parameter');
  const told = JSON.stringify([error.toRecord(), error.stack, progress, scene.connection.records]);
  assert.ok(!/canary/.test(told), told);
});
