// Token counts as the provider reported them; an estimate is never a usage.
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  /** Part of promptTokens that came from the provider's cache. */
  readonly cachedTokens?: number;
  /** Part of completionTokens that was thinking. */
  readonly reasoningTokens?: number;
}
