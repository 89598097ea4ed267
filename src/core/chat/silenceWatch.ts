// Notices when an answer has stopped coming, with one timer for the whole stream instead of one for each delta.
import type { Clock } from '../completion/clock.ts';
import { silenceBeforeHint } from './activity.ts';

export class SilenceWatch {
  readonly #clock: Clock;
  readonly #onSilent: (since: number) => void;
  #lastDataAt = 0;
  #cancel: (() => void) | undefined;

  /** `since`: epoch milliseconds of the last data. */
  constructor(clock: Clock, onSilent: (since: number) => void) {
    this.#clock = clock;
    this.#onSilent = onSilent;
  }

  /** Something came. */
  heard(): void {
    this.#lastDataAt = this.#clock.monotonic();
  }

  /** Watches from now on, until it has told once. */
  start(): void {
    this.stop();
    this.heard();
    this.#lookAfter(silenceBeforeHint);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #lookAfter(milliseconds: number): void {
    this.#cancel = this.#clock.after(milliseconds, () => {
      const silence = this.#clock.monotonic() - this.#lastDataAt;
      if (silence < silenceBeforeHint) this.#lookAfter(silenceBeforeHint - silence);
      else this.#onSilent(this.#clock.now() - silence);
    });
  }
}
