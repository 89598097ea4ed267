// The sum of what two requests of one answer used: an answer that was continued cost both.
import type { Usage } from './usage.ts';

export function addUsage(earlier: Usage | undefined, later: Usage): Usage {
  if (earlier === undefined) return later;
  const cachedTokens = sum(earlier.cachedTokens, later.cachedTokens);
  const reasoningTokens = sum(earlier.reasoningTokens, later.reasoningTokens);
  return {
    promptTokens: earlier.promptTokens + later.promptTokens,
    completionTokens: earlier.completionTokens + later.completionTokens,
    totalTokens: earlier.totalTokens + later.totalTokens,
    ...(cachedTokens !== undefined && { cachedTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
  };
}

/** undefined only when nobody reported it. */
function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : one + (other ?? 0);
}
