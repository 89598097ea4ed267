// The road from a connection and a request to a stream of deltas: ask, read, and if nothing was delivered ask again.
import { startAttempt } from './attempt.ts';
import { CompletionError } from './completionError.ts';
import type { CompletionOptions, CompletionRequest, Connection } from './connection.ts';
import { startCourse, type Step } from './course.ts';
import type { Delta } from './delta.ts';
import type { Ending } from './exchange.ts';
import { wait } from './retry.ts';

/**
 * Streams one answer. Ends with exactly one `finish`, or throws: a CompletionError, whose `details.characters` tell how
 * much text had been delivered before it, or the signal's reason when it was aborted. Leaving the loop early closes
 * the connection. Costs at most four HTTP requests.
 */
export async function* streamCompletion(
  connection: Connection,
  request: CompletionRequest,
  options: CompletionOptions,
): AsyncGenerator<Delta, void, undefined> {
  const { signal } = options;
  const course = startCourse(connection);
  for (;;) {
    signal.throwIfAborted();
    const { facts } = course;
    const attempt = startAttempt({ connection, facts, request, number: course.nextRequest(), options });
    // Until it is known better, the reader of this generator has left.
    let outcome: Ending['outcome'] = 'stopped';
    let step: Step | undefined;
    try {
      for await (const batch of await attempt.answer()) {
        for (const delta of batch) {
          if (signal.aborted) throw signal.reason;
          if (delta.type === 'finish') outcome = 'ok';
          yield delta;
        }
      }
      return;
    } catch (thrown) {
      if (signal.aborted) throw signal.reason;
      if (!(thrown instanceof CompletionError)) {
        outcome = 'failed';
        throw thrown;
      }
      const error = attempt.describe(thrown);
      outcome = error;
      step = attempt.begun ? undefined : course.after(error, attempt.body);
      if (step === undefined) throw error;
    } finally {
      attempt.end(outcome, step?.note);
    }
    options.onProgress?.(step.progress);
    if (step.waitMs > 0) await wait(connection.clock, step.waitMs, signal);
  }
}
