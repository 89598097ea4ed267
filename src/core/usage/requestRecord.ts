// One HTTP request as the log tells it: whose lane, why, how long, what came of it. Never a key or a body.
import type { Usage } from './usage.ts';

/** Why a request was made; every request has one (promise 7 of the guard). */
export type RequestPurpose = 'chat' | 'explain' | 'continue' | 'list models' | 'check key' | 'refresh models';

export interface RequestRecord {
  readonly lane: string;
  readonly host: string;
  readonly purpose: RequestPurpose;
  readonly transport: string;
  /** 1 for the first HTTP request of a completion. */
  readonly attempt: number;
  readonly modelAsked?: string;
  readonly modelEchoed?: string;
  readonly status?: number;
  readonly requestId?: string;
  /** Milliseconds from sending to the first byte of the body. */
  readonly firstByteMs?: number;
  readonly totalMs: number;
  readonly usage?: Usage;
  /** `ok`, `stopped`, the error's kind and reason as `kind/reason`, or `failed` for a mistake of our own. */
  readonly outcome: string;
  readonly providerCode?: string;
  /** What was done about it: `dropped thinking`, `moved to glm-5.1`, `retry in 2 s`. */
  readonly note?: string;
}

/** Where requests are told; the host's log channel, or memory in tests. */
export interface RequestLog {
  request(record: RequestRecord): void;
  /** Bodies, redacted, at the most verbose level only; called with a thunk so that nothing is built when off. */
  trace(text: () => string): void;
}
