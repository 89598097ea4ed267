// One way of reading the stream, in a fresh process: `client.ts <reader> <job> <origin>` prints its figures as JSON.
import { readers } from './readers.ts';
import type { Reader } from './readers.ts';

const deltasOfThroughput = 50_000;
const deltasOfLatency = 20;
const requestsOfLatency = 1_000;
/** Before connection and compiler are warm. */
const requestsNotCounted = 500;

const [name = '', job = '', origin = ''] = process.argv.slice(2);
const open = readers[name];
if (open === undefined) throw new Error(`no reader is called ${name}`);
const reader = await open(origin);

if (job === 'latency') console.log(JSON.stringify(await latency(reader)));
else if (job === 'memory') console.log(JSON.stringify(await memory(reader)));
else console.log(JSON.stringify(await throughput(reader)));
await reader.close();
process.exit(0);

/** CPU of this process in µs for each delta, and what was read. */
async function throughput(reader: Reader): Promise<{ cpu: number; deltas: number }> {
  await reader.read(2_000, () => undefined);
  const before = process.cpuUsage();
  let deltas = 0;
  await reader.read(deltasOfThroughput, () => {
    deltas += 1;
  });
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / deltasOfThroughput, deltas };
}

/** Milliseconds from asking to the first delta, one for each request over a warm connection. */
async function latency(reader: Reader): Promise<{ firsts: readonly number[] }> {
  const firsts: number[] = [];
  for (let request = 0; request < requestsOfLatency; request += 1) {
    const start = performance.now();
    let first: number | undefined;
    await reader.read(deltasOfLatency, () => {
      first ??= performance.now() - start;
    });
    if (first !== undefined) firsts.push(first);
  }
  return { firsts: firsts.slice(requestsNotCounted) };
}

/** Kilobytes in use after collecting garbage, early and late in one stream. */
async function memory(reader: Reader): Promise<{ early: number; late: number }> {
  const used = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 1024;
  };
  await reader.read(2_000, () => undefined);
  let deltas = 0;
  let early = 0;
  let late = 0;
  await reader.read(deltasOfThroughput, () => {
    deltas += 1;
    if (deltas === 5_000) early = used();
    if (deltas === deltasOfThroughput - 100) late = used();
  });
  return { early, late };
}
