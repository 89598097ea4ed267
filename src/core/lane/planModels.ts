// The Coding Plan's models as a table, best coder first: limits, abilities and the values they take.
import type { ModelFacts, ReasoningEffort, ThinkingType } from './modelFacts.ts';
import { isSameModel } from './modelNames.ts';

/** A row of the plan; its id is the short alias by which the plan calls the model. */
export interface PlanModel extends ModelFacts {
  readonly source: 'plan';
  /**
   * `tried`: by `auto`, in the table's order. `offered`: in the picker only, since not every list has it. `older`: known
   * for its limits.
   */
  readonly standing: 'tried' | 'offered' | 'older';
}

const toggle: readonly ThinkingType[] = ['enabled', 'disabled'];
/** Legal for nearly every model; where a model only knows on and off, none is listed (api-facts 2.3). */
const seedEfforts: readonly ReasoningEffort[] = ['minimal', 'low', 'medium', 'high'];

const usual = { vision: false, tools: true, source: 'plan', standing: 'tried' } as const;

/**
 * From the public lists of 2026-08 to 2026-10 (api-facts 2.9). Where they differ, the smaller figure: a context that is
 * too big fails hard, and an output limit that is too big is refused.
 */
export const planModels: readonly PlanModel[] = [
  {
    ...usual,
    id: 'dola-seed-2.0-code',
    contextWindow: 262_144,
    maxInputTokens: 224_000,
    maxOutputTokens: 131_072,
    vision: true,
    thinking: toggle,
    efforts: seedEfforts,
  },
  {
    ...usual,
    id: 'glm-5.2',
    contextWindow: 200_000,
    maxOutputTokens: 131_072,
    thinking: toggle,
    efforts: ['minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
  },
  {
    ...usual,
    id: 'dola-seed-2.0-pro',
    contextWindow: 262_144,
    maxInputTokens: 224_000,
    maxOutputTokens: 131_072,
    vision: true,
    thinking: toggle,
    efforts: seedEfforts,
  },
  {
    ...usual,
    id: 'deepseek-v4-pro',
    contextWindow: 128_000,
    maxOutputTokens: 65_536,
    thinking: toggle,
    efforts: [],
  },
  {
    ...usual,
    id: 'kimi-k2.5',
    contextWindow: 262_144,
    maxOutputTokens: 32_768,
    thinking: toggle,
    efforts: [],
  },
  {
    ...usual,
    id: 'glm-5.1',
    contextWindow: 200_000,
    maxOutputTokens: 65_536,
    thinking: toggle,
    efforts: [],
  },
  {
    ...usual,
    id: 'bytedance-seed-code',
    contextWindow: 131_072,
    maxOutputTokens: 32_768,
    thinking: toggle,
    efforts: [],
  },
  {
    ...usual,
    id: 'deepseek-v4-flash',
    contextWindow: 128_000,
    maxOutputTokens: 65_536,
    thinking: toggle,
    efforts: [],
  },
  {
    ...usual,
    id: 'dola-seed-2.0-lite',
    contextWindow: 262_144,
    maxOutputTokens: 32_768,
    vision: true,
    thinking: toggle,
    efforts: seedEfforts,
  },
  {
    ...usual,
    id: 'gpt-oss-120b',
    contextWindow: 131_072,
    maxInputTokens: 96_000,
    maxOutputTokens: 32_000,
    tools: false,
    thinking: ['enabled', 'auto'],
    efforts: [],
  },
  {
    // The console chooses what it stands for, so nothing is sent that one of its models could refuse.
    ...usual,
    id: 'ark-code-latest',
    contextWindow: 256_000,
    maxOutputTokens: 32_000,
    thinking: [],
    efforts: [],
  },
  {
    // In one list only and without limits there, so these are the cautious ones. Its thinking cannot be switched off.
    ...usual,
    id: 'glm-5.3-flash',
    contextWindow: 128_000,
    maxOutputTokens: 32_000,
    thinking: ['enabled'],
    efforts: ['low', 'high', 'max'],
    standing: 'offered',
  },
  {
    ...usual,
    id: 'glm-4.7',
    contextWindow: 200_000,
    maxOutputTokens: 131_072,
    thinking: toggle,
    efforts: [],
    standing: 'older',
  },
  {
    ...usual,
    id: 'deepseek-v3.2',
    contextWindow: 131_072,
    maxOutputTokens: 32_768,
    thinking: toggle,
    efforts: [],
    standing: 'older',
  },
];

/** The default of `codingLane.coding.preferredModels`, and what an empty list there means. */
export const planAliases: readonly string[] = planModels
  .filter((model) => model.standing === 'tried')
  .map((model) => model.id);

/** The plan's row for an alias or one of its dated ids. */
export function findPlanModel(id: string): PlanModel | undefined {
  return planModels.find((model) => isSameModel(model.id, id));
}
