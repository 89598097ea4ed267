// Writes the events of one conversation to the store: in order, growth gathered, what failed kept for the next try.
import type { Clock } from '../completion/clock.ts';
import type { ConversationEvent } from './conversationEvent.ts';
import type { ConversationStore } from './conversationStore.ts';

/** A reload loses at most this much of an answer, and no disk sees more than two writes a second (F61). */
export const growthInterval = 500;

export interface WriterPorts {
  readonly store: ConversationStore;
  readonly clock: Clock;
  /** Called for the first failure of a row of failures. */
  readonly onFailed: (error: unknown) => void;
}

export class ConversationWriter {
  readonly #id: string;
  readonly #ports: WriterPorts;
  #lines: string[] = [];
  #growth: Extract<ConversationEvent, { type: 'answer/grew' }> | undefined;
  #cancelTimer: (() => void) | undefined;
  #writing: Promise<void> | undefined;
  #hasFailed = false;

  constructor(id: string, ports: WriterPorts) {
    this.#id = id;
    this.#ports = ports;
  }

  /** Growth is written within `growthInterval`, everything else at once. */
  write(event: ConversationEvent): void {
    if (event.type === 'answer/grew') {
      if (this.#growth !== undefined && this.#growth.turnId !== event.turnId) this.#takeGrowth();
      this.#growth = {
        ...event,
        text: (this.#growth?.text ?? '') + (event.text ?? ''),
        reasoning: (this.#growth?.reasoning ?? '') + (event.reasoning ?? ''),
      };
      this.#cancelTimer ??= this.#ports.clock.after(growthInterval, () => {
        this.#cancelTimer = undefined;
        this.#takeGrowth();
        this.#start();
      });
      return;
    }
    this.#takeGrowth();
    this.#lines.push(JSON.stringify(event));
    this.#start();
  }

  /** Resolves when all that was given is on disk, or when writing it has failed. */
  async settled(): Promise<void> {
    this.#takeGrowth();
    this.#start();
    await this.#writing;
  }

  #takeGrowth(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#growth === undefined) return;
    const { text, reasoning, ...event } = this.#growth;
    this.#lines.push(JSON.stringify({ ...event, ...(text && { text }), ...(reasoning && { reasoning }) }));
    this.#growth = undefined;
  }

  #start(): void {
    if (this.#lines.length > 0) this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    // A store that throws at once must not end this before `#writing` is set.
    await Promise.resolve();
    try {
      while (this.#lines.length > 0) {
        const lines = this.#lines;
        this.#lines = [];
        try {
          await this.#ports.store.append(this.#id, lines);
          this.#hasFailed = false;
        } catch (error) {
          // Kept and tried again with the next event: the disk may have room by then.
          this.#lines = [...lines, ...this.#lines];
          if (!this.#hasFailed) this.#ports.onFailed(error);
          this.#hasFailed = true;
          return;
        }
      }
    } finally {
      this.#writing = undefined;
    }
  }
}
