// Everything one completion needs besides its messages: lane, model candidates, key, transport. Made per request.
import type { Lane } from '../lane/lane.ts';
import type { ModelFacts, ReasoningEffort, ThinkingType } from '../lane/modelFacts.ts';
import type { RequestLog, RequestPurpose } from '../usage/requestRecord.ts';
import type { Clock } from './clock.ts';
import type { CompletionError } from './completionError.ts';
import type { Message, ToolDefinition } from './message.ts';
import type { Transport } from './transport.ts';

/** How the candidates were found; shown in the picker and the log. */
export type CandidateSource =
  | { readonly type: 'pinned' }
  | { readonly type: 'listed'; readonly listedAt: number }
  | { readonly type: 'stale'; readonly listedAt: number; readonly because: CompletionError }
  | { readonly type: 'preferred'; readonly because: CompletionError };

/** The models to try, best first; never empty. A pinned one is alone and never moves. */
export interface Candidates {
  readonly models: readonly ModelFacts[];
  readonly source: CandidateSource;
}

/** Optional parameters a model turned out to refuse; owned by whoever outlives the requests. */
export type DroppableField = 'stream_options' | 'thinking' | 'reasoning_effort' | 'max_tokens';
export interface LearnedRefusals {
  get(laneId: string, model: string): ReadonlySet<DroppableField>;
  /** The limit that a model named when it refused a greater one; undefined: after its refusal none is sent. */
  tokenLimit(laneId: string, model: string): number | undefined;
  add(laneId: string, model: string, field: DroppableField, tokenLimit?: number): void;
}

/** Seconds; from the settings. */
export interface Patience {
  readonly firstByteSeconds: number;
  readonly idleSeconds: number;
}

export interface Connection {
  readonly lane: Lane;
  /** Absent only where the lane's `auth` is `optional`. */
  readonly key?: string;
  readonly candidates: Candidates;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly learned: LearnedRefusals;
  readonly patience: Patience;
}

export interface CompletionRequest {
  readonly purpose: RequestPurpose;
  readonly messages: readonly Message[];
  readonly tools?: readonly ToolDefinition[];
  readonly toolChoice?: 'auto' | 'required' | 'none';
  /** 0: the model's own limit. */
  readonly maxOutputTokens: number;
  readonly thinking: ThinkingType | 'default';
  readonly reasoningEffort: ReasoningEffort | 'default';
}

/** What happens while a completion runs besides its deltas; for the status line, never needed for the answer. */
export type Progress =
  | { readonly type: 'sent'; readonly model: string; readonly attempt: number }
  | { readonly type: 'first-byte' }
  | {
      readonly type: 'retrying';
      readonly inMs: number;
      readonly attempt: number;
      readonly because: CompletionError;
    }
  | {
      readonly type: 'model-moved';
      readonly from: string;
      readonly to: string;
      readonly because: CompletionError;
    }
  | {
      readonly type: 'degraded';
      readonly field: DroppableField;
      /** What the field was lowered to; undefined: it was left out. */
      readonly limit?: number;
      readonly because: CompletionError;
    };

export interface CompletionOptions {
  /** Aborting ends the generator by throwing the signal's reason; the socket is destroyed. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Makes the connection for one request on the active lane: checks the lane, finds the key, asks before a lane that
 * bills per token is used for the first time, and finds the candidates. Throws a CompletionError; an abort throws
 * the signal's reason.
 */
export type Connect = (purpose: RequestPurpose, signal: AbortSignal) => Promise<Connection>;
