// Reads the events of one answer, in whatever variety providers send them, and knows at the end whether it was one.
import { type CompletionError, completionError } from './completionError.ts';
import type { Delta, Finish, FinishReason } from './delta.ts';
import { isJsonObject, type JsonObject, parsedJson } from './jsonObject.ts';
import { type ProviderWords, providerWords } from './providerWords.ts';
import { RepeatedEvent, type TextDelta } from './repeatedEvent.ts';
import { reportedUsage } from './reportedUsage.ts';
import { ToolCallAssembly } from './toolCallAssembly.ts';
import type { Usage } from '../usage/usage.ts';

/** Events that are not JSON, one after another, after which nothing sensible is expected any more (F53). */
const mostBrokenInARow = 5;

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'content-filter'],
]);

export interface AnswerReaderParts {
  /** Words the error that the provider reported within the answer. */
  readonly toError: (words: ProviderWords) => CompletionError;
  /** Makes a stranger's word fit to keep. */
  readonly safe: (word: string | undefined) => string | undefined;
  readonly requestId: () => string | undefined;
}

/** Has the lifetime of one answer. */
export class AnswerReader {
  readonly #parts: AnswerReaderParts;
  readonly #toolCalls = new ToolCallAssembly();
  readonly #repeatedEvent = new RepeatedEvent();
  #contents = 0;
  #characters = 0;
  #sensibleEvents = 0;
  #skipped = 0;
  #brokenInARow = 0;
  #done = false;
  #rawReason: string | undefined;
  #answerId: string | undefined;
  #model: string | undefined;
  #usage: Usage | undefined;

  constructor(parts: AnswerReaderParts) {
    this.#parts = parts;
  }

  /** Grows with everything that belongs to the answer: text, reasoning, pieces of tool calls. */
  get contents(): number {
    return this.#contents;
  }

  /** Something of the answer has come, so that asking again would bill it twice (phase P3). */
  get begun(): boolean {
    return this.#contents > 0;
  }

  /** Characters of text. */
  get characters(): number {
    return this.#characters;
  }

  /** The provider has said that it is done: all of the answer is here, but perhaps not its usage. */
  get finished(): boolean {
    return this.#done || this.#rawReason !== undefined;
  }

  /** `[DONE]` was read; nothing after it counts. */
  get done(): boolean {
    return this.#done;
  }

  get modelEchoed(): string | undefined {
    return this.#parts.safe(this.#model);
  }

  get usage(): Usage | undefined {
    return this.#usage;
  }

  /** What the log should know: an unknown reason to finish, events that were skipped. */
  get note(): string | undefined {
    const reason = this.#rawReason;
    const unknown = reason !== undefined && !finishReasons.has(reason);
    const notes = [
      ...(unknown ? [`unknown finish ${this.#parts.safe(reason) ?? ''}`] : []),
      ...(this.#skipped > 0 ? [`skipped ${this.#skipped}`] : []),
    ];
    return notes.length === 0 ? undefined : notes.join(', ');
  }

  /**
   * Reads the data of one event and appends what it brings.
   * @throws CompletionError for an error that the provider put into the stream
   */
  read(data: string, event: string | undefined, deltas: Delta[]): void {
    if (this.#done) return;
    if (data.length < 16 && data.trim() === '[DONE]') {
      this.#done = true;
      return;
    }
    const repeated = event === 'error' ? undefined : this.#repeatedEvent.deltaOf(data);
    if (repeated !== undefined) {
      this.#sensibleEvents += 1;
      this.#brokenInARow = 0;
      this.#take(repeated, deltas);
      return;
    }
    const payload = parsedJson(data);
    if (event === 'error') throw this.#parts.toError(providerWords(payload, 'known') ?? { message: data });
    if (!isJsonObject(payload)) {
      this.#skip();
      return;
    }
    this.#brokenInARow = 0;
    const [contentsBefore, deltasBefore] = [this.#contents, deltas.length];
    this.readPayload(payload, deltas);
    // Not from the first one, which somebody waits for.
    if (contentsBefore === 0 || this.#contents !== contentsBefore + 1) return;
    const only = deltas[deltasBefore];
    if (only === undefined) return;
    if (only.type === 'text' || only.type === 'reasoning') this.#repeatedEvent.learn(data, only);
  }

  /** Reads an answer that came in one piece, or one event already parsed. */
  readPayload(payload: unknown, deltas: Delta[]): void {
    const words = mayBeError(payload) ? providerWords(payload, 'maybe-an-error') : undefined;
    if (words !== undefined) throw this.#parts.toError(words);
    if (!isJsonObject(payload)) return;
    this.#sensibleEvents += 1;
    if (typeof payload['model'] === 'string') this.#model = payload['model'];
    if (typeof payload['id'] === 'string') this.#answerId = payload['id'];
    const choices = payload['choices'];
    const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
    if (isJsonObject(choice)) this.#readChoice(choice, deltas);
    const reported = payload['usage'] ?? (isJsonObject(choice) ? choice['usage'] : undefined);
    if (reported !== undefined && reported !== null) this.#usage = reportedUsage(reported) ?? this.#usage;
  }

  /**
   * The whole tool calls and the one finish.
   * @throws CompletionError when nothing proves that the answer is whole, or when it is empty (R3, R8)
   */
  finish(): readonly Delta[] {
    if (this.#sensibleEvents === 0 && this.#skipped > 0) throw completionError('malformed', 'broken-events');
    if (!this.finished && this.#sensibleEvents > 0) throw completionError('truncated', 'no-finish');
    const reason = this.#finishReason();
    const explained = reason === 'length' || reason === 'content-filter';
    if (!this.begun && !explained) throw completionError('malformed', 'empty-answer');
    return [...this.#toolCalls.finish(this.#parts.safe(this.#answerId)), this.#finishDelta(reason)];
  }

  #skip(): void {
    this.#skipped += 1;
    this.#brokenInARow += 1;
    if (this.#brokenInARow > mostBrokenInARow) throw completionError('malformed', 'broken-events');
  }

  #readChoice(choice: JsonObject, deltas: Delta[]): void {
    const delta = choice['delta'] ?? choice['message'];
    if (isJsonObject(delta)) {
      // Where both are sent they hold the same (F57).
      const reasoning = textOf(delta['reasoning_content']) || textOf(delta['reasoning']);
      if (reasoning !== '') this.#take({ type: 'reasoning', text: reasoning }, deltas);
      const text = textOf(delta['content']) || textOf(delta['refusal']);
      if (text !== '') this.#take({ type: 'text', text }, deltas);
      const fragments = delta['tool_calls'];
      if (Array.isArray(fragments)) for (const fragment of fragments) this.#takeFragment(fragment);
    }
    const reason = choice['finish_reason'];
    // The first one counts; some servers repeat it (F47).
    if (typeof reason === 'string' && reason !== '') this.#rawReason ??= reason;
  }

  #take(delta: TextDelta, deltas: Delta[]): void {
    this.#contents += 1;
    if (delta.type === 'text') this.#characters += delta.text.length;
    deltas.push(delta);
  }

  #takeFragment(fragment: unknown): void {
    if (this.#toolCalls.add(fragment)) this.#contents += 1;
    else this.#skipped += 1;
  }

  #finishReason(): FinishReason {
    const reason = this.#rawReason;
    const named = reason === undefined ? 'stop' : (finishReasons.get(reason) ?? 'other');
    // Some gateways say `stop` after tool calls; what was called counts.
    return this.#toolCalls.size > 0 && (named === 'stop' || named === 'other') ? 'tool-calls' : named;
  }

  #finishDelta(reason: FinishReason): Finish {
    const { safe } = this.#parts;
    const raw = safe(this.#rawReason);
    const echoed = safe(this.#model);
    const requestId = this.#parts.requestId();
    return {
      type: 'finish',
      reason,
      ...(raw === undefined ? {} : { rawReason: raw }),
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
      ...(echoed === undefined ? {} : { model: echoed }),
      ...(requestId === undefined ? {} : { requestId }),
      skippedEvents: this.#skipped,
    };
  }
}

/** Spares every ordinary chunk the search through all the shapes of errors. */
function mayBeError(payload: unknown): boolean {
  return (
    !isJsonObject(payload) ||
    !Array.isArray(payload['choices']) ||
    (payload['error'] ?? undefined) !== undefined
  );
}

/** Text, or the text parts of a list of parts. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value.map((part: unknown) => (isJsonObject(part) ? plainText(part['text']) : '')).join('');
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
