// When a failed request is sent again and how long is waited before it: the only place that decides it (R1–R6).
import type { Clock } from './clock.ts';
import type { CompletionError, ErrorKind, ErrorReasons } from './completionError.ts';
import { longestAutomaticWaitMs } from './providerError.ts';

type Failure = { [K in ErrorKind]: `${K}/${ErrorReasons[K]}` }[ErrorKind];

const mostRetriesOfAny = 2;

/** How often each failure is tried again; what is not here never is. */
const retriesOf: ReadonlyMap<string, number> = new Map<Failure, number>([
  // Once: a name that does not exist seldom comes into being (F04).
  ['network/host-not-found', 1],
  ['network/connection-refused', mostRetriesOfAny],
  ['network/connection-lost', mostRetriesOfAny],
  ['network/proxy-failed', mostRetriesOfAny],
  ['timeout/connect', mostRetriesOfAny],
  // Once: each of them has already cost a user minutes (F28).
  ['timeout/first-byte', 1],
  ['timeout/idle', 1],
  ['overloaded/busy', mostRetriesOfAny],
  ['rate-limit/too-fast', mostRetriesOfAny],
  ['malformed/empty-answer', mostRetriesOfAny],
  ['truncated/no-finish', mostRetriesOfAny],
]);

const firstBackoffMs = 500;
const longestBackoffMs = 8_000;
/** Full jitter can come out as nothing at all, which would be a loop without a pause (F24). */
const shortestBackoffMs = 100;

/**
 * Milliseconds to wait before a request is sent again; undefined: it is not. `retriesDone` counts those of the same
 * completion. Only for failures before anything of the answer was delivered.
 */
export function retryWaitMs(
  error: CompletionError,
  retriesDone: number,
  gatewayRetries: boolean,
  clock: Pick<Clock, 'random'>,
): number | undefined {
  if (gatewayRetries && !error.neverSent) return undefined;
  if (retriesDone >= mostRetries(error)) return undefined;
  const asked = error.details.retryAfterMs;
  if (asked !== undefined) return asked <= longestAutomaticWaitMs ? asked : undefined;
  const crowded = error.kind === 'rate-limit' || error.details.code === 'ServerOverloaded';
  const limit = Math.min(longestBackoffMs, firstBackoffMs * 2 ** retriesDone * (crowded ? 2 : 1));
  return Math.max(shortestBackoffMs, Math.round(clock.random() * limit));
}

function mostRetries(error: CompletionError): number {
  if (error.details.systemCode === 'EAI_AGAIN') return mostRetriesOfAny;
  return retriesOf.get(`${error.kind}/${error.reason}`) ?? 0;
}

/** Resolves after so many milliseconds; an abort rejects with the signal's reason at once. */
export function wait(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      cancel();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's own
      reject(signal.reason);
    };
    const cancel = clock.after(milliseconds, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
