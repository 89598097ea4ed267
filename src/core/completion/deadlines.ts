// How long one HTTP request may take to answer: our own timers, since those of a client may be taken from it (R7).
import type { Clock } from './clock.ts';
import { completionError, type ErrorReasons } from './completionError.ts';

/** Milliseconds. */
export interface DeadlineLimits {
  /** From sending to the first byte of the body. */
  readonly firstByte: number;
  /** Between two bytes. */
  readonly idle: number;
  /** Without anything of an answer, even while bytes keep coming. */
  readonly content: number;
}

export interface Deadlines {
  /** Aborts with a `timeout` error when a deadline passes, and with the caller's reason when the caller aborts. */
  readonly signal: AbortSignal;
  /** Passes a body on and watches the time between its pieces; time that the reader takes does not count. */
  watch(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** Something of an answer arrived. */
  contentArrived(): void;
  /** All of the answer is here: what may still come has so many milliseconds in all. */
  settleWithin(milliseconds: number): void;
  /** Milliseconds from the start to the first byte. */
  readonly firstByteMs: number | undefined;
  /** Stops all timers; the signal does not abort any more. */
  end(): void;
}

/** A timer that fires this late was asleep with its machine, and so was the network (F63). */
const sleptMs = 5_000;

type Reason = ErrorReasons['timeout'];

export function startDeadlines(
  clock: Clock,
  limits: DeadlineLimits,
  signal: AbortSignal,
  onFirstByte: () => void = () => undefined,
): Deadlines {
  const controller = new AbortController();
  const startedAt = clock.monotonic();
  let bytesAt = startedAt;
  let contentAt = startedAt;
  let firstByteMs: number | undefined;
  let settleAt: number | undefined;
  let pausedAt: number | undefined;
  let cancelTimer: (() => void) | undefined;
  let ended = false;

  const abort = (): void => {
    end();
    controller.abort(signal.reason);
  };

  function nextDeadline(): { readonly at: number; readonly reason: Reason; readonly allowed: number } {
    const bytes =
      firstByteMs === undefined
        ? ({ at: bytesAt + limits.firstByte, reason: 'first-byte', allowed: limits.firstByte } as const)
        : ({ at: bytesAt + limits.idle, reason: 'idle', allowed: limits.idle } as const);
    const content = {
      at: contentAt + limits.content,
      reason: 'no-content',
      allowed: limits.content,
    } as const;
    const first = content.at < bytes.at ? content : bytes;
    return settleAt !== undefined && settleAt < first.at
      ? { at: settleAt, reason: 'idle', allowed: limits.idle }
      : first;
  }

  /**
   * One timer at a time: bytes only move the deadline, and a timer that comes too early sets itself again. None is
   * longer than the shortest wait, so that what changes the wait need not touch it.
   */
  function arm(): void {
    cancelTimer?.();
    if (ended) return;
    const untilDeadline = nextDeadline().at - clock.monotonic();
    cancelTimer = clock.after(Math.max(0, Math.min(untilDeadline, limits.idle)), check);
  }

  function check(): void {
    cancelTimer = undefined;
    if (pausedAt !== undefined) return;
    const now = clock.monotonic();
    const { at, reason, allowed } = nextDeadline();
    if (at <= now && now - at < sleptMs) {
      end();
      controller.abort(completionError('timeout', reason, { seconds: Math.round(allowed / 1000) }));
      return;
    }
    if (at <= now) {
      bytesAt = now;
      contentAt = now;
      if (settleAt !== undefined) settleAt = now;
    }
    arm();
  }

  function resume(): void {
    if (pausedAt === undefined) return;
    const paused = clock.monotonic() - pausedAt;
    pausedAt = undefined;
    bytesAt += paused;
    contentAt += paused;
    if (settleAt !== undefined) settleAt += paused;
    if (cancelTimer === undefined) arm();
  }

  function end(): void {
    ended = true;
    cancelTimer?.();
    cancelTimer = undefined;
    signal.removeEventListener('abort', abort);
  }

  function arrived(): void {
    bytesAt = clock.monotonic();
    if (firstByteMs === undefined) {
      firstByteMs = bytesAt - startedAt;
      onFirstByte();
    }
    pausedAt = bytesAt;
  }

  function watch(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    const pieces = body[Symbol.asyncIterator]();
    const watched = {
      next: async (): Promise<IteratorResult<Uint8Array, undefined>> => {
        resume();
        const piece = await pieces.next();
        if (piece.done === true) return { done: true, value: undefined };
        arrived();
        return piece;
      },
      return: async (): Promise<IteratorResult<Uint8Array, undefined>> => {
        await pieces.return?.();
        return { done: true, value: undefined };
      },
    };
    return { [Symbol.asyncIterator]: () => watched };
  }

  if (signal.aborted) controller.abort(signal.reason);
  else {
    signal.addEventListener('abort', abort, { once: true });
    arm();
  }

  return {
    signal: controller.signal,
    watch,
    contentArrived: () => {
      contentAt = clock.monotonic();
    },
    settleWithin: (milliseconds) => {
      settleAt = Math.min(settleAt ?? Infinity, clock.monotonic() + milliseconds);
      if (pausedAt === undefined) arm();
      else {
        cancelTimer?.();
        cancelTimer = undefined;
      }
    },
    get firstByteMs() {
      return firstByteMs;
    },
    end,
  };
}
