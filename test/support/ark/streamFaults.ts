// Faults that are told by the events of a stream: errors in it, odd endings, odd chunks, events that do not parse.
import { deltaChunk, usageChunk, usageOf } from './completionWire.ts';
import { errorBody } from './errorBody.ts';
import type { Exchange } from './exchange.ts';
import { samplePieces, sampleText, sampleTextAfter, usualDeltas } from './sampleAnswer.ts';
import { restOfSample, startSample } from './sampleStream.ts';
import type { Scenario } from './scenario.ts';

type Run = (exchange: Exchange) => Promise<void>;

function overloaded(exchange: Exchange): unknown {
  return errorBody(exchange.entry.requestId, {
    code: 'ServerOverloaded',
    message: 'The service is currently unable to handle additional requests due to server overload.',
    type: 'TooManyRequests',
  });
}

/** The error is the first thing that the stream brings. */
function firstEvent(name: string, title: string, code: string, message: string): Scenario {
  return {
    name,
    title,
    rows: ['F34'],
    endpoint: 'chat',
    run: async (exchange) => {
      exchange.openStream();
      const type = code === 'AuthenticationError' ? 'Unauthorized' : 'TooManyRequests';
      await exchange.event(errorBody(exchange.entry.requestId, { code, message, type }));
      await exchange.end();
    },
  };
}

/** Three deltas, then `then`; the text so far is kept. */
function interrupted(name: string, rows: string, title: string, then: Run): Scenario {
  return {
    name,
    title,
    rows: rows.split(' '),
    endpoint: 'chat',
    text: sampleTextAfter(usualDeltas),
    run: async (exchange) => {
      await startSample(exchange);
      await then(exchange);
    },
  };
}

/** The whole text arrives; `run` sends all of it. */
function whole(name: string, rows: string, title: string, run: Run): Scenario {
  return { name, title, rows: rows.split(' '), endpoint: 'chat', text: sampleText, run };
}

/** All deltas, then `then`. */
function wholeThen(name: string, rows: string, title: string, then: Run): Scenario {
  return whole(name, rows, title, async (exchange) => {
    exchange.openStream();
    await exchange.contents(samplePieces);
    await then(exchange);
  });
}

/** Three deltas, then `odd`, then the rest and a healthy end. */
function wholeWith(name: string, rows: string, title: string, odd: Run): Scenario {
  return whole(name, rows, title, async (exchange) => {
    await startSample(exchange);
    await odd(exchange);
    await restOfSample(exchange);
    await exchange.finishStream('stop', samplePieces);
  });
}

const errors: readonly Scenario[] = [
  firstEvent(
    'error-first',
    'An error as the first event: overloaded',
    'ServerOverloaded',
    'The service is overloaded.',
  ),
  firstEvent(
    'error-first-quota',
    'An error as the first event: the plan is used up',
    'AccountQuotaExceeded',
    'You have exceeded the 5-hour usage quota. It will reset at 2099-08-03 23:59:59 +0800 CST.',
  ),
  firstEvent(
    'error-first-auth',
    'An error as the first event: the key is refused',
    'AuthenticationError',
    "The API key doesn't exist.",
  ),
  interrupted('error-after-deltas', 'F35', 'An error event after 3 deltas', async (exchange) => {
    await exchange.event(overloaded(exchange));
    await exchange.end();
  }),
  interrupted('error-named-event', 'F36', 'An `event: error` after 3 deltas', async (exchange) => {
    await exchange.write(`event: error\ndata: ${JSON.stringify(overloaded(exchange))}\n\n`);
    await exchange.end();
  }),
  interrupted(
    'error-named-event-bare',
    'F36',
    'An `event: error` whose data is a bare sentence',
    async (exchange) => {
      await exchange.write('event: error\ndata: upstream connect error\n\n');
      await exchange.end();
    },
  ),
  interrupted('error-then-done', 'F37', 'An error event after 3 deltas, then [DONE]', async (exchange) => {
    await exchange.event(overloaded(exchange));
    await exchange.done();
    await exchange.end();
  }),
];

const endings: readonly Scenario[] = [
  {
    name: 'done-only',
    title: 'Nothing but [DONE]',
    rows: ['F31'],
    endpoint: 'chat',
    run: async (exchange) => {
      exchange.openStream();
      await exchange.done();
      await exchange.end();
    },
  },
  {
    name: 'empty-stop',
    title: 'finish_reason stop without a word before it',
    rows: ['R3'],
    endpoint: 'chat',
    run: async (exchange) => {
      exchange.openStream();
      await exchange.finishStream();
    },
  },
  {
    name: 'reasoning-only',
    title: 'Reasoning, then stop without an answer: not to be retried',
    rows: ['R3'],
    endpoint: 'chat',
    reasoning: 'I think so',
    run: async (exchange) => {
      exchange.openStream();
      for (const piece of ['I', ' think', ' so'])
        await exchange.delta({ role: 'assistant', content: '', reasoning_content: piece });
      await exchange.finishStream();
    },
  },
  wholeThen('stop-without-done', 'F42', 'finish_reason stop, no [DONE], clean end', async (exchange) => {
    await exchange.finishReason('stop');
    await exchange.end();
  }),
  wholeThen('done-without-stop', 'R8', '[DONE] without a finish_reason', async (exchange) => {
    await exchange.done();
    await exchange.end();
  }),
  wholeThen('done-socket-open', 'F43', '[DONE], and the connection stays open', async (exchange) => {
    await exchange.finishReason('stop');
    await exchange.done();
    await exchange.stall();
  }),
  wholeThen('length', 'F44', 'finish_reason length', (exchange) =>
    exchange.finishStream('length', samplePieces),
  ),
  wholeThen('content-filter', 'F45', 'finish_reason content_filter', (exchange) =>
    exchange.finishStream('content_filter', samplePieces),
  ),
  wholeThen('unknown-finish', 'F46', 'finish_reason that nobody knows', (exchange) =>
    exchange.finishStream('out_of_patience', samplePieces),
  ),
  wholeThen('duplicate-finish', 'F47', 'finish_reason twice, and twice different', async (exchange) => {
    await exchange.finishReason('stop');
    await exchange.finishReason('length');
    await exchange.finishStream('stop', samplePieces);
  }),
  wholeThen('double-done', 'F47', '[DONE] twice', async (exchange) => {
    await exchange.finishReason('stop');
    await exchange.write('data: [DONE]\n\ndata: [DONE]\n\n');
    await exchange.end();
  }),
  wholeThen('deltas-after-done', 'F47', 'Deltas after [DONE]', async (exchange) => {
    await exchange.finishReason('stop');
    const late = JSON.stringify(
      deltaChunk(exchange.identity, { role: 'assistant', content: ' TOO LATE' }, null, false),
    );
    await exchange.write(`data: [DONE]\n\ndata: ${late}\n\ndata: [DONE]\n\n`);
    await exchange.end();
  }),
];

const oddChunks: readonly Scenario[] = [
  wholeWith(
    'usage-in-the-middle',
    'F48',
    'A chunk with usage and no choices in the middle, and again at the end',
    (exchange) => exchange.usage(['', '']),
  ),
  wholeWith(
    'choices-null',
    'F48',
    'Chunks with choices null, choices missing, and an empty object',
    async (exchange) => {
      await exchange.event({ id: exchange.identity.id, choices: null, usage: null });
      await exchange.event({ id: exchange.identity.id });
      await exchange.event({});
    },
  ),
  wholeWith(
    'delta-missing',
    'F48',
    'Choices without delta, with delta null, with content null',
    async (exchange) => {
      await exchange.event({ choices: [{ index: 0 }] });
      await exchange.event({ choices: [{ index: 0, delta: null }] });
      await exchange.event({
        choices: [{ index: 0, delta: { content: null, reasoning_content: null, tool_calls: null } }],
      });
    },
  ),
  whole(
    'usage-on-last-delta',
    'F48',
    'Usage on the chunk of the finish and not after it',
    async (exchange) => {
      exchange.openStream();
      await exchange.contents(samplePieces);
      const answer = { reasoning: [], content: samplePieces, toolCalls: [], finishReason: 'stop' };
      const { usage } = usageChunk(exchange.identity, usageOf(answer, 10));
      await exchange.event({ ...deltaChunk(exchange.identity, { content: '' }, 'stop', false), usage });
      await exchange.done();
      await exchange.end();
    },
  ),
  wholeWith('invalid-json-event', 'F53', 'One event that is not JSON in the middle', (exchange) =>
    exchange.write('data: {"choices":[{"delta":{"content":"brok\n\n'),
  ),
  wholeWith('null-events', 'F53', 'Events that are JSON and no objects', (exchange) =>
    exchange.write('data: null\n\ndata: 7\n\ndata: "text"\n\ndata: []\n\n'),
  ),
  interrupted(
    'invalid-json-many',
    'F53',
    'Twenty events in a row that are not JSON, after 3 deltas',
    async (exchange) => {
      for (let index = 0; index < 20; index += 1) await exchange.write(`data: {"broken": ${index}\n\n`);
      await exchange.end();
    },
  ),
  {
    name: 'invalid-json-only',
    title: 'Nothing but events that are not JSON, then [DONE]',
    rows: ['F53'],
    endpoint: 'chat',
    run: async (exchange) => {
      exchange.openStream();
      for (let index = 0; index < 3; index += 1) await exchange.write(`data: {"broken": ${index}\n\n`);
      await exchange.done();
      await exchange.end();
    },
  },
];

const thoughts = ['Let', ' me', ' think'];

function reasoned(
  name: string,
  title: string,
  deltaOf: (thought: string) => Readonly<Record<string, unknown>>,
): Scenario {
  return {
    ...whole(name, 'F57', title, async (exchange) => {
      exchange.openStream();
      for (const thought of thoughts) await exchange.delta({ role: 'assistant', ...deltaOf(thought) });
      await exchange.contents(samplePieces);
      await exchange.finishStream('stop', samplePieces);
    }),
    reasoning: thoughts.join(''),
  };
}

const reasoning: readonly Scenario[] = [
  reasoned('reasoning-content', 'reasoning_content, then content', (thought) => ({
    content: '',
    reasoning_content: thought,
  })),
  reasoned('reasoning-field', 'The field is called reasoning', (thought) => ({
    content: '',
    reasoning: thought,
  })),
  reasoned('reasoning-both', 'The same thought in both fields, content null', (thought) => ({
    content: null,
    reasoning_content: thought,
    reasoning: thought,
  })),
];

export const streamFaults: readonly Scenario[] = [...errors, ...endings, ...oddChunks, ...reasoning];
