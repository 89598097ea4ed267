// Events → deltas: the last stretch of the road, which ends with a proven finish or an error.
import type { AnswerReader } from './answerReader.ts';
import { CompletionError } from './completionError.ts';
import type { Delta } from './delta.ts';
import type { Deadlines } from './deadlines.ts';
import type { ServerEvent } from './sse.ts';

/** What may follow the finish reason is its usage and `[DONE]`; an answer does not wait longer for them. */
const usageWithinMs = 5_000;

/** After `[DONE]` and the finish that it proves, only the end of the body is missing (F43). */
const endWithinMs = 250;

type Timing = Pick<Deadlines, 'contentArrived' | 'settleWithin'>;

/**
 * Deltas in batches, as the events come.
 * @throws CompletionError for an error in the stream and for an end that proves nothing (R8)
 */
export async function* deltas(
  events: AsyncGenerator<readonly ServerEvent[], void, undefined>,
  reader: AnswerReader,
  timing: Timing,
): AsyncGenerator<readonly Delta[], void, undefined> {
  try {
    for await (const batch of events) {
      // The very first delta does not wait until all that came with it has been read too.
      for (const part of reader.begun ? [batch] : [batch.slice(0, 1), batch.slice(1)]) {
        const { found, failure } = readPart(part, reader, timing);
        if (found.length > 0) yield found;
        if (failure !== undefined) throw failure;
      }
      if (reader.done) {
        try {
          yield reader.finish();
        } finally {
          timing.settleWithin(endWithinMs);
          await untilEnd(events);
        }
        return;
      }
      if (reader.finished) timing.settleWithin(usageWithinMs);
    }
  } catch (thrown) {
    if (!(reader.finished && isLostConnection(thrown))) throw thrown;
    // All of the answer was here before the connection went.
  }
  yield reader.finish();
}

/** A body that has been read to its end leaves its connection to the next request, also when the reader has gone. */
async function untilEnd(events: AsyncGenerator<unknown, void, undefined>): Promise<void> {
  try {
    while ((await events.next()).done !== true);
  } catch {
    // The answer is delivered; how the connection ends is nobody's concern any more.
  }
}

/** What came before an error is delivered before it: how the network cut the stream must not matter. */
function readPart(
  part: readonly ServerEvent[],
  reader: AnswerReader,
  timing: Timing,
): { readonly found: readonly Delta[]; readonly failure?: CompletionError } {
  const found: Delta[] = [];
  const contentsBefore = reader.contents;
  try {
    for (const { data, event } of part) reader.read(data, event, found);
    if (reader.contents > contentsBefore) timing.contentArrived();
    return { found };
  } catch (thrown) {
    if (thrown instanceof CompletionError) return { found, failure: thrown };
    throw thrown;
  }
}

function isLostConnection(thrown: unknown): boolean {
  return thrown instanceof CompletionError && (thrown.kind === 'network' || thrown.kind === 'timeout');
}
