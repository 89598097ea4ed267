// A conversation as the host knows it: immutable turns with their questions and answers.
import type { ErrorRecord } from '../completion/completionError.ts';
import type { FinishReason } from '../completion/delta.ts';
import type { Usage } from '../usage/usage.ts';

/** Something the user pointed at, with its content as it was then. */
export interface Attachment {
  readonly id: string;
  /** File name or what else to call it; shown as text only. */
  readonly label: string;
  /** Path inside the workspace, or empty for an untitled document. */
  readonly path: string;
  readonly languageId: string;
  /** First and last line, from 1; absent for a whole file. */
  readonly lines?: { readonly first: number; readonly last: number };
  readonly text: string;
}

export interface Question {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The code task it came from, if it did not come from the composer. */
  readonly task?: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * `waiting`: asked, nothing visible yet · `answering`: deltas arrive · `done`: the provider finished ·
 * `stopped`: by the user · `interrupted`: cut by an error or by a reload; what had arrived stays · `failed`: an error
 * before anything visible.
 */
export type AnswerState = 'waiting' | 'answering' | 'done' | 'stopped' | 'interrupted' | 'failed';

export interface Answer {
  readonly laneId: string;
  readonly laneLabel: string;
  /** The model asked, after any move. */
  readonly model: string;
  /** What the provider said it used, when it said so. */
  readonly echoedModel?: string;
  readonly state: AnswerState;
  readonly reasoning: string;
  readonly text: string;
  readonly finishReason?: FinishReason;
  readonly usage?: Usage;
  readonly requestId?: string;
  readonly error?: ErrorRecord;
  /** Said to the user with the answer: a model move, a dropped parameter. Data, worded by the host. */
  readonly notes: readonly AnswerNote[];
  readonly startedAt: number;
  readonly endedAt?: number;
}

export type AnswerNote =
  | { readonly type: 'model-moved'; readonly from: string; readonly to: string }
  /** With a limit the field was lowered to it, without one left out. */
  | { readonly type: 'degraded'; readonly field: string; readonly limit?: number };

export interface Turn {
  readonly id: string;
  readonly question: Question;
  readonly answer?: Answer;
}

export interface Conversation {
  readonly id: string;
  readonly createdAt: number;
  readonly turns: readonly Turn[];
}
