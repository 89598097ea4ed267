// F64: whatever the server does, neither key nor prompt is in what is logged or thrown.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { fetchModels } from '../../src/core/completion/fetchModels.ts';
import { scenarios } from '../support/ark/scenarios.ts';
import type { Gathered } from '../support/completion/connections.ts';
import { canaryKey, canaryPrompt } from '../support/completion/connections.ts';
import { overBoth, type Scene } from './overBoth.ts';

/** Those that are only about how much a client can bear. */
const tooMuch = new Set(['endless-line', 'string-50-mb', 'event-8-mb', 'one-byte-segments']);
const misbehaviours = scenarios.filter(
  ({ name, rows }) => !tooMuch.has(name) && !rows.some((row) => row === 'A36' || row === 'A37'),
);

overBoth('F64 no answer makes the engine tell the key or the prompt', async (scene) => {
  for (const { name } of misbehaviours.filter(({ endpoint }) => endpoint === 'chat')) {
    const outcome = await briefly(scene, name);
    // The answer itself may well repeat the question.
    const kept = outcome instanceof Error ? outcome : { ...outcome, text: '', reasoning: '', toolCalls: [] };
    const told = inspect([kept, scene.connection.records], { depth: 12, maxStringLength: null });
    assert.ok(!told.includes(canaryKey), `${name} told the key`);
    assert.ok(!told.includes(canaryPrompt), `${name} told the prompt`);
    if (outcome instanceof Error) assert.match(outcome.message, /given up/, name);
  }
});

overBoth('F64 no list of models makes the engine tell the key', async (scene) => {
  for (const { name } of misbehaviours.filter(({ endpoint }) => endpoint === 'models')) {
    scene.ark.clearScenarios();
    scene.ark.setScenario(name);
    const patience = AbortSignal.timeout(300);
    const asking = fetchModels(scene.connection, 'check key', patience);
    const ticking = setInterval(() => void scene.clock.advance(1_000), 20);
    const outcome: unknown = await asking.catch((thrown: unknown) => thrown);
    clearInterval(ticking);
    assert.ok(!inspect([outcome, scene.connection.records], { depth: 12 }).includes(canaryKey), name);
  }
});

/** An answer, or the error that gave it up when it would not end by itself. */
async function briefly(scene: Scene, name: string): Promise<Gathered | Error> {
  scene.ark.clearScenarios();
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new Error('given up'));
  }, 300);
  try {
    return await scene.ask(name, {}, { signal: controller.signal });
  } catch (thrown) {
    assert.ok(thrown instanceof Error);
    return thrown;
  } finally {
    clearTimeout(timer);
  }
}
