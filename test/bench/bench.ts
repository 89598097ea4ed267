// `npm run bench [name…]`: runs the benches of this folder one after another and prints a table for each.
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BenchTable } from './table.ts';
import { printTable } from './table.ts';

/** Every file here but these is a bench: it exports `measure`. */
const notBenches = ['bench.ts', 'table.ts'];

interface Bench {
  readonly measure: () => Promise<readonly BenchTable[]>;
}

const folder = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !notBenches.includes(file))
  .map((file) => file.slice(0, -'.ts'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();

if (names.length === 0) throw new Error(`no bench is called ${wanted.join(' or ')}`);
console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`);
let missed = 0;
for (const name of names) {
  const bench = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as Bench;
  for (const table of await bench.measure()) missed += printTable(table);
}
if (missed > 0)
  console.log(`\n${missed} goal${missed === 1 ? '' : 's'} missed; times are no tests, look twice.`);
