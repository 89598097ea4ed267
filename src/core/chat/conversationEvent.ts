// What happens to a conversation: one event a change. The events are also the lines of its file.
import * as z from 'zod/mini';
import type { ErrorRecord } from '../completion/completionError.ts';
import type { FinishReason } from '../completion/delta.ts';

/** Raised only when old readers would misunderstand a file; new event types do not need it, they are skipped. */
export const conversationFormat = 1;

const id = z.string().check(z.minLength(1), z.maxLength(100));
const text = z.string();
const instant = z.number();
const count = z.number().check(z.nonnegative());

const attachment = z.object({
  id,
  label: text,
  path: text,
  languageId: text,
  lines: z.exactOptional(z.object({ first: count, last: count })),
  text,
});

const question = z.object({
  text,
  attachments: z.readonly(z.array(attachment)),
  task: z.exactOptional(text),
  at: instant,
});

const usage = z.object({
  promptTokens: count,
  completionTokens: count,
  totalTokens: count,
  cachedTokens: z.exactOptional(count),
  reasoningTokens: z.exactOptional(count),
});

/** Who answers; a move to another model within the lane changes it. */
const source = { laneId: text, laneLabel: text, model: text };

const note = z.discriminatedUnion('type', [
  z.object({ type: z.literal('model-moved'), from: text, to: text }),
  z.object({ type: z.literal('degraded'), field: text, limit: z.exactOptional(count) }),
]);

/** A kind or reason that this version does not know is kept: the table of remedies has words for the unknown. */
const errorRecord = z.custom<ErrorRecord>(
  (value) =>
    isRecord(value) &&
    typeof value['kind'] === 'string' &&
    typeof value['reason'] === 'string' &&
    isRecord(value['details']) &&
    Object.values(value['details']).every((detail) => ['string', 'number'].includes(typeof detail)),
);

const finishReason = z.enum([
  'stop',
  'length',
  'tool-calls',
  'content-filter',
  'other',
] satisfies FinishReason[]);

const conversationEventSchema = z.discriminatedUnion('type', [
  /** First line of every file. */
  z.object({ type: z.literal('conversation/created'), version: z.number(), id, at: instant }),
  z.object({ type: z.literal('turn/asked'), turnId: id, question }),
  z.object({ type: z.literal('turns/dropped'), fromTurnId: id }),
  /** Its attachments were left out to make it fit. */
  z.object({ type: z.literal('question/trimmed'), turnId: id }),
  /** A first or retried answer; an earlier one of the turn is forgotten. */
  z.object({ type: z.literal('answer/started'), turnId: id, ...source, at: instant }),
  /** A cut answer goes on: what it has stays, what arrives is added to it. */
  z.object({ type: z.literal('answer/continued'), turnId: id, ...source, at: instant }),
  /** The lane and model that the request really went to. */
  z.object({ type: z.literal('answer/routed'), turnId: id, ...source }),
  z.object({ type: z.literal('answer/noted'), turnId: id, note }),
  z.object({
    type: z.literal('answer/grew'),
    turnId: id,
    text: z.exactOptional(text),
    reasoning: z.exactOptional(text),
  }),
  z.object({
    type: z.literal('answer/ended'),
    turnId: id,
    ending: z.object({
      state: z.enum(['done', 'stopped', 'interrupted', 'failed']),
      endedAt: instant,
      echoedModel: z.exactOptional(text),
      finishReason: z.exactOptional(finishReason),
      usage: z.exactOptional(usage),
      requestId: z.exactOptional(text),
      error: z.exactOptional(errorRecord),
    }),
  }),
]);

export type ConversationEvent = z.infer<typeof conversationEventSchema>;
export type Ending = Extract<ConversationEvent, { type: 'answer/ended' }>['ending'];

/** undefined: not JSON, or no event that this version knows. */
export function parseEvent(line: string): ConversationEvent | undefined {
  const json = parseJson(line);
  if (json === undefined) return undefined;
  const parsed = conversationEventSchema.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A torn or foreign line is no event; the reader counts it.
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
