// The pieces of a streamed answer, as everything behind the wire knows them.
import type { Usage } from '../usage/usage.ts';

/** `other`: the provider said something we do not know; treated as `stop`, the raw word is kept. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';

/** Parsed arguments, or the raw text when it is not a JSON object: the caller answers the model, nobody throws. */
export type ToolArguments =
  | { readonly valid: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly valid: false; readonly raw: string };

export type Delta =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | {
      readonly type: 'tool-call';
      readonly id: string;
      readonly name: string;
      readonly arguments: ToolArguments;
    }
  | Finish;

/** Exactly one ends every stream that does not throw. */
export interface Finish {
  readonly type: 'finish';
  readonly reason: FinishReason;
  readonly rawReason?: string;
  readonly usage?: Usage;
  /** The model the provider says it used, e.g. the dated id behind an alias. */
  readonly model?: string;
  readonly requestId?: string;
  /** Events that were not JSON and were skipped. */
  readonly skippedEvents: number;
}
