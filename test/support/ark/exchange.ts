// One request and what is sent back for it: what healthy answers and scenarios write through.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { modelFor, routerTarget, type ServedModel } from './catalog.ts';
import { deltaChunk, usageChunk, usageOf, type Identity, type WireDelta } from './completionWire.ts';
import { isRecord, promptTokens } from './conversation.ts';
import { errorBody, errorTypeOf } from './errorBody.ts';
import type { Planned } from './healthyArk.ts';
import type { ChatBody, LedgerEntry } from './ledger.ts';
import type { ScenarioOptions } from './scenario.ts';

/** What every SSE answer is sent with. */
const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
} as const;

export interface ExchangeParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: LedgerEntry;
  readonly origin: string;
  /** Milliseconds between two deltas. */
  readonly pace: number;
  readonly changed: () => void;
  readonly healthy: (exchange: Exchange, planned?: Planned) => Promise<void>;
}

/** Has the lifetime of one HTTP exchange; every method that writes rejects once the connection is gone. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: LedgerEntry;
  /** Where this server itself is reached. */
  readonly origin: string;
  readonly pace: number;
  /** Aborted when the connection is gone, whoever ended it. */
  readonly gone: AbortSignal;
  /** What the caller of `setScenario` gave. */
  options: ScenarioOptions = {};
  readonly #parts: ExchangeParts;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.request = parts.request;
    this.response = parts.response;
    this.entry = parts.entry;
    this.origin = parts.origin;
    this.pace = parts.pace;
    const controller = new AbortController();
    this.gone = controller.signal;
    this.response.once('close', () => {
      this.#finish(!this.#endedHere && !this.response.writableFinished);
      controller.abort(new Error('the connection is gone'));
    });
  }

  #endedHere = false;

  #finish(hungUp: boolean): void {
    if (this.entry.finishedAt !== undefined) return;
    this.entry.finishedAt = Date.now();
    this.entry.clientHungUp = hungUp;
    if (hungUp) this.entry.hungUpAfterMs = this.entry.finishedAt - this.entry.at;
    this.#parts.changed();
  }

  get body(): ChatBody {
    return this.entry.body ?? {};
  }

  get socket(): Socket {
    return this.request.socket;
  }

  get includeUsage(): boolean {
    const options = this.body['stream_options'];
    return isRecord(options) && options['include_usage'] === true;
  }

  /** The model as the lane knows it; the router's target when the request names none of ours. */
  get served(): ServedModel {
    const lane = this.entry.lane === 'general' ? 'general' : 'coding';
    const model = modelFor(lane, this.entry.model ?? '');
    const fallback = typeof model === 'object' ? model : modelFor('general', routerTarget);
    if (typeof fallback !== 'object') throw new Error(`no model ${routerTarget}`);
    return fallback;
  }

  get identity(): Identity {
    return {
      id: this.entry.requestId,
      model: this.served.model.id,
      created: Math.floor(this.entry.at / 1000),
    };
  }

  /** The server as if there were no scenario, but for the words of the answer if they are given. */
  healthy(planned?: Planned): Promise<void> {
    this.entry.outcome = 'pending';
    this.entry.scenario = undefined;
    return this.#parts.healthy(this, planned);
  }

  decide(outcome: LedgerEntry['outcome'], status?: number): void {
    this.entry.outcome = outcome;
    if (status !== undefined) this.entry.status = status;
    this.#parts.changed();
  }

  head(status: number, headers: Readonly<Record<string, string | number>> = {}): void {
    this.entry.status = status;
    this.response.writeHead(status, { 'x-request-id': this.entry.requestId, ...headers });
    this.response.flushHeaders();
    this.#parts.changed();
  }

  /** A whole answer at once. */
  async send(
    status: number,
    contentType: string,
    text: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    this.entry.status = status;
    this.response.writeHead(status, {
      'x-request-id': this.entry.requestId,
      'content-type': contentType,
      ...headers,
    });
    await this.end(text);
  }

  sendJson(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    return this.send(status, 'application/json; charset=utf-8', JSON.stringify(value), headers);
  }

  sendError(
    status: number,
    code: string,
    message: string,
    more: { readonly param?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<void> {
    const { param, headers } = more;
    const error = { code, message, type: errorTypeOf(status), ...(param === undefined ? {} : { param }) };
    return this.sendJson(status, errorBody(this.entry.requestId, error), headers);
  }

  /** Ends the response and waits until it has left. */
  end(text?: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.gone.throwIfAborted();
      this.gone.addEventListener(
        'abort',
        () => {
          reject(this.#reason());
        },
        { once: true },
      );
      this.response.end(text ?? '', () => {
        this.#finish(false);
        resolve();
      });
    });
  }

  /** Writes to the response body and waits while the client does not read. */
  async write(data: string | Uint8Array): Promise<void> {
    this.gone.throwIfAborted();
    if (this.response.write(data)) return;
    await this.#drained(this.response);
  }

  /** Writes bytes past HTTP, for answers that are not quite HTTP; the response must not have begun. */
  async writeRaw(data: string | Uint8Array): Promise<void> {
    this.gone.throwIfAborted();
    if (this.socket.write(data)) return;
    await this.#drained(this.socket);
  }

  #drained(stream: NodeJS.EventEmitter): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        stream.off('drain', drain);
        reject(this.#reason());
      };
      const drain = (): void => {
        this.gone.removeEventListener('abort', abort);
        resolve();
      };
      stream.once('drain', drain);
      this.gone.addEventListener('abort', abort, { once: true });
    });
  }

  #reason(): Error {
    return this.gone.reason as Error;
  }

  openStream(headers: Readonly<Record<string, string>> = {}): void {
    this.head(200, { ...streamHeaders, ...headers });
  }

  event(value: unknown): Promise<void> {
    return this.write(`data: ${JSON.stringify(value)}\n\n`);
  }

  async delta(delta: WireDelta, finishReason: string | null = null): Promise<void> {
    await this.event(deltaChunk(this.identity, delta, finishReason, this.includeUsage));
    if (finishReason !== null) return;
    this.entry.deltasSent += 1;
    this.#parts.changed();
  }

  /** One content delta for each piece, at the server's pace. */
  async contents(pieces: readonly string[]): Promise<void> {
    for (const content of pieces) {
      await this.delta({ role: 'assistant', content });
      await this.breathe();
    }
  }

  finishReason(reason: string): Promise<void> {
    return this.delta({ role: 'assistant', content: '' }, reason);
  }

  usage(completionPieces: readonly string[] = []): Promise<void> {
    const answer = { reasoning: [], content: completionPieces, toolCalls: [], finishReason: 'stop' };
    return this.event(usageChunk(this.identity, usageOf(answer, promptTokens(this.body))));
  }

  done(): Promise<void> {
    return this.write('data: [DONE]\n\n');
  }

  /** Finish reason, usage if asked for, `[DONE]`, end: how a healthy stream stops. */
  async finishStream(reason = 'stop', completionPieces: readonly string[] = []): Promise<void> {
    await this.finishReason(reason);
    if (this.includeUsage) await this.usage(completionPieces);
    await this.done();
    await this.end();
  }

  /** The pause between two deltas. */
  async breathe(): Promise<void> {
    if (this.pace > 0) await sleep(this.pace, undefined, { signal: this.gone });
  }

  /** Keeps the connection open and silent until the client leaves. */
  stall(): Promise<void> {
    return new Promise((resolve) => {
      if (this.gone.aborted) resolve();
      else
        this.gone.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
    });
  }

  /** Ends the connection with a FIN, after what was written has left. */
  cut(): Promise<void> {
    this.#endedHere = true;
    const over = this.stall();
    this.socket.end(() => this.socket.destroy());
    return over;
  }

  /** Ends the connection with an RST, after what was written has left. */
  async reset(): Promise<void> {
    while (this.socket.writableLength > 0 && !this.gone.aborted) await sleep(1);
    this.#endedHere = true;
    const over = this.stall();
    this.socket.resetAndDestroy();
    return over;
  }
}
