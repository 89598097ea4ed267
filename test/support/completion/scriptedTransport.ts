// A transport whose answers a test writes down: one for each request, in order.
import assert from 'node:assert/strict';
import type { HttpRequest, HttpResponse, Transport } from '../../../src/core/completion/transport.ts';

export type Answer = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

export interface ScriptedTransport extends Transport {
  readonly requests: readonly HttpRequest[];
  /** Bodies that were opened and neither read to their end nor left. */
  readonly openBodies: number;
}

export function scriptedTransport(...script: readonly Answer[]): ScriptedTransport {
  const requests: HttpRequest[] = [];
  const left = [...script];
  let openBodies = 0;
  return {
    name: 'undici',
    requests,
    get openBodies() {
      return openBodies;
    },
    send: async (request) => {
      request.signal.throwIfAborted();
      requests.push(request);
      const answer = left.shift();
      assert.ok(answer, `request ${requests.length} was not expected`);
      const response = await answer(request);
      openBodies += 1;
      return { ...response, body: counted(response.body, () => (openBodies -= 1)) };
    },
  };
}

async function* counted(body: AsyncIterable<Uint8Array>, onEnd: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    onEnd();
  }
}

/** A piece of a body that never comes. */
export const stall = Symbol('stall');

type Piece = string | Uint8Array | Error | typeof stall;

/** A response whose body comes in these pieces; an Error among them ends it, `stall` waits for the abort. */
export function response(
  status: number,
  pieces: readonly Piece[],
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (request) => ({
    status,
    header: (name) => headers[name.toLowerCase()],
    body: bodyOf(pieces, request.signal),
  });
}

/** A stream of events given as JSON values or as they are. */
export function events(...data: readonly unknown[]): Answer {
  return response(200, data.map(eventText), { 'content-type': 'text/event-stream' });
}

export function eventText(data: unknown): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

export function failure(error: Error): Answer {
  return () => Promise.reject(error);
}

/** Says nothing until it is aborted. */
export const silence: Answer = ({ signal }) => aborted(signal);

async function* bodyOf(pieces: readonly Piece[], signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const piece of pieces) {
    signal.throwIfAborted();
    if (piece instanceof Error) throw piece;
    if (piece === stall) await aborted(signal);
    else yield typeof piece === 'string' ? encoder.encode(piece) : piece;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
