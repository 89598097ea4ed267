// A clock that stands still until a test moves it; timers fire at once and in the order they were set.
import type { Clock } from '../../src/core/completion/clock.ts';

export class FakeClock implements Clock {
  #time = 0;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  monotonic(): number {
    return this.#time;
  }

  /** The wall clock stands one million milliseconds ahead, so that the two cannot be mixed up. */
  now(): number {
    return this.#time + 1_000_000;
  }

  random(): number {
    return 0.5;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#time + milliseconds, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds;
    for (const timer of [...this.#timers]) {
      if (timer.at > this.#time) continue;
      this.#timers.delete(timer);
      timer.callback();
    }
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }
}
