// Faults of the connection: closed, reset, silent, and bodies that end otherwise than their headers said.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from './exchange.ts';
import { samplePieces, sampleText, sampleTextAfter, usualDeltas } from './sampleAnswer.ts';
import type { Scenario } from './scenario.ts';
import { sampleEvents, startSample } from './sampleStream.ts';

/** Milliseconds between keep-alive comments. */
const pingInterval = 20;

function ended(
  name: string,
  rows: string,
  title: string,
  run: (exchange: Exchange) => Promise<void>,
): Scenario {
  return { name, title, rows: rows.split(' '), endpoint: 'chat', run };
}

const beforeTheAnswer: readonly Scenario[] = [
  ended('close-before-headers', 'F27', 'FIN in place of an answer', (exchange) => exchange.cut()),
  ended('reset-before-headers', 'F27', 'RST in place of an answer', (exchange) => exchange.reset()),
  ended('headers-stall', 'F28', 'The request is taken and never answered', (exchange) => exchange.stall()),
  ended('reset-after-headers', 'F29', 'Headers of a stream, then RST', async (exchange) => {
    exchange.openStream();
    await sleep(pingInterval);
    await exchange.reset();
  }),
  ended(
    'close-after-headers',
    'F29',
    'Headers of a stream, then FIN without the end of the chunked body',
    async (exchange) => {
      exchange.openStream();
      await exchange.cut();
    },
  ),
  ended('empty-body', 'F30', 'A stream that ends at once', async (exchange) => {
    exchange.openStream();
    await exchange.end();
  }),
  ended('empty-body-length-0', 'F30', '200 with Content-Length: 0', (exchange) =>
    exchange.send(200, 'text/event-stream', '', { 'content-length': '0' }),
  ),
  ended('pings-only', 'F50', 'Nothing but comments from the start, for ever', async (exchange) => {
    exchange.openStream();
    await pings(exchange);
  }),
];

async function pings(exchange: Exchange): Promise<void> {
  for (;;) {
    await exchange.write(': ping\n\n');
    await sleep(pingInterval, undefined, { signal: exchange.gone });
  }
}

/** Sends some deltas (options.after, 3), then does what it is given. */
function afterDeltas(
  name: string,
  rows: string,
  title: string,
  then: (exchange: Exchange) => Promise<void>,
): Scenario {
  return {
    name,
    title: `${title}, after options.after (${usualDeltas}) deltas`,
    rows: rows.split(' '),
    endpoint: 'chat',
    text: sampleTextAfter(usualDeltas),
    run: async (exchange) => {
      await startSample(exchange);
      await then(exchange);
    },
  };
}

const inTheMiddle: readonly Scenario[] = [
  // The pause lets the client read what was sent: an RST may drop what still waits on its side.
  afterDeltas('reset-mid-stream', 'F38', 'RST', async (exchange) => {
    await sleep(pingInterval);
    await exchange.reset();
  }),
  afterDeltas('close-mid-stream', 'F39', 'FIN without the end of the chunked body', (exchange) =>
    exchange.cut(),
  ),
  afterDeltas('end-without-proof', 'F40', 'A clean end with neither finish_reason nor [DONE]', (exchange) =>
    exchange.end(),
  ),
  afterDeltas('end-mid-line', 'F41', 'A clean end in the middle of a line', (exchange) =>
    exchange.end('data: {"choices":[{"index":0,"delta":{"content":" lo'),
  ),
  afterDeltas('idle-stall', 'F49', 'Silence for ever', (exchange) => exchange.stall()),
  afterDeltas('pings-for-ever', 'F50', 'Nothing but comments for ever', pings),
];

/** An answer whose HTTP frame is written by hand, past the HTTP library. */
function framed(
  name: string,
  title: string,
  text: string,
  frame: (events: readonly string[]) => { readonly head: readonly string[]; readonly body: string },
): Scenario {
  return {
    name,
    title,
    rows: ['F59'],
    endpoint: 'chat',
    text,
    run: async (exchange) => {
      const { head, body } = frame(sampleEvents(exchange));
      exchange.decide('faulted', 200);
      exchange.entry.deltasSent = samplePieces.length;
      await exchange.writeRaw(`${[...head, 'Content-Type: text/event-stream'].join('\r\n')}\r\n\r\n${body}`);
      await exchange.cut();
    },
  };
}

const frames: readonly Scenario[] = [
  framed('http-1-0', 'HTTP/1.0, the end of the connection is the end of the body', sampleText, (events) => ({
    head: ['HTTP/1.0 200 OK'],
    body: events.join(''),
  })),
  framed(
    'content-length-too-big',
    'Content-Length promises 100 bytes more than come; [DONE] does not come either',
    sampleTextAfter(usualDeltas),
    (events) => {
      const body = events.slice(0, usualDeltas).join('');
      return {
        head: ['HTTP/1.1 200 OK', `Content-Length: ${Buffer.byteLength(body) + 100}`, 'Connection: close'],
        body,
      };
    },
  ),
  framed(
    'content-length-too-small',
    'Content-Length ends the body after three deltas',
    sampleTextAfter(usualDeltas),
    (events) => ({
      head: [
        'HTTP/1.1 200 OK',
        `Content-Length: ${Buffer.byteLength(events.slice(0, usualDeltas).join(''))}`,
        'Connection: close',
      ],
      body: events.join(''),
    }),
  ),
];

const contentTypes: readonly Scenario[] = (
  [
    ['wrong-content-type', 'text/plain'],
    ['stream-as-json', 'application/json'],
    ['stream-as-octets', 'application/octet-stream'],
  ] as const
).map(([name, contentType]) => ({
  name,
  title: `A right stream under the content type ${contentType}`,
  rows: ['F59'],
  endpoint: 'chat',
  text: sampleText,
  run: async (exchange) => {
    exchange.openStream({ 'content-type': contentType });
    await exchange.contents(samplePieces);
    await exchange.finishStream('stop', samplePieces);
  },
}));

export const connectionFaults: readonly Scenario[] = [
  ...beforeTheAnswer,
  ...inTheMiddle,
  ...frames,
  ...contentTypes,
];
