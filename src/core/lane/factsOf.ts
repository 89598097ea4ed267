// The facts of one model on one lane, joined from the plan's table and the lane's catalog.
import type { CatalogModel } from './catalog.ts';
import type { Lane } from './lane.ts';
import type { ModelFacts } from './modelFacts.ts';
import { findPlanModel } from './planModels.ts';

/** For a model of which nothing is known: small enough to be safe, large enough to work (api-facts 5). */
const assumedContextWindow = 128_000;
const assumedMaxOutput = 32_000;

/**
 * On the coding lane the plan's row counts, and the smaller of two limits: the catalog's are those of the pay-as-you-go
 * model. On the general lane the catalog counts and the plan's row fills its gaps. Elsewhere a name that looks like one
 * of the plan's may be anything, so only the catalog counts.
 */
export function factsOf(
  lane: Pick<Lane, 'kind' | 'quirks'>,
  id: string,
  row: CatalogModel | undefined,
): ModelFacts {
  switch (lane.kind) {
    case 'byteplus_coding': {
      const plan = findPlanModel(id);
      if (plan === undefined) return fromCatalog(lane, id, row);
      const maxInputTokens = smaller(plan.maxInputTokens, row?.maxInputTokens);
      return {
        id,
        contextWindow: Math.min(plan.contextWindow, row?.contextWindow ?? Infinity),
        ...(maxInputTokens === undefined ? {} : { maxInputTokens }),
        maxOutputTokens: Math.min(plan.maxOutputTokens, row?.maxOutputTokens ?? Infinity),
        vision: plan.vision,
        tools: plan.tools && lane.quirks.tools,
        thinking: plan.thinking,
        efforts: plan.efforts,
        source: 'plan',
      };
    }
    case 'byteplus':
      return fromCatalog(lane, id, row, findPlanModel(id));
    case 'portkey':
    case 'openai_compatible':
      return fromCatalog(lane, id, row);
  }
}

function fromCatalog(
  lane: Pick<Lane, 'quirks'>,
  id: string,
  row: CatalogModel | undefined,
  plan?: ModelFacts,
): ModelFacts {
  const contextWindow = row?.contextWindow ?? plan?.contextWindow ?? assumedContextWindow;
  const maxInputTokens = row?.maxInputTokens ?? plan?.maxInputTokens;
  return {
    id,
    contextWindow,
    ...(maxInputTokens === undefined ? {} : { maxInputTokens }),
    maxOutputTokens: Math.min(
      row?.maxOutputTokens ?? plan?.maxOutputTokens ?? assumedMaxOutput,
      contextWindow,
    ),
    vision: row?.vision ?? plan?.vision ?? false,
    tools: (row?.tools ?? plan?.tools ?? true) && lane.quirks.tools,
    thinking: plan?.thinking ?? [],
    efforts: plan?.efforts ?? [],
    source: row?.contextWindow !== undefined ? 'catalog' : plan !== undefined ? 'plan' : 'assumed',
  };
}

function smaller(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.min(left, right);
}
