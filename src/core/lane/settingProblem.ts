// What is wrong with a setting and where, as data; the host finds the words.
import type { CompletionError } from '../completion/completionError.ts';

export type SettingFault =
  | { readonly type: 'wrong-type'; readonly expected: 'text' | 'number' | 'list' | 'object' }
  | { readonly type: 'not-one-of'; readonly allowed: readonly string[] }
  | { readonly type: 'out-of-range'; readonly least: number; readonly most: number }
  /** Empty, too long, or with characters that cannot be shown. */
  | { readonly type: 'unusable-text' }
  | { readonly type: 'missing' }
  | { readonly type: 'unknown-field' }
  | { readonly type: 'unknown-kind'; readonly value: string }
  /** A lane kind whose name is taken, but which this release does not have. */
  | { readonly type: 'later-release'; readonly value: string }
  | { readonly type: 'bad-id' }
  | { readonly type: 'id-taken'; readonly value: string }
  | { readonly type: 'unknown-lane'; readonly value: string }
  | { readonly type: 'address'; readonly error: CompletionError };

export interface SettingProblem {
  /** The setting's key with the path inside it: `codingLane.lanes[2].baseUrl`. */
  readonly place: string;
  readonly fault: SettingFault;
}
