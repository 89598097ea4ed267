// What goes to one view: changes in batches, at most one batch unacknowledged, whatever waits joined together.
import type { Clock } from '../completion/clock.ts';
import { joinChange } from './joinChange.ts';
import type { Change, Fact, ViewState } from './protocol.ts';

/** Milliseconds between batches: the hop costs 300 µs a message, and a person sees no difference (performance 2.4). */
export const batchInterval = 40;

export interface OutboxPorts {
  readonly clock: Clock;
  /** Never awaited: it may stay pending for ever. */
  readonly post: (fact: Fact) => void;
  /** The whole truth as of now, for a view that knows nothing. */
  readonly viewState: () => ViewState;
}

export class Outbox {
  readonly #ports: OutboxPorts;
  #changes: Change[] = [];
  #isOpen = false;
  #sequence = 0;
  #unacknowledged: number | undefined;
  #lastPostAt = -Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /** How many changes wait; for tests of its bounds. */
  get waiting(): number {
    return this.#changes.length;
  }

  /** A page has loaded: it gets everything, whatever an earlier one had got. */
  opened(): void {
    this.#reset();
    this.#isOpen = true;
    this.#post({ type: 'view/opened', sequence: this.#nextSequence(), state: this.#ports.viewState() });
  }

  /** The page is gone; what changes meanwhile is in the state that its successor gets. */
  closed(): void {
    this.#reset();
    this.#isOpen = false;
  }

  /** The view has drawn the batch with this number. */
  caughtUp(sequence: number): void {
    if (sequence !== this.#unacknowledged) return;
    this.#unacknowledged = undefined;
    if (this.#changes.length > 0) this.#schedule();
  }

  add(change: Change): void {
    if (!this.#isOpen) return;
    joinChange(this.#changes, change);
    if (this.#unacknowledged === undefined) this.#schedule();
  }

  /** The first change of a quiet time goes at once, that is with all that belongs to the same moment. */
  #schedule(): void {
    if (this.#cancelTimer !== undefined) return;
    const wait = this.#lastPostAt + batchInterval - this.#ports.clock.monotonic();
    if (wait > 0) {
      this.#cancelTimer = this.#ports.clock.after(wait, () => this.#flush());
      return;
    }
    let isCancelled = false;
    this.#cancelTimer = () => {
      isCancelled = true;
    };
    void Promise.resolve().then(() => {
      if (!isCancelled) this.#flush();
    });
  }

  #flush(): void {
    this.#cancelTimer = undefined;
    const changes = this.#changes;
    if (changes.length === 0) return;
    this.#changes = [];
    this.#post({ type: 'view/changed', sequence: this.#nextSequence(), changes });
  }

  #post(fact: Fact): void {
    this.#unacknowledged = fact.sequence;
    this.#lastPostAt = this.#ports.clock.monotonic();
    this.#ports.post(fact);
  }

  #nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  #reset(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#changes = [];
    this.#unacknowledged = undefined;
  }
}
