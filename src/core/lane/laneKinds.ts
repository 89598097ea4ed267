// The lane kinds as a table: what each is called, where it may lead, who is charged, and how its endpoint differs.
import type { Billing, Lane, LaneKindId, Quirks } from './lane.ts';

export interface LaneKind {
  readonly id: LaneKindId;
  /** Other names that settings may use. */
  readonly aliases: readonly string[];
  /** `plan` and `per-token` address the provider's two doors; `any` is everybody else's. */
  readonly path: 'coding' | 'general' | 'any';
  readonly auth: Lane['auth'];
  readonly envKeys: readonly string[];
  readonly billing: Billing;
  readonly quirks: Quirks;
  /** Where plan, bill and models are looked after by hand; absent where we know no such page. */
  readonly console?: string;
  /** False: the name is taken, but this release has no such lane. */
  readonly available: boolean;
}

/** Everything understood and nothing odd; a kind names only what differs. */
const plainQuirks: Quirks = {
  tokenLimitField: 'max_tokens',
  streamUsage: true,
  thinking: false,
  reasoningEffort: false,
  tools: true,
  modelIds: 'dated',
  retriesItself: false,
};

const arkQuirks: Quirks = { ...plainQuirks, thinking: true, reasoningEffort: true };

const arkConsole = 'https://console.byteplus.com/ark';

/** In the order they are looked at (api-facts 1.1). */
const arkKeys = ['BYTEPLUS_API_KEY', 'ARK_API_KEY'] as const;

export const laneKinds: readonly LaneKind[] = [
  {
    id: 'byteplus_coding',
    aliases: ['byteplus_coding_compatible'],
    path: 'coding',
    auth: 'bearer',
    envKeys: arkKeys,
    billing: 'plan',
    quirks: { ...arkQuirks, modelIds: 'as-written' },
    console: arkConsole,
    available: true,
  },
  {
    id: 'byteplus',
    aliases: ['byteplus_compatible'],
    path: 'general',
    auth: 'bearer',
    envKeys: arkKeys,
    billing: 'per-token',
    quirks: arkQuirks,
    console: arkConsole,
    available: true,
  },
  {
    id: 'portkey',
    aliases: [],
    path: 'any',
    auth: 'bearer',
    envKeys: [],
    billing: 'gateway',
    quirks: { ...plainQuirks, reasoningEffort: true, retriesItself: true },
    available: false,
  },
  {
    id: 'openai_compatible',
    aliases: [],
    path: 'any',
    auth: 'optional',
    envKeys: [],
    billing: 'gateway',
    quirks: plainQuirks,
    available: true,
  },
];

/** By id or alias, trimmed and whatever its case; undefined when there is none of that name. */
export function findLaneKind(name: string): LaneKind | undefined {
  const wanted = name.trim().toLowerCase();
  return laneKinds.find((kind) => kind.id === wanted || kind.aliases.includes(wanted));
}

/** The row of a kind that is known to exist. */
export function laneKind(id: LaneKindId): LaneKind {
  const found = laneKinds.find((kind) => kind.id === id);
  if (found === undefined) throw new TypeError(`No lane kind ${id}`);
  return found;
}
