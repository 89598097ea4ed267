// The wire form of an answer: the objects of a stream and the one object of a plain response (api-facts 2.4).
import type { Answer } from './composeAnswer.ts';
import type { ToolCall } from './toolCalls.ts';

export interface Identity {
  readonly id: string;
  /** The dated id that is echoed. */
  readonly model: string;
  /** Epoch seconds. */
  readonly created: number;
}

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

export type WireDelta = Readonly<Record<string, unknown>>;
type WireChunk = Readonly<Record<string, unknown>>;

/** One token for each piece that is streamed: simple, and easy to check. */
export function usageOf(answer: Answer, promptTokens: number): Usage {
  const reasoningTokens = answer.reasoning.length;
  const completionTokens = reasoningTokens + answer.content.length + answer.toolCalls.length * 8;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  };
}

/** With `include_usage` every chunk but the last has `usage: null`. */
export function deltaChunk(
  identity: Identity,
  delta: WireDelta,
  finishReason: string | null,
  includeUsage: boolean,
): WireChunk {
  return {
    choices: [{ index: 0, delta, ...(finishReason === null ? {} : { finish_reason: finishReason }) }],
    created: identity.created,
    id: identity.id,
    model: identity.model,
    service_tier: 'default',
    object: 'chat.completion.chunk',
    ...(includeUsage ? { usage: null } : {}),
  };
}

export function usageChunk(identity: Identity, usage: Usage): WireChunk {
  return { ...deltaChunk(identity, {}, null, false), choices: [], usage };
}

/** All deltas of an answer in their order: reasoning, the encrypted summary, content, tool calls. */
export function* deltasOf(answer: Answer, summarisesThinking: boolean): Generator<WireDelta> {
  for (const reasoning of answer.reasoning)
    yield { role: 'assistant', content: '', reasoning_content: reasoning };
  if (summarisesThinking && answer.reasoning.length > 0) {
    yield { role: 'assistant', content: '', encrypted_content: encryptedContent(answer) };
  }
  for (const content of answer.content) yield { role: 'assistant', content };
  for (const [index, call] of answer.toolCalls.entries()) yield* toolCallDeltas(index, call);
}

/** The first delta of a call names it, the others carry its arguments in slices of seven characters. */
function* toolCallDeltas(index: number, call: ToolCall): Generator<WireDelta> {
  const head = { index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } };
  yield { role: 'assistant', content: '', tool_calls: [head] };
  for (const slice of call.arguments.match(/[\s\S]{1,7}/g) ?? []) {
    yield { role: 'assistant', content: '', tool_calls: [{ index, function: { arguments: slice } }] };
  }
}

export function plainCompletion(
  identity: Identity,
  answer: Answer,
  usage: Usage,
  summarisesThinking: boolean,
): WireChunk {
  const calls = answer.toolCalls.map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  }));
  const message = {
    role: 'assistant',
    content: calls.length > 0 ? null : answer.content.join(''),
    ...(answer.reasoning.length > 0 ? { reasoning_content: answer.reasoning.join('') } : {}),
    ...(answer.reasoning.length > 0 && summarisesThinking
      ? { encrypted_content: encryptedContent(answer) }
      : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  return {
    choices: [{ index: 0, finish_reason: answer.finishReason, logprobs: null, message }],
    created: identity.created,
    id: identity.id,
    model: identity.model,
    service_tier: 'default',
    object: 'chat.completion',
    usage,
  };
}

function encryptedContent(answer: Answer): string {
  return Buffer.from(answer.reasoning.join('')).toString('base64');
}
