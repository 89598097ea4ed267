// The list of models: asked for with patience, but not for ever.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionError } from '../../../src/core/completion/completionError.ts';
import { fetchModels } from '../../../src/core/completion/fetchModels.ts';
import { connectionOver, type RecordedConnection } from '../../support/completion/connections.ts';
import { HandClock, settled } from '../../support/completion/handClock.ts';
import {
  type Answer,
  failure,
  response,
  type ScriptedTransport,
  scriptedTransport,
  silence,
  stall,
} from '../../support/completion/scriptedTransport.ts';

const list = response(200, ['{"data":[{"id":"glm-5.2"}]}']);
const never = new AbortController().signal;

function setting(...script: readonly Answer[]): {
  readonly clock: HandClock;
  readonly transport: ScriptedTransport;
  readonly connection: RecordedConnection;
} {
  const clock = new HandClock();
  const transport = scriptedTransport(...script);
  return { clock, transport, connection: connectionOver(transport, { clock }) };
}

test('the list comes as it is, from the path of the lane', async () => {
  const { clock, transport, connection } = setting(list);
  const models = await clock.until(fetchModels(connection, 'list models', never));
  assert.deepEqual(models, { data: [{ id: 'glm-5.2' }] });
  const [request] = transport.requests;
  assert.deepEqual([request?.method, request?.url], ['GET', 'http://127.0.0.1:9/api/coding/v3/models']);
  assert.equal(clock.pendingTimers, 0);
  assert.deepEqual(
    connection.records.map(({ purpose, outcome, attempt }) => [purpose, outcome, attempt]),
    [['list models', 'ok', 1]],
  );
});

test('a failing network or server is asked once more, nobody else', async () => {
  for (const [answer, requests] of [
    [response(500, ['']), 2],
    [failure(completionError('network', 'connection-refused')), 2],
    [response(401, ['']), 1],
    [response(429, ['']), 1],
    [response(200, ['<html>']), 1],
    [response(200, ['not json']), 1],
    [response(200, ['']), 1],
    [response(503, [''], { 'retry-after': '30' }), 1],
  ] as const) {
    const { clock, transport, connection } = setting(answer, answer);
    await assert.rejects(clock.until(fetchModels(connection, 'check key', never)));
    assert.equal(transport.requests.length, requests);
  }
  const { clock, connection } = setting(response(502, ['']), list);
  assert.ok(await clock.until(fetchModels(connection, 'refresh models', never)));
});

test('an error in HTTP 200 is that error', async () => {
  const { clock, connection } = setting(
    response(200, ['{"error":{"code":"AuthenticationError","message":"no"}}']),
  );
  await assert.rejects(clock.until(fetchModels(connection, 'check key', never)), {
    message: 'auth/key-refused',
  });
});

test('it ends after 10 seconds without a byte and after 15 in all', async () => {
  const silent = setting(silence);
  await assert.rejects(silent.clock.until(fetchModels(silent.connection, 'list models', never)), {
    message: 'timeout/first-byte',
  });
  assert.equal(silent.clock.monotonic(), 10_000);
  const slow = setting(response(200, ['{"data":[', stall]));
  await assert.rejects(slow.clock.until(fetchModels(slow.connection, 'list models', never)), {
    message: 'timeout/idle',
  });
  assert.ok(slow.clock.monotonic() <= 15_000);
});

test('an abort ends it with its reason', async () => {
  const { clock, connection } = setting(silence);
  const controller = new AbortController();
  const asking = fetchModels(connection, 'list models', controller.signal);
  await settled();
  controller.abort(new Error('closed'));
  await assert.rejects(asking, /closed/);
  assert.equal(clock.pendingTimers, 0);
  assert.equal(connection.records[0]?.outcome, 'stopped');
});
