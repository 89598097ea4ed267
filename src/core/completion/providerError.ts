// Turns what a provider answered instead of an answer into a CompletionError: HTTP status, body and code → kind.
import { type CompletionError, completionError, type ErrorDetails } from './completionError.ts';
import { parsedJson } from './jsonObject.ts';
import { codeInSentence, type Verdict, verdictOfCode } from './providerCodes.ts';
import { type ProviderWords, providerWords } from './providerWords.ts';
import { quotaReset } from './quotaReset.ts';
import { retryAfterMs } from './retryAfter.ts';
import { safeSentence, safeWord } from './safeText.ts';
import type { LaneKindId } from '../lane/lane.ts';

/** A longer wait than this is not done on our own (R5). */
export const longestAutomaticWaitMs = 60_000;

/** What was asked of whom: decides what a refusal means, and what must not be in its sentence. */
export interface Asked {
  readonly laneKind: LaneKindId;
  /** undefined for the list of models. */
  readonly model: string | undefined;
  readonly url: string;
  readonly key: string | undefined;
  /** The request's body and texts, which a refusal may repeat. */
  readonly sent: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface ResponseHead {
  readonly status: number;
  header(name: string): string | undefined;
}

/** The error that a response with a status of failure means; `text` is its body as far as it was read. */
export function errorOfResponse(head: ResponseHead, text: string, asked: Asked): CompletionError {
  const { status } = head;
  if (status >= 300 && status < 400) return redirected(head, asked);
  const page = looksLikeMarkup(text);
  const words = page ? undefined : wordsOfBody(text);
  const verdict =
    (status === 407 ? verdicts.proxySignIn : undefined) ??
    (words === undefined ? undefined : verdictOfWords(words, status, asked)) ??
    (page ? verdictOfPage(status) : undefined) ??
    verdictOfStatus(status, words, asked);
  return makeError(verdict, words ?? { message: page ? textOfPage(text) : text }, head, asked);
}

/** The error within an answer that began with HTTP 200; the same as an HTTP error of its code (F32, F34). */
export function errorOfPayload(words: ProviderWords, head: ResponseHead, asked: Asked): CompletionError {
  const status = statusOf(words);
  const verdict =
    verdictOfWords(words, status, asked) ??
    // Accepted at first and then given up: that was the server's doing, not ours.
    (status === undefined ? verdicts.busy : verdictOfStatus(status, words, asked));
  return makeError(verdict, words, { status: status ?? head.status, header: head.header.bind(head) }, asked);
}

/** A web page where an answer should be: a captive portal, a proxy's notice, a wrong address. */
export function webPageError(head: ResponseHead, text: string, asked: Asked): CompletionError {
  return makeError(verdicts.webPage, { message: textOfPage(text) }, head, asked);
}

/** The provider's id of a request, whichever of them passed it on. */
export function requestIdOf(head: ResponseHead): string | undefined {
  const names = ['x-request-id', 'x-oai-request-id', 'llm_provider-x-request-id', 'x-litellm-call-id'];
  return names.map((name) => head.header(name)).find((id) => id !== undefined && id !== '');
}

const verdicts = {
  proxySignIn: ['network', 'proxy-sign-in'],
  webPage: ['network', 'web-page'],
  busy: ['overloaded', 'busy'],
  tooFast: ['rate-limit', 'too-fast'],
  keyRefused: ['auth', 'key-refused'],
  tooLong: ['context-length', 'too-long'],
  unknownModel: ['model-unavailable', 'unknown-model'],
} as const satisfies Readonly<Record<string, Verdict>>;

/** Statuses that mean a refusal for now, not for good (R6). */
const passing: ReadonlySet<number> = new Set([408, 425, 500, 502, 503, 504, 529]);

const byStatus: ReadonlyMap<number, Verdict> = new Map<number, Verdict>([
  [401, verdicts.keyRefused],
  [402, ['billing', 'overdue']],
  [403, ['billing', 'access-denied']],
  [412, ['plan-exhausted', 'quota-spent']],
  [413, verdicts.tooLong],
  [429, verdicts.tooFast],
  [446, ['content-filter', 'input']],
]);

const tooLongSentence =
  /maximum context length|context (window|length)|max(imum)? message tokens|prompt is too long|input (length|tokens?)[^.]* exceed|too many (input )?tokens|OutofContextError/i;

function verdictOfWords(words: ProviderWords, status: number | undefined, asked: Asked): Verdict | undefined {
  const message = words.message ?? '';
  if (quotaReset(message) !== undefined) return ['plan-exhausted', 'window-spent'];
  const own = words.code === undefined || isStatus(words.code) ? undefined : words.code;
  const code = own ?? codeInSentence(message);
  const verdict = code === undefined ? undefined : verdictOfCode(code);
  if (verdict !== undefined && verdict[0] !== 'bad-request') return onThisLane(verdict, asked);
  if (tooLongSentence.test(message) && (status === undefined || status === 400 || status === 413)) {
    return verdicts.tooLong;
  }
  if (words.parameter === 'model') return onThisLane(verdicts.unknownModel, asked);
  return verdict ?? (words.type === undefined ? undefined : verdictOfType(words.type));
}

/** The same word means different things on different lanes. */
function onThisLane(verdict: Verdict, { laneKind, model }: Asked): Verdict {
  if (
    laneKind === 'byteplus' &&
    verdict[1] === 'unknown-model' &&
    model !== undefined &&
    isPlanAlias(model)
  ) {
    return ['wrong-lane', 'alias-on-general'];
  }
  if (laneKind !== 'byteplus_coding' && verdict[1] === 'not-in-plan') return verdicts.unknownModel;
  return verdict;
}

/** The general lane takes only dated ids and endpoint ids (api-facts 2.9). */
function isPlanAlias(model: string): boolean {
  return !/-\d{6}$|^ep-/.test(model);
}

function verdictOfType(type: string): Verdict | undefined {
  if (/^(InternalServerError|server_error|overloaded_error)$/i.test(type)) return verdicts.busy;
  if (/^(TooManyRequests|rate_limit_error)$/i.test(type)) return verdicts.tooFast;
  if (/^(Unauthorized|authentication_error)$/i.test(type)) return verdicts.keyRefused;
  return verdictOfCode(type);
}

function verdictOfPage(status: number): Verdict | undefined {
  if (status === 404) return ['wrong-lane', 'path-not-found'];
  return status === 403 || status === 511 ? verdicts.webPage : undefined;
}

function verdictOfStatus(status: number, words: ProviderWords | undefined, asked: Asked): Verdict {
  if (passing.has(status)) return verdicts.busy;
  const message = words?.message ?? '';
  if (status === 409) return /\block/i.test(message) ? verdicts.busy : ['bad-request', 'refused'];
  if (status === 404 || status === 410) {
    const aboutModel = asked.model !== undefined && /model/i.test(message);
    return aboutModel ? verdicts.unknownModel : ['wrong-lane', 'path-not-found'];
  }
  const verdict = byStatus.get(status);
  if (verdict !== undefined) return verdict;
  if (status >= 500) return verdicts.busy;
  return ['bad-request', words?.parameter === undefined ? 'refused' : 'parameter'];
}

function makeError(
  verdict: Verdict,
  words: ProviderWords,
  head: ResponseHead,
  asked: Asked,
): CompletionError {
  const wait = retryAfterMs((name) => head.header(name), asked.now);
  const { window, resetsAt } = quotaReset(words.message ?? '') ?? {};
  const waitLong = verdict[0] === 'rate-limit' && wait !== undefined && wait > longestAutomaticWaitMs;
  const [kind, reason] = waitLong ? (['rate-limit', 'wait-long'] as const) : verdict;
  const own = words.code === undefined || isStatus(words.code) ? undefined : words.code;
  return completionError(
    kind,
    reason,
    present({
      status: head.status,
      code: safeWord(own ?? codeInSentence(words.message ?? '') ?? words.code, asked.key),
      parameter: safeWord(words.parameter, asked.key),
      providerMessage: safeSentence(words.message ?? '', asked.key, asked.sent),
      requestId: safeWord(words.requestId ?? requestIdOf(head), asked.key),
      retryAfterMs: wait,
      window,
      resetsAt: resetsAt ?? (waitLong ? asked.now + wait : undefined),
      address: reason === 'path-not-found' ? asked.url : undefined,
      rightLane: reason === 'alias-on-general' ? 'byteplus_coding' : undefined,
      ...(kind === 'context-length' ? tokensIn(words.message ?? '') : {}),
    }),
  );
}

function redirected(head: ResponseHead, asked: Asked): CompletionError {
  const location = head.header('location');
  const target =
    location !== undefined && URL.canParse(location, asked.url)
      ? new URL(location, asked.url).host
      : undefined;
  return completionError(
    'network',
    'redirected',
    present({ status: head.status, otherHost: target, requestId: safeWord(requestIdOf(head), asked.key) }),
  );
}

/** The tokens asked for and the limit, from a sentence that holds both. */
function tokensIn(message: string): ErrorDetails {
  const figures = [...message.matchAll(/\d{1,3}(?:,\d{3})+|\d{4,}/g)].map(([figure]) =>
    Number(figure.replaceAll(',', '')),
  );
  if (figures.length === 0) return {};
  const limit = Math.min(...figures);
  const tokens = Math.max(...figures);
  return tokens > limit ? { tokens, limit } : { limit };
}

function wordsOfBody(text: string): ProviderWords | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return providerWords(parsedJson(trimmed), 'known') ?? { message: trimmed };
}

function statusOf(words: ProviderWords): number | undefined {
  return words.code !== undefined && isStatus(words.code) ? Number(words.code) : undefined;
}

/** LiteLLM puts the HTTP status where the code belongs (api-facts 4). */
function isStatus(code: string): boolean {
  return /^[45]\d\d$/.test(code);
}

function looksLikeMarkup(text: string): boolean {
  return /^\s*</.test(text);
}

/** What a person would read on the page, roughly: enough to recognise whose it is. */
function textOfPage(text: string): string {
  return text
    .slice(0, 8_000)
    .replace(/<(script|style)\b[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>?/g, ' ')
    .replace(/\s+/g, ' ');
}

/** Leaves out what is not known, as exact optional properties want it. */
function present(details: { readonly [K in keyof ErrorDetails]: ErrorDetails[K] | undefined }): ErrorDetails {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}
