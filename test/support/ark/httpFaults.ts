// Faults of the server or of what stands before it: busy statuses, web pages, redirects, and a 200 that is none.
import { plainCompletion, usageOf } from './completionWire.ts';
import { errorBody, type ErrorBody } from './errorBody.ts';
import { errorFault } from './errorFault.ts';
import type { Exchange } from './exchange.ts';
import { quotaSentence } from './limitFaults.ts';
import { samplePieces, sampleText } from './sampleAnswer.ts';
import type { Scenario } from './scenario.ts';

const internalError = 'The service encountered an unexpected internal error.';

/** Every busy status with every kind of body: `error-503-html`, … */
const busy: readonly Scenario[] = [500, 502, 503, 504, 529].flatMap((status) => [
  errorFault({
    name: `error-${status}-json`,
    rows: 'F25',
    title: `${status} as JSON`,
    status,
    code: 'InternalServiceError',
    message: internalError,
  }),
  {
    name: `error-${status}-html`,
    title: `${status} as a web page`,
    rows: ['F25'],
    endpoint: 'chat',
    run: (exchange) =>
      exchange.send(status, 'text/html', `<html><body><h1>${status} Server Error</h1></body></html>`),
  },
  {
    name: `error-${status}-empty`,
    title: `${status} with nothing in it`,
    rows: ['F25'],
    endpoint: 'chat',
    run: (exchange) => exchange.send(status, 'text/plain', ''),
  },
]);

const otherRetryable: readonly Scenario[] = [
  errorFault({
    name: 'request-timeout-408',
    rows: 'R6',
    title: '408',
    status: 408,
    code: 'RequestTimeout',
    message: 'The request took too long.',
  }),
  errorFault({
    name: 'conflict-409',
    rows: 'R6',
    title: '409 that is no lock',
    status: 409,
    code: 'Conflict',
    message: 'The request conflicts with another one.',
  }),
  errorFault({
    name: 'too-early-425',
    rows: 'R6',
    title: '425',
    status: 425,
    code: 'TooEarly',
    message: 'The request came too early.',
  }),
  errorFault({
    name: 'no-retry-header',
    rows: 'F25',
    title: '500 with x-should-retry: false',
    status: 500,
    code: 'InternalServiceError',
    message: internalError,
    headers: { 'x-should-retry': 'false' },
  }),
];

/** Where a redirect points: options.to, or /elsewhere on this server. A mere origin gets the path that was asked for. */
export function redirectTarget({ options, origin, entry }: Exchange): string {
  const to = new URL(options.to ?? `${origin}/elsewhere`);
  return to.pathname === '/' ? new URL(entry.path, to.href).href : to.href;
}

const redirects: readonly Scenario[] = [301, 302, 303, 307, 308].map((status) => ({
  name: `redirect-${status}`,
  title: `${status} to options.to: an origin gets the same path, default /elsewhere on this server`,
  rows: ['F26', 'A07'],
  endpoint: 'chat',
  run: (exchange) =>
    exchange.send(status, 'text/html', '<html><body>Moved</body></html>', {
      location: redirectTarget(exchange),
    }),
}));

const captivePage =
  '<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Hotel network</h1><p>Sign in to go on.</p><script>document.title = "x"</script></body></html>';

function errorIn200(name: string, title: string, error: () => Parameters<typeof errorBody>[1]): Scenario {
  return {
    name,
    title: `200 with an error object as JSON: ${title}`,
    rows: ['F32'],
    endpoint: 'chat',
    run: (exchange) => {
      const body: ErrorBody = errorBody(exchange.entry.requestId, error());
      return exchange.sendJson(200, body);
    },
  };
}

/** HTTP says 200, the body says otherwise, or says it in another form. */
const unexpectedBodies: readonly Scenario[] = [
  {
    name: 'captive-portal',
    title: '200 with a web page in place of the answer',
    rows: ['F10'],
    endpoint: 'chat',
    run: (exchange) => exchange.send(200, 'text/html; charset=utf-8', captivePage),
  },
  errorIn200('json-error-200', 'overloaded', () => ({
    code: 'ServerOverloaded',
    message: 'The service is overloaded.',
    type: 'TooManyRequests',
  })),
  errorIn200('json-quota-200', 'the plan is used up, not to be retried', () => ({
    code: 'AccountQuotaExceeded',
    message: quotaSentence('weekly', 3600),
    type: 'TooManyRequests',
  })),
  {
    name: 'plain-completion',
    title: '200 with one chat.completion object although a stream was asked for',
    rows: ['F33'],
    endpoint: 'chat',
    text: sampleText,
    run: (exchange) => {
      const answer = { reasoning: [], content: samplePieces, toolCalls: [], finishReason: 'stop' };
      return exchange.sendJson(200, plainCompletion(exchange.identity, answer, usageOf(answer, 10), false));
    },
  },
];

export const httpFaults: readonly Scenario[] = [
  ...busy,
  ...otherRetryable,
  ...redirects,
  ...unexpectedBodies,
];
