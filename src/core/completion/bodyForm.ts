// Looks at the first byte of a successful answer: gateways and portals send other things than their headers say.

import { completionError } from './completionError.ts';

/** `events` is also what an empty body is taken for. */
export type BodyForm = 'events' | 'json' | 'web-page';

export interface OpenedBody {
  readonly form: BodyForm;
  /** The whole body, from its first byte. */
  readonly body: AsyncIterable<Uint8Array>;
}

export async function openBody(body: AsyncIterable<Uint8Array>): Promise<OpenedBody> {
  const rest = body[Symbol.asyncIterator]();
  const seen: IteratorResult<Uint8Array>[] = [];
  let form: BodyForm | undefined;
  while (form === undefined) {
    const next = await rest.next();
    seen.push(next);
    form = next.done === true ? 'events' : formOf(next.value);
  }
  return {
    form,
    body: {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          const first = seen.shift();
          return first === undefined ? rest.next() : Promise.resolve(first);
        },
        return: async () => {
          await rest.return?.();
          return { done: true, value: undefined };
        },
      }),
    },
  };
}

/**
 * The whole body as text.
 * @throws CompletionError `malformed/event-too-large` when it has more bytes
 */
export async function textOfBody(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    length += bytes.length;
    if (length > mostBytes) throw completionError('malformed', 'event-too-large', { limit: mostBytes });
  }
  return text + decoder.decode();
}

/** The beginning of a body as text, as far as it can be had; leaving the rest closes the connection. */
export async function beginningOfBody(body: AsyncIterable<Uint8Array>, bytesWanted: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  try {
    for await (const bytes of body) {
      text += decoder.decode(bytes, { stream: true });
      length += bytes.length;
      if (length >= bytesWanted) break;
    }
  } catch {
    // It says why something failed: its status and what has come of it tell more than its own failure would.
  }
  return text + decoder.decode();
}

/** undefined: nothing but blanks and the bytes of a byte order mark so far. */
function formOf(bytes: Uint8Array): BodyForm | undefined {
  for (const byte of bytes) {
    if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) continue;
    if (byte === 0xef || byte === 0xbb || byte === 0xbf) continue;
    if (byte === 0x7b || byte === 0x5b) return 'json';
    return byte === 0x3c ? 'web-page' : 'events';
  }
  return undefined;
}
