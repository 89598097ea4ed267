// Finds the optional parameter that a model refused, so that the request can be sent once more without it (F15).
import type { CompletionError } from './completionError.ts';
import type { DroppableField } from './connection.ts';
import type { RequestBody } from './requestBody.ts';

export interface Degradation {
  readonly field: DroppableField;
  /** The greatest token limit that the refusal allows; undefined: it named none. */
  readonly tokenLimit?: number;
}

/** In the order in which they are given up when a refusal names several. */
const fields: readonly (readonly [field: DroppableField, sent: readonly string[], named: RegExp])[] = [
  ['stream_options', ['stream_options'], /\bstream_options\b|\binclude_usage\b/i],
  ['reasoning_effort', ['reasoning_effort'], /\breasoning[_ ]effort\b/i],
  ['thinking', ['thinking'], /\bthinking\b/i],
  ['max_tokens', ['max_tokens', 'max_completion_tokens'], /\bmax_(completion_)?tokens\b/i],
];

/** undefined: the refusal names nothing that was sent and could be left out. */
export function degradation(error: CompletionError, body: RequestBody): Degradation | undefined {
  const { status, parameter = '', providerMessage = '' } = error.details;
  if (error.kind !== 'bad-request' || (status !== 400 && status !== 422)) return undefined;
  const sent = fields.filter(([, names]) => names.some((name) => name in body));
  const named =
    sent.find(([, , pattern]) => pattern.test(parameter)) ??
    sent.find(([, , pattern]) => pattern.test(providerMessage));
  if (named === undefined) return undefined;
  const [field, names] = named;
  if (field !== 'max_tokens') return { field };
  const limit = limitNamed(providerMessage, names.map((name) => body[name]).find(isNumber) ?? 0);
  return limit === undefined ? { field } : { field, tokenLimit: limit };
}

/** `… expected a value <= 32768, but got 131072 instead`: the greatest figure below what was sent. */
function limitNamed(sentence: string, sent: number): number | undefined {
  const figures = [...sentence.matchAll(/\d+(?:,\d{3})*/g)].map(([figure]) =>
    Number(figure.replaceAll(',', '')),
  );
  // A smaller one is no limit of a model's but part of its name or of the sentence.
  const limit = Math.max(...figures.filter((figure) => figure >= 256 && figure < sent));
  return Number.isFinite(limit) ? limit : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
