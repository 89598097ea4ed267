// From the settings' values to lanes: the built-in two, then the user's own; what does not parse is named and left out.
import * as z from 'zod/mini';
import { CompletionError } from '../completion/completionError.ts';
import { codingAddress, generalAddresses, type Region } from './builtInAddresses.ts';
import { autoModel, isAuto } from './candidates.ts';
import { checkBaseUrl } from './guard.ts';
import type { Lane } from './lane.ts';
import { findLaneKind, type LaneKind, laneKind } from './laneKinds.ts';
import { planAliases } from './planModels.ts';
import type { SettingFault, SettingProblem } from './settingProblem.ts';

export interface LaneValues {
  readonly codingBaseUrl: string;
  readonly codingModel: string;
  readonly codingPreferredModels: readonly string[];
  readonly generalRegion: Region;
  readonly generalBaseUrl: string;
  readonly generalModel: string;
  readonly generalPreferredModels: readonly string[];
  readonly lanes: readonly unknown[];
}

/** A lane that may be chosen, and why it cannot work although its settings name one. */
export interface ConfiguredLane {
  readonly lane: Lane;
  readonly problem?: CompletionError;
}

export interface LaneList {
  /** The built-in lanes first; ids are unique. */
  readonly lanes: readonly ConfiguredLane[];
  readonly problems: readonly SettingProblem[];
}

export const codingLaneId = 'coding';
const generalLaneId = 'general';

/** A lane whose address is refused stays in the list with its problem: nobody else's address takes its place. */
export function readLanes(values: LaneValues): LaneList {
  const problems: SettingProblem[] = [];
  const lanes = [
    configure(
      {
        kind: laneKind('byteplus_coding'),
        id: codingLaneId,
        label: 'BytePlus Coding',
        baseUrl: values.codingBaseUrl.trim() || codingAddress,
        model: values.codingModel,
        preferredModels: values.codingPreferredModels,
      },
      'codingLane.coding.baseUrl',
      problems,
    ),
    configure(
      {
        kind: laneKind('byteplus'),
        id: generalLaneId,
        label: 'BytePlus General',
        baseUrl: values.generalBaseUrl.trim() || generalAddresses[values.generalRegion],
        model: values.generalModel,
        preferredModels: values.generalPreferredModels,
      },
      'codingLane.general.baseUrl',
      problems,
    ),
  ];
  for (const [index, item] of values.lanes.entries()) {
    const place = `codingLane.lanes[${index}]`;
    const parts = readItem(item, place, problems);
    if (parts === undefined) continue;
    if (lanes.some(({ lane }) => lane.id === parts.id)) {
      problems.push({ place: `${place}.id`, fault: { type: 'id-taken', value: parts.id } });
      continue;
    }
    lanes.push(configure(parts, `${place}.baseUrl`, problems));
  }
  return { lanes, problems };
}

interface LaneParts {
  readonly kind: LaneKind;
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly preferredModels: readonly string[];
}

function configure(parts: LaneParts, place: string, problems: SettingProblem[]): ConfiguredLane {
  const { kind } = parts;
  const lane: Lane = {
    id: parts.id,
    kind: kind.id,
    label: parts.label,
    baseUrl: parts.baseUrl,
    api: 'chat_completions',
    auth: kind.auth,
    envKeys: kind.envKeys,
    billing: kind.billing,
    model: isAuto(parts.model) ? autoModel : parts.model.trim(),
    // Without any, a coding lane would know no model: its catalog is not the plan's list.
    preferredModels:
      kind.path === 'coding' && parts.preferredModels.length === 0 ? planAliases : parts.preferredModels,
    quirks: kind.quirks,
  };
  try {
    return { lane: { ...lane, baseUrl: checkBaseUrl(kind.id, parts.baseUrl) } };
  } catch (error) {
    if (!(error instanceof CompletionError)) throw error;
    const problem = error.with({ lane: lane.label, setting: place });
    problems.push({ place, fault: { type: 'address', error: problem } });
    return { lane, problem };
  }
}

/** Part of secret names, log lines and model ids, so nothing that would need quoting there. */
const laneId = /^[a-z][a-z0-9-]{0,31}$/;

/** What is shown and sent: one line without control characters. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const oneLine = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+$/;

const text = z.string().check(z.trim(), z.maxLength(200), z.regex(oneLine));
const itemSchema = z.object({
  id: z.string().check(z.regex(laneId)),
  kind: z.string(),
  label: z.optional(text),
  baseUrl: z.optional(z.string()),
  model: z.optional(text),
  preferredModels: z.optional(z.array(text)),
});
type Item = z.infer<typeof itemSchema>;

/** Undefined: what the lane cannot be without is missing or wrong. Any other wrong field only falls away. */
function readItem(item: unknown, place: string, problems: SettingProblem[]): LaneParts | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    problems.push({ place, fault: { type: 'wrong-type', expected: 'object' } });
    return undefined;
  }
  for (const field of Object.keys(item)) {
    if (!Object.hasOwn(itemSchema.shape, field)) {
      problems.push({ place: `${place}.${field}`, fault: { type: 'unknown-field' } });
    }
  }
  const checked = itemSchema.safeParse(item);
  const issues = checked.success ? [] : checked.error.issues;
  for (const issue of issues) problems.push({ place: place + pathOf(issue), fault: faultOf(issue, item) });
  const wrong = new Set(issues.map(({ path }) => path[0]));
  if (wrong.has('id') || wrong.has('kind') || wrong.has('baseUrl')) return undefined;

  const fields = item as Item;
  const kind = findLaneKind(fields.kind);
  if (kind === undefined || !kind.available) {
    const value = fields.kind.trim().slice(0, 60);
    problems.push({
      place: `${place}.kind`,
      fault: { type: kind === undefined ? 'unknown-kind' : 'later-release', value },
    });
    return undefined;
  }
  const baseUrl = fields.baseUrl?.trim() || builtInAddress(kind);
  if (baseUrl === undefined) {
    problems.push({ place: `${place}.baseUrl`, fault: { type: 'missing' } });
    return undefined;
  }
  return {
    kind,
    id: fields.id,
    label: (wrong.has('label') ? undefined : fields.label?.trim()) ?? fields.id,
    baseUrl,
    model: (wrong.has('model') ? undefined : fields.model) ?? autoModel,
    preferredModels: usableTexts(fields.preferredModels),
  };
}

/** A list's good entries stay when others are wrong. */
function usableTexts(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((each) => {
    const checked = text.safeParse(each);
    return checked.success ? [checked.data] : [];
  });
}

function builtInAddress(kind: LaneKind): string | undefined {
  switch (kind.path) {
    case 'coding':
      return codingAddress;
    case 'general':
      return generalAddresses['ap-southeast-1'];
    case 'any':
      return undefined;
  }
}

type Issue = z.core.$ZodIssue;

function pathOf(issue: Issue): string {
  return issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
}

function faultOf(issue: Issue, item: object): SettingFault {
  if (issue.code !== 'invalid_type') return { type: issue.path[0] === 'id' ? 'bad-id' : 'unusable-text' };
  const [field] = issue.path;
  if (issue.path.length === 1 && !Object.hasOwn(item, field as string)) return { type: 'missing' };
  return { type: 'wrong-type', expected: issue.expected === 'array' ? 'list' : 'text' };
}
