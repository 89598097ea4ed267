// The models of the simulated platform as data: one row a model, with what is odd about it.

/** What the Coding Plan says of a model that it offers under a short alias (api-facts 2.9, the smaller figure). */
export interface PlanModel {
  readonly alias: string;
  readonly maxInput: number;
  readonly maxOutput: number;
  readonly vision: boolean;
}

export interface SimulatedModel {
  /** The dated id: what the general lane takes and what both lanes echo. */
  readonly id: string;
  readonly domain: 'LLM' | 'VLM' | 'Embedding' | 'ImageGeneration' | 'VideoGeneration' | '3DGeneration';
  readonly status: '' | 'Active' | 'Retiring' | 'Shutdown';
  /** Limits of the dated id in tokens; undefined for what does not chat. */
  readonly context?: number;
  readonly maxOutput?: number;
  readonly plan?: PlanModel;
  /** Some plan models are missing from the catalog (api-facts 2.8). */
  readonly unlisted?: true;
  /** `on`: thinks unless told not to; `off`: only when told to; `always`: refuses to stop. */
  readonly thinking?: 'on' | 'off' | 'always';
  /** Legal reasoning_effort values beyond minimal, low, medium and high (api-facts 2.3). */
  readonly extraEfforts?: readonly string[];
  /** thinking.type `auto` is taken (api-facts 2.3). */
  readonly takesAutoThinking?: true;
  /** Sends one chunk of encrypted_content between reasoning and content (api-facts 2.4). */
  readonly summarisesThinking?: true;
  /** Refuses response_format json_schema (api-facts 2.2). */
  readonly withoutJsonSchema?: true;
  /** General lane: the account has not activated it (ModelNotOpen, api-facts 2.6). */
  readonly notOpen?: true;
  /** General lane: only reachable through an `ep-` id (ModelIDAccessDisabled, api-facts 2.6). */
  readonly endpointOnly?: true;
}

const thousand = 1024;

export function plan(alias: string, maxInput: number, maxOutput: number, vision = false): PlanModel {
  return { alias, maxInput, maxOutput, vision };
}

export const models: readonly SimulatedModel[] = [
  {
    id: 'seed-2-0-pro-260328',
    domain: 'VLM',
    status: 'Active',
    context: 262_144,
    maxOutput: 131_072,
    plan: plan('dola-seed-2.0-pro', 224 * thousand, 131_072, true),
    summarisesThinking: true,
  },
  {
    id: 'seed-2-0-lite-260428',
    domain: 'VLM',
    status: 'Active',
    context: 262_144,
    maxOutput: 131_072,
    plan: plan('dola-seed-2.0-lite', 262_144, 32_768, true),
    summarisesThinking: true,
    withoutJsonSchema: true,
  },
  {
    id: 'seed-2-0-code-preview-260328',
    domain: 'VLM',
    status: '',
    context: 262_144,
    maxOutput: 131_072,
    plan: plan('dola-seed-2.0-code', 224 * thousand, 131_072, true),
    withoutJsonSchema: true,
  },
  {
    id: 'seed-code-251028',
    domain: 'VLM',
    status: 'Active',
    context: 262_144,
    maxOutput: 32_768,
    plan: plan('bytedance-seed-code', 131_072, 32_768),
    unlisted: true,
  },
  {
    id: 'glm-5-2-260617',
    domain: 'LLM',
    status: '',
    context: 1_024_000,
    maxOutput: 131_072,
    plan: plan('glm-5.2', 200_000, 131_072),
    extraEfforts: ['none', 'xhigh', 'max'],
  },
  {
    id: 'glm-5-1-260315',
    domain: 'LLM',
    status: 'Active',
    context: 204_800,
    maxOutput: 131_072,
    plan: plan('glm-5.1', 200_000, 65_536),
  },
  {
    id: 'glm-5-3-flash-260920',
    domain: 'LLM',
    status: '',
    context: 204_800,
    maxOutput: 32_768,
    plan: plan('glm-5.3-flash', 128_000, 32_768),
    unlisted: true,
    thinking: 'always',
    extraEfforts: ['max'],
  },
  {
    id: 'glm-4-7-251222',
    domain: 'LLM',
    status: 'Retiring',
    context: 204_800,
    maxOutput: 131_072,
    plan: plan('glm-4.7', 200_000, 131_072),
  },
  {
    id: 'kimi-k2-5-260127',
    domain: 'VLM',
    status: 'Active',
    context: 262_144,
    maxOutput: 65_536,
    plan: plan('kimi-k2.5', 262_144, 32_768),
    unlisted: true,
  },
  {
    id: 'deepseek-v4-flash-260424',
    domain: 'LLM',
    status: 'Active',
    context: 1_024_000,
    maxOutput: 393_216,
    plan: plan('deepseek-v4-flash', 128_000, 65_536),
    unlisted: true,
    extraEfforts: ['max'],
    withoutJsonSchema: true,
  },
  {
    id: 'deepseek-v4-pro-260424',
    domain: 'LLM',
    status: 'Active',
    context: 1_024_000,
    maxOutput: 393_216,
    plan: plan('deepseek-v4-pro', 128_000, 65_536),
    extraEfforts: ['max'],
    withoutJsonSchema: true,
  },
  {
    id: 'deepseek-v3-2-251201',
    domain: 'LLM',
    status: 'Retiring',
    context: 131_072,
    maxOutput: 32_768,
    plan: plan('deepseek-v3.2', 131_072, 32_768),
    thinking: 'off',
    withoutJsonSchema: true,
  },
  {
    id: 'gpt-oss-120b-250805',
    domain: 'LLM',
    status: '',
    context: 131_072,
    maxOutput: 65_536,
    plan: plan('gpt-oss-120b', 96 * thousand, 32_768),
    takesAutoThinking: true,
    withoutJsonSchema: true,
  },
  // Of the platform, not of the plan.
  {
    id: 'dola-seed-2-1-turbo-260628',
    domain: 'VLM',
    status: 'Active',
    context: 262_144,
    maxOutput: 131_072,
    summarisesThinking: true,
  },
  {
    id: 'seed-2-0-mini-260428',
    domain: 'VLM',
    status: '',
    context: 262_144,
    maxOutput: 131_072,
    summarisesThinking: true,
    withoutJsonSchema: true,
  },
  {
    id: 'kimi-k2-7-code-260715',
    domain: 'LLM',
    status: 'Active',
    context: 262_144,
    maxOutput: 32_768,
    notOpen: true,
  },
  {
    id: 'seed-1-6-250915',
    domain: 'VLM',
    status: 'Retiring',
    context: 262_144,
    maxOutput: 32_768,
    endpointOnly: true,
  },
  { id: 'skylark-pro-250215', domain: 'LLM', status: 'Shutdown' },
  { id: 'deepseek-r1-250120', domain: 'LLM', status: 'Shutdown' },
  { id: 'glm-4-5-250728', domain: 'LLM', status: 'Shutdown' },
  { id: 'skylark-embedding-vision-250615', domain: 'Embedding', status: 'Active', context: 131_072 },
  { id: 'seedream-4-5-251128', domain: 'ImageGeneration', status: 'Active' },
  { id: 'seedance-1-5-pro-251215', domain: 'VideoGeneration', status: 'Active' },
  { id: 'hitem3d-2-0-251223', domain: '3DGeneration', status: '' },
];
