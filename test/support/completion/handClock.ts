// A clock whose time passes only when a test lets it, timer by timer, as it does on a machine that is awake.
import type { Clock } from '../../../src/core/completion/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export class HandClock implements Clock {
  /** What `random` gives. */
  chance = 0.5;
  #time = 0;
  readonly #timers = new Set<Timer>();
  readonly #wallStart: number;

  constructor(wallStart = Date.parse('2026-08-03T12:00:00Z')) {
    this.#wallStart = wallStart;
  }

  monotonic(): number {
    return this.#time;
  }

  now(): number {
    return this.#wallStart + this.#time;
  }

  random(): number {
    return this.chance;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#time + milliseconds, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Lets time pass; each timer fires at its own time, and what it sets off is done before the next. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#time + milliseconds;
    await settled();
    for (let next = this.#next(); next !== undefined && next.at <= end; next = this.#next()) {
      await this.#fire(next);
    }
    this.#time = end;
    await settled();
  }

  /** The machine sleeps: time passes at once, and timers fire only afterwards. */
  async sleep(milliseconds: number): Promise<void> {
    await settled();
    this.#time += milliseconds;
    for (const timer of [...this.#timers].filter(({ at }) => at <= this.#time)) {
      if (!this.#timers.delete(timer)) continue;
      timer.callback();
    }
    await settled();
  }

  /** Lets as much time pass as the promise needs. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let done = false;
    const watched = promise.finally(() => {
      done = true;
    });
    watched.catch(() => undefined);
    await settled();
    for (let rounds = 0; !done && rounds < 1_000; rounds += 1) {
      const next = this.#next();
      if (next === undefined) await settled();
      else await this.#fire(next);
    }
    if (!done) throw new Error('the clock has run out of timers, but the promise still waits');
    return watched;
  }

  #next(): Timer | undefined {
    return [...this.#timers].sort((one, other) => one.at - other.at)[0];
  }

  async #fire(timer: Timer): Promise<void> {
    this.#timers.delete(timer);
    this.#time = Math.max(this.#time, timer.at);
    timer.callback();
    await settled();
  }
}

/** Everything that needs no time has been done. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
