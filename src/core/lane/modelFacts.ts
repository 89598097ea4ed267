// What is known of one model: its limits, abilities and the values it takes for thinking and effort.

export type ThinkingType = 'enabled' | 'disabled' | 'auto';
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

export interface ModelFacts {
  readonly id: string;
  /** Tokens of prompt and answer together. The smaller figure where sources differ. */
  readonly contextWindow: number;
  readonly maxInputTokens?: number;
  readonly maxOutputTokens: number;
  readonly vision: boolean;
  readonly tools: boolean;
  /** Values of `thinking.type` that may be sent; empty: the field is never sent. */
  readonly thinking: readonly ThinkingType[];
  /** Values of `reasoning_effort` that may be sent; empty: the field is never sent. */
  readonly efforts: readonly ReasoningEffort[];
  /** Where the limits come from; `assumed` is the cautious default for an unknown model. */
  readonly source: 'plan' | 'catalog' | 'assumed';
}
