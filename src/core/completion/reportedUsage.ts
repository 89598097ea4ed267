// Token counts as they come over the wire, checked; what is missing or no count is left out.
import type { Usage } from '../usage/usage.ts';
import { isJsonObject } from './jsonObject.ts';

/** undefined: there is no usable count of prompt and answer. */
export function reportedUsage(value: unknown): Usage | undefined {
  if (!isJsonObject(value)) return undefined;
  const promptTokens = count(value['prompt_tokens']);
  const completionTokens = count(value['completion_tokens']);
  if (promptTokens === undefined || completionTokens === undefined) return undefined;
  const cachedTokens = detail(value['prompt_tokens_details'], 'cached_tokens');
  const reasoningTokens = detail(value['completion_tokens_details'], 'reasoning_tokens');
  return {
    promptTokens,
    completionTokens,
    totalTokens: count(value['total_tokens']) ?? promptTokens + completionTokens,
    ...(cachedTokens === undefined ? {} : { cachedTokens }),
    ...(reasoningTokens === undefined ? {} : { reasoningTokens }),
  };
}

function detail(details: unknown, name: string): number | undefined {
  return isJsonObject(details) ? count(details[name]) : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
