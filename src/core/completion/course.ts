// What to do when a request of a completion has failed: leave a parameter out, ask the next model, try again, or stop.
import type { ModelFacts } from '../lane/modelFacts.ts';
import type { CompletionError } from './completionError.ts';
import type { Connection, Progress } from './connection.ts';
import { degradation } from './degradation.ts';
import { isModelMismatch } from './modelMove.ts';
import type { RequestBody } from './requestBody.ts';
import { retryWaitMs } from './retry.ts';

/** Whatever retries, degradations and model moves add up to (promise 7 of the guard). */
const mostRequests = 4;
const mostModelMoves = 2;

export interface Step {
  readonly waitMs: number;
  /** For the log. */
  readonly note: string;
  readonly progress: Progress;
}

export interface Course {
  /** The model to ask now. */
  readonly facts: ModelFacts;
  /** Counts a request and gives its number, from 1. */
  nextRequest(): number;
  /** The next step after a failure before anything was delivered; undefined: there is none. */
  after(error: CompletionError, sent: RequestBody): Step | undefined;
}

/** @throws TypeError without any candidate */
export function startCourse(connection: Connection): Course {
  const { lane, learned, candidates, clock } = connection;
  let requests = 0;
  let retries = 0;
  let moves = 0;

  function facts(): ModelFacts {
    const current = candidates.models[moves];
    if (current === undefined) throw new TypeError('a connection without a candidate');
    return current;
  }

  function degrade(error: CompletionError, sent: RequestBody): Step | undefined {
    const found = degradation(error, sent);
    if (found === undefined) return undefined;
    const { field, tokenLimit } = found;
    learned.add(lane.id, facts().id, field, tokenLimit);
    return {
      waitMs: 0,
      note: tokenLimit === undefined ? `dropped ${field}` : `limited ${field} to ${tokenLimit}`,
      progress: {
        type: 'degraded',
        field,
        ...(tokenLimit !== undefined && { limit: tokenLimit }),
        because: error,
      },
    };
  }

  function move(error: CompletionError): Step | undefined {
    if (candidates.source.type === 'pinned' || moves >= mostModelMoves) return undefined;
    const next = candidates.models[moves + 1];
    if (next === undefined || !isModelMismatch(error)) return undefined;
    const from = facts().id;
    moves += 1;
    return {
      waitMs: 0,
      note: `moved to ${next.id}`,
      progress: { type: 'model-moved', from, to: next.id, because: error },
    };
  }

  function retry(error: CompletionError): Step | undefined {
    const waitMs = retryWaitMs(error, retries, lane.quirks.retriesItself, clock);
    if (waitMs === undefined) return undefined;
    retries += 1;
    return {
      waitMs,
      note: `retry in ${(waitMs / 1000).toFixed(1)} s`,
      progress: { type: 'retrying', inMs: waitMs, attempt: requests + 1, because: error },
    };
  }

  return {
    get facts() {
      return facts();
    },
    nextRequest: () => {
      requests += 1;
      return requests;
    },
    after: (error, sent) =>
      requests >= mostRequests ? undefined : (degrade(error, sent) ?? move(error) ?? retry(error)),
  };
}
