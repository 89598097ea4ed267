// Reads the events of one answer, in whatever variety providers send them, and knows at the end whether it was one.
import { type CompletionError, completionError } from './completionError.ts';
import type { Delta, Finish, FinishReason } from './delta.ts';
import { isJsonObject, type JsonObject, parsedJson } from './jsonObject.ts';
import { type ProviderWords, providerWords } from './providerWords.ts';
import { createRepeatedEvent } from './repeatedEvent.ts';
import { reportedUsage } from './reportedUsage.ts';
import { createToolCallAssembly } from './toolCallAssembly.ts';
import type { Usage } from '../usage/usage.ts';

/** Events that are not JSON, one after another, after which nothing sensible is expected any more (F53). */
const mostBrokenInARow = 5;

export interface AnswerReader {
  /**
   * Reads the data of one event and appends what it brings.
   * @throws CompletionError for an error that the provider put into the stream
   */
  read(data: string, event: string | undefined, deltas: Delta[]): void;
  /** Reads an answer that came in one piece, or one event already parsed. */
  readPayload(payload: unknown, deltas: Delta[]): void;
  /** Something of the answer has come, so that asking again would bill it twice (phase P3). */
  readonly begun: boolean;
  /** Grows with everything that belongs to the answer: text, reasoning, pieces of tool calls. */
  readonly contents: number;
  /** Characters of text. */
  readonly characters: number;
  /** The provider has said that it is done: all of the answer is here, but perhaps not its usage. */
  readonly finished: boolean;
  /** `[DONE]` was read; nothing after it counts. */
  readonly done: boolean;
  /**
   * The whole tool calls and the one finish.
   * @throws CompletionError when nothing proves that the answer is whole, or when it is empty (R3, R8)
   */
  finish(): readonly Delta[];
  readonly modelEchoed: string | undefined;
  readonly usage: Usage | undefined;
  /** What the log should know: an unknown reason to finish, events that were skipped. */
  readonly note: string | undefined;
}

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
  readonly requestId: string | undefined;
}

export function createAnswerReader({ toError, safe, requestId }: AnswerReaderParts): AnswerReader {
  const toolCalls = createToolCallAssembly();
  const repeatedEvent = createRepeatedEvent();
  let contents = 0;
  let characters = 0;
  let sensibleEvents = 0;
  let skipped = 0;
  let brokenInARow = 0;
  let done = false;
  let rawReason: string | undefined;
  let answerId: string | undefined;
  let model: string | undefined;
  let usage: Usage | undefined;

  function read(data: string, event: string | undefined, deltas: Delta[]): void {
    if (done) return;
    if (data.length < 16 && data.trim() === '[DONE]') {
      done = true;
      return;
    }
    const repeated = event === 'error' ? undefined : repeatedEvent.deltaOf(data);
    if (repeated !== undefined) {
      sensibleEvents += 1;
      brokenInARow = 0;
      take(repeated, deltas);
      return;
    }
    const payload = parsedJson(data);
    if (event === 'error') throw toError(providerWords(payload, 'known') ?? { message: data });
    if (!isJsonObject(payload)) {
      skip();
      return;
    }
    brokenInARow = 0;
    const [contentsBefore, deltasBefore] = [contents, deltas.length];
    readPayload(payload, deltas);
    const only = deltas[deltasBefore];
    if (contents !== contentsBefore + 1 || only === undefined) return;
    if (only.type === 'text' || only.type === 'reasoning') repeatedEvent.learn(data, only);
  }

  function take(delta: Extract<Delta, { readonly text: string }>, deltas: Delta[]): void {
    contents += 1;
    if (delta.type === 'text') characters += delta.text.length;
    deltas.push(delta);
  }

  function skip(): void {
    skipped += 1;
    brokenInARow += 1;
    if (brokenInARow > mostBrokenInARow) throw completionError('malformed', 'broken-events');
  }

  function readPayload(payload: unknown, deltas: Delta[]): void {
    const words = mayBeError(payload) ? providerWords(payload, 'maybe-an-error') : undefined;
    if (words !== undefined) throw toError(words);
    if (!isJsonObject(payload)) return;
    sensibleEvents += 1;
    if (typeof payload['model'] === 'string') model = payload['model'];
    if (typeof payload['id'] === 'string') answerId = payload['id'];
    const choices = payload['choices'];
    const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
    if (isJsonObject(choice)) readChoice(choice, deltas);
    const reported = payload['usage'] ?? (isJsonObject(choice) ? choice['usage'] : undefined);
    if (reported !== undefined && reported !== null) usage = reportedUsage(reported) ?? usage;
  }

  function readChoice(choice: JsonObject, deltas: Delta[]): void {
    const delta = choice['delta'] ?? choice['message'];
    if (isJsonObject(delta)) {
      // Where both are sent they hold the same (F57).
      const reasoning = textOf(delta['reasoning_content']) || textOf(delta['reasoning']);
      if (reasoning !== '') take({ type: 'reasoning', text: reasoning }, deltas);
      const text = textOf(delta['content']) || textOf(delta['refusal']);
      if (text !== '') take({ type: 'text', text }, deltas);
      const fragments = delta['tool_calls'];
      if (Array.isArray(fragments)) for (const fragment of fragments) addFragment(fragment);
    }
    const reason = choice['finish_reason'];
    // The first one counts; some servers repeat it (F47).
    if (typeof reason === 'string' && reason !== '') rawReason ??= reason;
  }

  function addFragment(fragment: unknown): void {
    if (toolCalls.add(fragment)) contents += 1;
    else skipped += 1;
  }

  function finish(): readonly Delta[] {
    const proven = done || rawReason !== undefined;
    if (sensibleEvents === 0 && skipped > 0) throw completionError('malformed', 'broken-events');
    if (!proven && sensibleEvents > 0) throw completionError('truncated', 'no-finish');
    const reason = finishReason();
    const explained = reason === 'length' || reason === 'content-filter';
    if (contents === 0 && !explained) throw completionError('malformed', 'empty-answer');
    return [...toolCalls.finish(safe(answerId)), finishDelta(reason)];
  }

  function finishReason(): FinishReason {
    const named = rawReason === undefined ? 'stop' : (finishReasons.get(rawReason) ?? 'other');
    // Some gateways say `stop` after tool calls; what was called counts.
    return toolCalls.size > 0 && (named === 'stop' || named === 'other') ? 'tool-calls' : named;
  }

  function finishDelta(reason: FinishReason): Finish {
    const raw = safe(rawReason);
    const echoed = safe(model);
    return {
      type: 'finish',
      reason,
      ...(raw === undefined ? {} : { rawReason: raw }),
      ...(usage === undefined ? {} : { usage }),
      ...(echoed === undefined ? {} : { model: echoed }),
      ...(requestId === undefined ? {} : { requestId }),
      skippedEvents: skipped,
    };
  }

  return {
    read,
    readPayload,
    finish,
    get begun() {
      return contents > 0;
    },
    get contents() {
      return contents;
    },
    get characters() {
      return characters;
    },
    get finished() {
      return done || rawReason !== undefined;
    },
    get done() {
      return done;
    },
    get modelEchoed() {
      return safe(model);
    },
    get usage() {
      return usage;
    },
    get note() {
      const unknown = rawReason !== undefined && !finishReasons.has(rawReason);
      const notes = [
        ...(unknown ? [`unknown finish ${safe(rawReason) ?? ''}`] : []),
        ...(skipped > 0 ? [`skipped ${skipped}`] : []),
      ];
      return notes.length === 0 ? undefined : notes.join(', ');
    },
  };
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
