// The simulated ModelArk by itself: `node test/support/ark/serve.ts [--port N] [--pace MS] [--scenario NAME]`.
import { parseArgs } from 'node:util';
import { simulatedKey } from './keys.ts';
import { entryText } from './ledger.ts';
import { startArk } from './startArk.ts';

/** Milliseconds between two deltas: about what a person sees from a real model. */
const realisticPace = 15;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    pace: { type: 'string', default: String(realisticPace) },
    scenario: { type: 'string', multiple: true, default: [] },
  },
});

const ark = await startArk({
  port: Number(values.port),
  pace: Number(values.pace),
  onFinished: (entry) => {
    console.log(`${new Date(entry.at).toISOString().slice(11, 23)} ${entryText(entry)}`);
  },
});
for (const scenario of values.scenario) ark.setScenario(scenario);

console.log(`coding lane   ${ark.codingBaseUrl}`);
console.log(`general lane  ${ark.generalBaseUrl}`);
console.log(`key           ${simulatedKey} (made up; nothing else accepts it)`);
console.log('A message with "/scenario list" lists the ways to misbehave.');

process.once('SIGINT', () => void ark.close());
process.once('SIGTERM', () => void ark.close());
