// How dear the road from bytes to deltas is, beside only reading the bytes and beside the usual client, in one run.
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type BenchTable, median } from './table.ts';

const repetitions = 5;
const floor = 'undici, bytes only';
const bare = 'undici, parser, JSON.parse';
const throughputReaders = [floor, bare, 'ours over undici', 'fetch, bytes only', 'ours over fetch', 'openai'];
const latencyReaders = [
  'raw socket',
  bare,
  'ours over undici',
  'fetch, bytes only',
  'ours over fetch',
  'openai',
];
const memoryReaders = ['ours over undici', 'ours over fetch'];

const run = promisify(execFile);
const pathOf = (file: string): string => fileURLToPath(new URL(`./stream/${file}`, import.meta.url));

export async function measure(): Promise<readonly BenchTable[]> {
  const server = fork(pathOf('server.ts'), { stdio: 'inherit' });
  try {
    const [port] = (await once(server, 'message')) as [number];
    const origin = `http://127.0.0.1:${port}`;
    return [await throughput(origin), await latency(origin), await memory(origin)];
  } finally {
    server.disconnect();
  }
}

/** Each reader in a fresh process, the readers in turn, so that a slow minute of the machine meets all of them. */
async function inTurn<T>(names: readonly string[], job: string, origin: string): Promise<Map<string, T[]>> {
  const results = new Map<string, T[]>(names.map((name) => [name, []]));
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const name of names) {
      const { stdout } = await run(process.execPath, ['--expose-gc', pathOf('client.ts'), name, job, origin]);
      results.get(name)?.push(JSON.parse(stdout) as T);
    }
  }
  return results;
}

async function throughput(origin: string): Promise<BenchTable> {
  const results = await inTurn<{ cpu: number; deltas: number }>(throughputReaders, 'throughput', origin);
  const cpuOf = (name: string): number => median(results.get(name)?.map(({ cpu }) => cpu) ?? []);
  return {
    title: 'CPU for each of 50,000 small deltas',
    columns: ['µs a delta', 'ratio'],
    rows: throughputReaders.map((name) => {
      const cpu = cpuOf(name);
      const ratio = cpu / cpuOf(floor);
      return {
        name,
        cells: [cpu.toFixed(2), `${ratio.toFixed(2)} ×`],
        ...(name === 'ours over undici' ? { goal: { figure: ratio, most: 2.5, unit: '×' } } : {}),
      };
    }),
  };
}

async function latency(origin: string): Promise<BenchTable> {
  const results = await inTurn<{ firsts: readonly number[] }>(latencyReaders, 'latency', origin);
  const firstOf = (name: string): number =>
    median(results.get(name)?.map(({ firsts }) => median(firsts)) ?? []);
  const goals: Readonly<Record<string, number>> = { 'ours over undici': 0.3, 'ours over fetch': 0.6 };
  return {
    title: 'First delta of warm requests',
    columns: ['ms', 'over the raw socket'],
    rows: latencyReaders.map((name) => {
      const first = firstOf(name);
      const over = first - firstOf('raw socket');
      const most = goals[name];
      return {
        name,
        cells: [first.toFixed(3), `+${over.toFixed(3)}`],
        ...(most === undefined ? {} : { goal: { figure: over, most, unit: 'ms' } }),
      };
    }),
  };
}

async function memory(origin: string): Promise<BenchTable> {
  const results = await inTurn<{ early: number; late: number }>(memoryReaders, 'memory', origin);
  return {
    title: 'Memory between the 5,000th and the 50,000th delta',
    columns: ['KB in use', 'growth in KB'],
    rows: memoryReaders.map((name) => {
      const all = results.get(name) ?? [];
      const growth = median(all.map(({ early, late }) => late - early));
      return {
        name,
        cells: [median(all.map(({ late }) => late)).toFixed(0), growth.toFixed(0)],
        goal: { figure: growth, most: 1_024, unit: 'KB' },
      };
    }),
  };
}
