// The body of a chat completion: lane, model and request → exactly the fields and values that may be sent.
import type { Lane } from '../lane/lane.ts';
import type { ModelFacts, ReasoningEffort, ThinkingType } from '../lane/modelFacts.ts';
import type { CompletionRequest, LearnedRefusals } from './connection.ts';
import { wireMessages, wireTools } from './wireMessages.ts';

export type RequestBody = Readonly<Record<string, unknown>>;

/** What was learned of a model's refusals wins over what is known of it. */
export function requestBody(
  lane: Lane,
  facts: ModelFacts,
  request: CompletionRequest,
  learned: LearnedRefusals,
): RequestBody {
  const refused = learned.get(lane.id, facts.id);
  const tools = lane.quirks.tools && facts.tools ? (request.tools ?? []) : [];
  return {
    model: facts.id,
    messages: wireMessages(request.messages),
    stream: true,
    ...(lane.quirks.streamUsage && !refused.has('stream_options')
      ? { stream_options: { include_usage: true } }
      : {}),
    ...tokenLimit(lane, facts, request, learned),
    ...thinkingControls(lane, facts, request, refused),
    ...(tools.length === 0 ? {} : { tools: wireTools(tools), tool_choice: request.toolChoice ?? 'auto' }),
  };
}

/** Exactly one field, always explicit: left out, the provider's own 4,096 would cut answers (api-facts 2.2). */
function tokenLimit(
  lane: Lane,
  facts: ModelFacts,
  request: CompletionRequest,
  learned: LearnedRefusals,
): RequestBody {
  const asked = request.maxOutputTokens > 0 ? request.maxOutputTokens : Infinity;
  const wanted = Math.min(asked, facts.maxOutputTokens);
  if (!learned.get(lane.id, facts.id).has('max_tokens')) return { [lane.quirks.tokenLimitField]: wanted };
  const allowed = learned.tokenLimit(lane.id, facts.id);
  return allowed === undefined ? {} : { [lane.quirks.tokenLimitField]: Math.min(wanted, allowed) };
}

function thinkingControls(
  lane: Lane,
  facts: ModelFacts,
  request: CompletionRequest,
  refused: ReturnType<LearnedRefusals['get']>,
): RequestBody {
  const thinking =
    lane.quirks.thinking && !refused.has('thinking') && isLegal(facts.thinking, request.thinking)
      ? request.thinking
      : undefined;
  const mayEffort = lane.quirks.reasoningEffort && !refused.has('reasoning_effort');
  const effort = mayEffort ? effortFor(thinking, facts, request) : undefined;
  return {
    ...(thinking === undefined ? {} : { thinking: { type: thinking } }),
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
  };
}

function effortFor(
  thinking: ThinkingType | undefined,
  facts: ModelFacts,
  request: CompletionRequest,
): ReasoningEffort | undefined {
  // Where thinking cannot be switched off by its own field, as behind a gateway that drops it, the least effort
  // does the same (api-facts 0.10).
  if (request.thinking === 'disabled' && thinking === undefined) {
    const none = (['minimal', 'none'] as const).find((effort) => facts.efforts.includes(effort));
    if (none !== undefined) return none;
  }
  if (!isLegal(facts.efforts, request.reasoningEffort)) return undefined;
  // Disabled thinking goes with the least effort or none at all (api-facts 0.5).
  return thinking === 'disabled' && request.reasoningEffort !== 'minimal'
    ? undefined
    : request.reasoningEffort;
}

function isLegal<T extends string>(legal: readonly T[], wanted: T | 'default'): wanted is T {
  return wanted !== 'default' && legal.includes(wanted);
}
