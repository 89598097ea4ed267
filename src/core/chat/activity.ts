// What a chat is doing right now, as data; the host words it, the status bar spins by it.
import type { ErrorRecord } from '../completion/completionError.ts';
import type { AnswerState } from './conversation.ts';

/** All instants are epoch milliseconds. */
export type Activity =
  /** `ended`: how the last request of this window ended, absent before the first. */
  | { readonly type: 'idle'; readonly ended?: AnswerState }
  /** Finding the key and the models; nothing is sent yet. */
  | { readonly type: 'connecting' }
  | { readonly type: 'waiting'; readonly model: string; readonly since: number }
  | { readonly type: 'retrying'; readonly at: number; readonly because: ErrorRecord }
  /** `silentSince`: set while nothing has come for `silenceBeforeHint`. */
  | { readonly type: 'thinking'; readonly silentSince?: number }
  | { readonly type: 'answering'; readonly silentSince?: number };

/** Milliseconds without data after which the user is told (rule R7's hint). */
export const silenceBeforeHint = 15_000;

export function isBusy(activity: Activity): boolean {
  return activity.type !== 'idle';
}
