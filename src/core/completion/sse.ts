// Bytes → server-sent events, whatever the line ends and wherever the network cut them.
import { createParser } from 'eventsource-parser';
import { completionError } from './completionError.ts';

export interface ServerEvent {
  /** Absent for the ordinary `message` event. */
  readonly event: string | undefined;
  readonly data: string;
}

/** Bytes without a whole event, after which no event is waited for any more (F55). */
export const largestEventBytes = 32 * 1024 * 1024;

/**
 * Events in batches, one batch for each piece that the network delivered: an async step for each event would cost
 * more than parsing it. The last event counts without its blank line too; whether it is whole its data must tell.
 * @throws CompletionError `malformed/event-too-large`
 */
export async function* sse(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly ServerEvent[], void, undefined> {
  let batch: ServerEvent[] = [];
  // The parser drops a byte order mark itself, also one that was cut in two.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parser = createParser({
    onEvent: (message) => {
      batch.push(message as ServerEvent);
    },
  });
  let unfinishedBytes = 0;
  for await (const bytes of body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    if (batch.length > 0) {
      unfinishedBytes = 0;
      yield batch;
      batch = [];
      continue;
    }
    unfinishedBytes += bytes.length;
    if (unfinishedBytes > largestEventBytes) {
      throw completionError('malformed', 'event-too-large', { limit: largestEventBytes });
    }
  }
  parser.feed('\n\n');
  if (batch.length > 0) yield batch;
}
