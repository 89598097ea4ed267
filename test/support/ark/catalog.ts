// Who answers to which model id on which lane, and what `/models` lists.
import type { LaneName } from './ledger.ts';
import { models, plan, type PlanModel, type SimulatedModel } from './simulatedModels.ts';

/** `ark-code-latest` is a router: the console chooses its target; treat it as text-only (api-facts 2.9). */
const routerAlias = 'ark-code-latest';
export const routerTarget = 'glm-5-2-260617';
const routerPlan = plan(routerAlias, 256_000, 32_768);

/** An endpoint id that the account has made for `seed-2-0-pro-260328` (general lane only). */
export const simulatedEndpointId = 'ep-20260801000000-abcde';

/** A model as one lane knows it: what it is, and the limits that hold there. */
export interface ServedModel {
  readonly model: SimulatedModel;
  /** True when it was called by its plan alias. */
  readonly byAlias: boolean;
  readonly maxInput: number;
  readonly maxOutput: number;
  readonly vision: boolean;
}

export type ModelAnswer =
  ServedModel | 'unknown' | 'not-in-plan' | 'not-open' | 'endpoint-only' | 'does-not-chat';

/** Who answers to this id on this lane (api-facts 0.2 and 2.9). */
export function modelFor(lane: LaneName, id: string): ModelAnswer {
  if (lane === 'general' && id === simulatedEndpointId)
    return served(modelById('seed-2-0-pro-260328'), undefined);
  if (lane === 'coding' && id === routerAlias) return served(modelById(routerTarget), routerPlan);
  const byAlias = models.find((model) => model.plan?.alias === id);
  if (byAlias !== undefined) return lane === 'coding' ? served(byAlias, byAlias.plan) : 'unknown';
  const model = models.find((each) => each.id === id);
  if (model === undefined || model.status === 'Shutdown') return 'unknown';
  if (lane === 'coding') return model.plan === undefined ? 'not-in-plan' : served(model, model.plan, false);
  if (model.domain !== 'LLM' && model.domain !== 'VLM') return 'does-not-chat';
  if (model.notOpen === true) return 'not-open';
  return model.endpointOnly === true ? 'endpoint-only' : served(model, undefined);
}

function modelById(id: string): SimulatedModel {
  const model = models.find((each) => each.id === id);
  if (model === undefined) throw new Error(`no simulated model ${id}`);
  return model;
}

function served(
  model: SimulatedModel,
  planned: PlanModel | undefined,
  byAlias = planned !== undefined,
): ServedModel {
  return {
    model,
    byAlias,
    maxInput: planned?.maxInput ?? model.context ?? 0,
    maxOutput: planned?.maxOutput ?? model.maxOutput ?? 0,
    vision: planned?.vision ?? model.domain === 'VLM',
  };
}

/** One row of `GET /models` in its real shape (api-facts 2.8). */
export interface CatalogRow {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** The whole platform: the same on both lanes, and not the plan's list (api-facts 0.1). */
export function catalogRows(): readonly CatalogRow[] {
  return models.filter((model) => model.unlisted !== true).map(catalogRow);
}

function catalogRow(model: SimulatedModel): CatalogRow {
  const [, name = model.id, version = '000000'] = /^(.*)-(\d{6})$/.exec(model.id) ?? [];
  const row = {
    id: model.id,
    name,
    version,
    object: 'model',
    created:
      Date.UTC(
        2000 + Number(version.slice(0, 2)),
        Number(version.slice(2, 4)) - 1,
        Number(version.slice(4)),
      ) / 1000,
    owned_by: 'byteplus',
    domain: model.domain,
    ...(model.status === '' ? {} : { status: model.status }),
  };
  if (model.status === 'Shutdown') return row;
  const chats = model.domain === 'LLM' || model.domain === 'VLM';
  return {
    ...row,
    task_type: chats
      ? ['TextGeneration', ...(model.domain === 'VLM' ? ['VisualQuestionAnswering'] : [])]
      : [model.domain],
    modalities: {
      input_modalities: model.domain === 'LLM' ? ['text'] : ['text', 'image'],
      output_modalities: chats ? ['text'] : [model.domain === 'Embedding' ? 'embedding' : 'image'],
    },
    ...(chats
      ? {
          token_limits: {
            context_window: model.context,
            max_input_token_length: (model.context ?? 0) - (model.maxOutput ?? 0) / 4,
            max_output_token_length: model.maxOutput,
            max_reasoning_token_length: 32_768,
          },
          features: {
            tools: { function_calling: true },
            structured_outputs: { json_object: false, json_schema: model.withoutJsonSchema !== true },
            cache: { prefix_cache: true },
          },
        }
      : {}),
  };
}
