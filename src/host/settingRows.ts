// All settings of the extension as one table: key, scope, default, and how a value is read.
import { type Region, regions } from '../core/lane/builtInAddresses.ts';
import { autoModel } from '../core/lane/candidates.ts';
import type { ReasoningEffort } from '../core/lane/modelFacts.ts';
import { codingLaneId } from '../core/lane/laneSettings.ts';
import { planAliases } from '../core/lane/planModels.ts';
import type { SettingFault } from '../core/lane/settingProblem.ts';

/** What is wrong inside a value; `path` is empty when it is the whole. */
export interface ValueProblem {
  readonly path: string;
  readonly fault: SettingFault;
}

/** `value` undefined: nothing of it can be used, so the default counts. */
export interface ReadValue<T> {
  readonly value: T | undefined;
  readonly problems: readonly ValueProblem[];
}

export interface SettingRow<T> {
  /** Without the prefix `codingLane.`. */
  readonly key: string;
  /** `application`: the user's alone; never taken from a folder, whatever the editor lets through. */
  readonly scope: 'application' | 'window';
  readonly default: T;
  read(value: unknown): ReadValue<T>;
}

export const settingRows = {
  defaultLane: text('defaultLane', codingLaneId),
  codingBaseUrl: text('coding.baseUrl', ''),
  codingModel: text('coding.model', autoModel),
  codingPreferredModels: texts('coding.preferredModels', planAliases),
  generalRegion: oneOf<Region>('general.region', 'application', 'ap-southeast-1', regions),
  generalBaseUrl: text('general.baseUrl', ''),
  generalModel: text('general.model', autoModel),
  generalPreferredModels: texts('general.preferredModels', []),
  lanes: list('lanes'),
  thinking: oneOf<'default' | 'enabled' | 'disabled'>('thinking', 'application', 'default', [
    'default',
    'enabled',
    'disabled',
  ]),
  reasoningEffort: oneOf<'default' | ReasoningEffort>('reasoningEffort', 'application', 'default', [
    'default',
    'none',
    'minimal',
    'low',
    'medium',
    'high',
    'xhigh',
    'max',
  ]),
  /** Tokens; 0 for the model's own limit. */
  maxOutputTokens: integer('maxOutputTokens', 0, { least: 0, most: 10_000_000 }),
  networkTransport: oneOf<'auto' | 'editor' | 'undici'>('network.transport', 'application', 'auto', [
    'auto',
    'editor',
    'undici',
  ]),
  /** Seconds. */
  firstByteTimeout: integer('network.firstByteTimeout', 120, { least: 5, most: 290 }),
  /** Seconds. */
  idleTimeout: integer('network.idleTimeout', 90, { least: 5, most: 290 }),
  sendWith: oneOf<'enter' | 'ctrlEnter'>('chat.sendWith', 'window', 'enter', ['enter', 'ctrlEnter']),
} as const satisfies Record<string, SettingRow<unknown>>;

export type SettingName = keyof typeof settingRows;

export type SettingValues = {
  readonly [Name in SettingName]: (typeof settingRows)[Name] extends SettingRow<infer T> ? T : never;
};

export const settingNames = Object.keys(settingRows) as readonly SettingName[];

function text(key: string, standard: string): SettingRow<string> {
  return {
    key,
    scope: 'application',
    default: standard,
    read(value) {
      if (typeof value !== 'string') return wrongType('text');
      return isOneLine(value) ? good(value.trim()) : bad({ type: 'unusable-text' });
    },
  };
}

/** A list keeps its good entries when others are wrong. */
function texts(key: string, standard: readonly string[]): SettingRow<readonly string[]> {
  return {
    key,
    scope: 'application',
    default: standard,
    read(value) {
      if (!Array.isArray(value)) return wrongType('list');
      const kept: string[] = [];
      const problems: ValueProblem[] = [];
      for (const [index, entry] of (value as readonly unknown[]).entries()) {
        if (typeof entry === 'string' && isOneLine(entry) && entry.trim() !== '') kept.push(entry.trim());
        else {
          const fault: SettingFault =
            typeof entry === 'string' ? { type: 'unusable-text' } : { type: 'wrong-type', expected: 'text' };
          problems.push({ path: `[${index}]`, fault });
        }
      }
      return { value: kept, problems };
    },
  };
}

/** Entries are checked by whoever knows them. */
function list(key: string): SettingRow<readonly unknown[]> {
  return {
    key,
    scope: 'application',
    default: [],
    read: (value) => (Array.isArray(value) ? good(value as readonly unknown[]) : wrongType('list')),
  };
}

function oneOf<T extends string>(
  key: string,
  scope: 'application' | 'window',
  standard: T,
  allowed: readonly T[],
): SettingRow<T> {
  return {
    key,
    scope,
    default: standard,
    read(value) {
      if (typeof value !== 'string') return wrongType('text');
      const found = allowed.find((each) => each === value);
      return found === undefined ? bad({ type: 'not-one-of', allowed }) : good(found);
    },
  };
}

function integer(
  key: string,
  standard: number,
  range: { readonly least: number; readonly most: number },
): SettingRow<number> {
  return {
    key,
    scope: 'application',
    default: standard,
    read(value) {
      if (typeof value !== 'number') return wrongType('number');
      const fits = Number.isInteger(value) && value >= range.least && value <= range.most;
      return fits ? good(value) : bad({ type: 'out-of-range', ...range });
    },
  };
}

/** What can be shown and sent. */
function isOneLine(value: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return value.length <= 2000 && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(value.trim());
}

function good<T>(value: T): ReadValue<T> {
  return { value, problems: [] };
}

function bad<T>(fault: SettingFault): ReadValue<T> {
  return { value: undefined, problems: [{ path: '', fault }] };
}

function wrongType<T>(expected: 'text' | 'number' | 'list'): ReadValue<T> {
  return bad({ type: 'wrong-type', expected });
}
