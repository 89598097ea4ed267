// An answer in words of your own: what `setAnswer` sends in place of a composed one.
import { pieces } from './composeAnswer.ts';
import type { Scenario } from './scenario.ts';
import type { ToolCall } from './toolCalls.ts';

export interface PlannedAnswer {
  /** A string is streamed word by word, a list piece by piece. */
  readonly content?: string | readonly string[];
  readonly reasoning?: string | readonly string[];
  readonly toolCalls?: readonly ToolCall[];
  /** Default `tool_calls` with tool calls, else `stop`. */
  readonly finishReason?: string;
  /** After so many deltas the stream waits until `until` resolves. */
  readonly holdAfter?: number;
  readonly until?: Promise<unknown>;
}

/** Sent as the healthy server would: key check and refusals come first. */
export function plannedAnswer(planned: PlannedAnswer): Scenario {
  const inPieces = (words: string | readonly string[] = []) =>
    typeof words === 'string' ? pieces(words) : words;
  const toolCalls = planned.toolCalls ?? [];
  const answer = {
    reasoning: inPieces(planned.reasoning),
    content: inPieces(planned.content),
    toolCalls,
    finishReason: planned.finishReason ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop'),
  };
  return {
    name: 'planned-answer',
    title: 'An answer that a test has planned',
    rows: [],
    endpoint: 'chat',
    run: (exchange) => exchange.healthy({ ...planned, answer }),
  };
}
