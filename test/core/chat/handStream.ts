// A completion that a test plays by hand: it gives what the test gives it, and ends when its signal is aborted.
import type { StreamCompletion } from '../../../src/core/chat/answerRun.ts';
import type { CompletionRequest, Connection, Progress } from '../../../src/core/completion/connection.ts';
import type { Delta } from '../../../src/core/completion/delta.ts';

export class HandStream {
  readonly connection: Connection;
  readonly request: CompletionRequest;
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
  /** The reader has left, or was made to leave. */
  isClosed = false;
  #waiting: (() => void) | undefined;
  readonly #given: (Delta | Error | 'end')[] = [];

  constructor(...[connection, request, options]: Parameters<StreamCompletion>) {
    this.connection = connection;
    this.request = request;
    this.signal = options.signal;
    this.progress = options.onProgress ?? (() => undefined);
  }

  give(...deltas: readonly (Delta | Error | 'end')[]): void {
    this.#given.push(...deltas);
    this.#waiting?.();
  }

  text(text: string): void {
    this.give({ type: 'text', text });
  }

  finish(finish: Partial<Extract<Delta, { type: 'finish' }>> = {}): void {
    this.give({ type: 'finish', reason: 'stop', skippedEvents: 0, ...finish });
  }

  async *deltas(): AsyncGenerator<Delta> {
    try {
      for (;;) {
        const next = this.#given.shift();
        if (next === undefined) await this.#more();
        else if (next === 'end') return;
        else if (next instanceof Error) throw next;
        else yield next;
      }
    } finally {
      this.isClosed = true;
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- an abort throws its own reason
      const abort = (): void => reject(this.signal.reason);
      if (this.signal.aborted) abort();
      else this.signal.addEventListener('abort', abort, { once: true });
    });
  }
}
