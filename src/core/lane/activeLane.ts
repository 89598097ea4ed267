// The lane and model a window uses now, as everybody but the lane rooms sees it.
import type { CompletionError } from '../completion/completionError.ts';
import type { Lane } from './lane.ts';

export interface ActiveLane {
  readonly lane: Lane;
  /** The choice: a model id, or `auto`. */
  readonly model: string;
  /** What to show: the choice, or for `auto` the first candidate known so far. */
  readonly shownModel: string;
  readonly hasKey: boolean;
  /** Why the lane cannot work, apart from a missing key. */
  readonly problem?: CompletionError;
}
