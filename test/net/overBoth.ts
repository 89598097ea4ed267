// Runs a test over both transports against the simulated ModelArk, and checks after each what must hold after all.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from '../../src/core/completion/connection.ts';
import type { Transport } from '../../src/core/completion/transport.ts';
import { editorTransport } from '../../src/net/editorTransport.ts';
import { createUndiciTransport } from '../../src/net/undiciTransport.ts';
import { startArk, type Ark, type ScenarioChoice } from '../support/ark/startArk.ts';
import {
  canaryKey,
  canaryPrompt,
  connectionOver,
  gather,
  type Gathered,
  laneOf,
  type Reading,
  type RecordedConnection,
} from '../support/completion/connections.ts';
import { HandClock } from '../support/completion/handClock.ts';

export interface Scene {
  readonly ark: Ark;
  readonly transport: Transport;
  /** Stands still, but for the waits before a retry, which pass at once. */
  readonly clock: HandClock;
  readonly connection: RecordedConnection;
  /** Asks once while the server misbehaves like this; without a name it is healthy. */
  readonly ask: (scenario?: string, choice?: ScenarioChoice, reading?: Reading) => Promise<Gathered>;
  /** The same scene with another connection. */
  with(change: Partial<Connection>): Scene;
  /** Requests that have arrived on the coding lane. */
  readonly requests: number;
}

let ark: Ark | undefined;
const undici = createUndiciTransport();

before(async () => {
  ark = await startArk({ keys: [canaryKey] });
});

after(async () => {
  await undici.close();
  await ark?.close();
});

/** `F22 a spent quota is not retried`: one test for each transport. */
export function overBoth(title: string, run: (scene: Scene) => Promise<void>): void {
  for (const transport of [editorTransport, undici]) {
    test(`${title} (${transport.name})`, { timeout: 60_000 }, async () => {
      assert.ok(ark);
      ark.clearScenarios();
      ark.ledger.reset();
      const scene = sceneOf(ark, transport, {});
      await run(scene);
      await allOver(ark);
      nothingTold(scene.connection);
    });
  }
}

function sceneOf(ark: Ark, transport: Transport, change: Partial<Connection>): Scene {
  const clock = new HandClock();
  const lane = laneOf('byteplus_coding', { baseUrl: ark.codingBaseUrl });
  const connection = connectionOver(transport, { lane, clock, ...change });
  return {
    ark,
    transport,
    clock,
    connection,
    ask: (scenario, choice, reading) => {
      if (scenario !== undefined) ark.setScenario(scenario, choice);
      return gather(connection, {
        ...reading,
        onProgress: (progress) => {
          reading?.onProgress?.(progress);
          if (progress.type === 'retrying') setImmediate(() => void clock.advance(progress.inMs));
        },
      });
    },
    with: (other) => sceneOf(ark, transport, { ...change, ...other }),
    get requests() {
      return ark.ledger.coding.length;
    },
  };
}

/** Every exchange has ended, so that no socket was left behind, and none went to another lane. */
async function allOver({ ledger }: Ark): Promise<void> {
  await ledger.waitFor(({ coding }) => coding.every(({ finishedAt }) => finishedAt !== undefined));
  assert.deepEqual([ledger.general.length, ledger.other.length], [0, 0]);
}

/** F64: neither key nor prompt is in what is kept of a request. */
function nothingTold(connection: RecordedConnection): void {
  const told = JSON.stringify(connection.records);
  assert.ok(!told.includes(canaryKey), 'the key was told');
  assert.ok(!told.includes(canaryPrompt), 'the prompt was told');
  assert.ok(!connection.traces.some((trace) => trace.includes(canaryKey)), 'the key is in a trace');
}
