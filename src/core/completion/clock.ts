// Time as a port, so that waits and deadlines can be tested without waiting.
export interface Clock {
  /** Milliseconds of a clock that never jumps; only differences mean something (F63). */
  monotonic(): number;
  /** Milliseconds since the epoch, for what people read and for HTTP dates. */
  now(): number;
  /** Runs the callback once after so many milliseconds; the returned function cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
  /** 0 ≤ x < 1, for jitter. */
  random(): number;
}
