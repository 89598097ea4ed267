// Odd but legal wire forms of a right stream, and bodies that are too big, too deep or compressed.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { constants, createBrotliCompress, createGzip, type BrotliCompress, type Gzip } from 'node:zlib';
import { deltaChunk } from './completionWire.ts';
import type { Exchange } from './exchange.ts';
import { samplePieces, sampleText, sampleTextAfter, usualDeltas } from './sampleAnswer.ts';
import { restOfSample, sampleEvents, samplePayloads, startSample } from './sampleStream.ts';
import type { Scenario } from './scenario.ts';

type Run = (exchange: Exchange) => Promise<void>;

function whole(name: string, rows: string, title: string, run: Run): Scenario {
  return { name, title, rows: rows.split(' '), endpoint: 'chat', text: sampleText, run };
}

/** The sample with each payload written in a form of its own, in one piece. */
function written(
  name: string,
  title: string,
  form: (payload: string, index: number) => string,
  start = '',
): Scenario {
  return whole(name, 'F52', title, async (exchange) => {
    exchange.openStream();
    await exchange.write(start + samplePayloads(exchange).map(form).join(''));
    exchange.entry.deltasSent = samplePieces.length;
    await exchange.end();
  });
}

/** JSON may have white space between its tokens: so one event's data can stand on several lines. */
function onLines(payload: string): readonly string[] {
  return payload === '[DONE]' ? [payload] : JSON.stringify(JSON.parse(payload), null, 1).split('\n');
}

const lineForms: readonly Scenario[] = [
  written('crlf', 'Lines end with CR LF', (payload) => `data: ${payload}\r\n\r\n`),
  written('cr', 'Lines end with a lone CR', (payload) => `data: ${payload}\r\r`),
  written('mixed-line-ends', 'Lines end in three ways by turns', (payload, index) => {
    const end = ['\n', '\r\n', '\r'][index % 3] ?? '\n';
    return `data: ${payload}${end}${end}`;
  }),
  written(
    'byte-order-mark',
    'A byte order mark before the first line',
    (payload) => `data: ${payload}\n\n`,
    '\uFEFF',
  ),
  written('no-space', 'No space after `data:`', (payload) => `data:${payload}\n\n`),
  written(
    'multi-line-data',
    'Each event has its data on many lines',
    (payload) =>
      `${onLines(payload)
        .map((line) => `data: ${line}`)
        .join('\n')}\n\n`,
  ),
  written(
    'comments',
    'Comments before, between and inside the events',
    (payload, index) => `: comment ${index}\n:\ndata: ${payload}\n: data: {"choices":[]}\n\n`,
  ),
  written(
    'id-and-retry',
    'Fields id, retry, event: message and unknown ones',
    (payload, index) =>
      `id: ${index}\nretry: 10\nevent: message\nunknown: field\nlonely\ndata: ${payload}\n\n`,
  ),
];

async function byBytes(write: (byte: Uint8Array) => Promise<void>, text: string): Promise<void> {
  for (const byte of Buffer.from(text)) {
    await write(Uint8Array.of(byte));
    await nextTurn();
  }
}

const slices: readonly Scenario[] = [
  whole('one-byte-chunks', 'F51', 'Every byte is an HTTP chunk of its own', async (exchange) => {
    exchange.openStream();
    exchange.socket.setNoDelay(true);
    await byBytes((byte) => exchange.write(byte), sampleEvents(exchange).join(''));
    exchange.entry.deltasSent = samplePieces.length;
    await exchange.end();
  }),
  whole(
    'one-byte-segments',
    'F51',
    'Every byte is a TCP segment of its own, the headers too',
    async (exchange) => {
      const body = sampleEvents(exchange).join('');
      exchange.decide('faulted', 200);
      exchange.socket.setNoDelay(true);
      const head = `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
      await byBytes((byte) => exchange.writeRaw(byte), head + body);
      exchange.entry.deltasSent = samplePieces.length;
      await exchange.cut();
    },
  ),
];

/** The events compressed one by one, so that all that was sent can be read. */
async function compressed(
  stream: Gzip | BrotliCompress,
  events: readonly string[],
  ending: 'whole' | 'truncated',
): Promise<Buffer> {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  for (const event of events) {
    stream.write(event);
    await new Promise<void>((resolve) => {
      stream.flush(() => {
        resolve();
      });
    });
  }
  if (ending === 'whole') await new Promise<void>((resolve) => stream.once('end', resolve).end());
  return Buffer.concat(parts);
}

function compressedStream(
  name: string,
  title: string,
  encoding: 'gzip' | 'br',
  ending: 'whole' | 'truncated',
): Scenario {
  return {
    ...whole(name, 'F58', title, async (exchange) => {
      const all = sampleEvents(exchange);
      const events = ending === 'whole' ? all : all.slice(0, usualDeltas);
      const flush = { flush: constants.Z_SYNC_FLUSH };
      const bytes = await compressed(
        encoding === 'gzip' ? createGzip(flush) : createBrotliCompress(),
        events,
        ending,
      );
      exchange.openStream({ 'content-encoding': encoding });
      exchange.entry.deltasSent = ending === 'whole' ? samplePieces.length : usualDeltas;
      await exchange.write(bytes);
      await exchange.end();
    }),
    text: ending === 'whole' ? sampleText : sampleTextAfter(usualDeltas),
  };
}

const compressions: readonly Scenario[] = [
  compressedStream('gzip', 'A gzip body that nobody asked for', 'gzip', 'whole'),
  compressedStream('brotli', 'A brotli body that nobody asked for', 'br', 'whole'),
  compressedStream(
    'gzip-truncated',
    'A gzip body that ends after 3 deltas without its trailer',
    'gzip',
    'truncated',
  ),
];

/** Sends `start`, then `size` bytes of x in blocks while the client reads, then `end`. */
async function writeMuch(exchange: Exchange, start: string, size: number, end: string): Promise<void> {
  const block = 'x'.repeat(64 * 1024);
  await exchange.write(start);
  for (let sent = 0; sent < size; sent += block.length) await exchange.write(block.slice(0, size - sent));
  await exchange.write(end);
}

function eventParts(exchange: Exchange): readonly [string, string] {
  const [start = '', end = ''] = JSON.stringify(
    deltaChunk(exchange.identity, { content: '@' }, null, false),
  ).split('@');
  return [`data: ${start}`, `${end}\n\n`];
}

const megabyte = 1024 * 1024;

const sizes: readonly Scenario[] = [
  {
    ...whole(
      'event-8-mb',
      'F54',
      'The sample, and then one event whose content is options.bytes (8 MB) of x',
      async (exchange) => {
        exchange.openStream();
        await exchange.contents(samplePieces);
        const [start, end] = eventParts(exchange);
        await writeMuch(exchange, start, exchange.options.bytes ?? 8 * megabyte, end);
        exchange.entry.deltasSent += 1;
        await exchange.finishStream('stop', samplePieces);
      },
    ),
    text: sampleText + 'x'.repeat(8 * megabyte),
  },
  {
    ...whole(
      'endless-line',
      'F55',
      'A line of options.bytes (300 MB) that never ends, after 3 deltas',
      async (exchange) => {
        await startSample(exchange);
        await writeMuch(exchange, eventParts(exchange)[0], exchange.options.bytes ?? 300 * megabyte, '');
        await exchange.stall();
      },
    ),
    text: sampleTextAfter(usualDeltas),
  },
  {
    ...whole(
      'string-50-mb',
      'A35',
      'One event whose content is 50 MB, after 3 deltas: above the cap for an event',
      async (exchange) => {
        await startSample(exchange);
        const [start, end] = eventParts(exchange);
        await writeMuch(exchange, start, exchange.options.bytes ?? 50 * megabyte, end);
        await exchange.finishStream('stop', samplePieces);
      },
    ),
    text: sampleTextAfter(usualDeltas),
  },
];

/** Three deltas, one hostile event that adds no text, the rest. */
function bomb(name: string, title: string, event: () => string): Scenario {
  return whole(name, 'A35', title, async (exchange) => {
    await startSample(exchange);
    await exchange.write(`data: ${event()}\n\n`);
    await restOfSample(exchange);
    await exchange.finishStream('stop', samplePieces);
  });
}

const bombs: readonly Scenario[] = [
  bomb(
    'deep-json',
    'An event that is nested 10 000 deep',
    () => `{"choices":[{"index":0,"delta":{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}}]}`,
  ),
  bomb('deep-json-unclosed', 'An event that opens 100 000 brackets and closes none', () =>
    '['.repeat(100_000),
  ),
  bomb(
    'million-choices',
    'An event with a million choices',
    () => `{"choices":[${'{},'.repeat(999_999)}{}]}`,
  ),
  bomb(
    'prototype-keys',
    'Keys __proto__, constructor and prototype everywhere',
    () =>
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"choices":[{"__proto__":{"delta":{"content":" POLLUTED"}},"index":0,"delta":{"__proto__":{"content":" POLLUTED"},"prototype":{"polluted":true}}}]}',
  ),
  bomb(
    'duplicate-keys',
    'An event that says the same key twice, the last time empty',
    () => '{"choices":[{"index":0,"delta":{"content":" WRONG","content":""}}]}',
  ),
];

export const wireFaults: readonly Scenario[] = [...lineForms, ...slices, ...compressions, ...sizes, ...bombs];
