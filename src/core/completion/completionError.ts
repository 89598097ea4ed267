// The one error of a completion: a kind that a person can act on, the reason within it, and what the provider said.

/** Kind → the reasons it can have. The host's remedy table is exhaustive over these pairs. */
export interface ErrorReasons {
  auth: 'no-key' | 'key-lost' | 'key-unsendable' | 'key-refused';
  'plan-exhausted': 'window-spent' | 'limit-set' | 'quota-spent';
  'rate-limit': 'too-fast' | 'wait-long';
  overloaded: 'busy';
  'model-unavailable': 'unknown-model' | 'not-in-plan' | 'not-open' | 'endpoint-id-needed' | 'no-model-known';
  'wrong-lane': 'misrouted' | 'address-invalid' | 'alias-on-general' | 'path-not-found';
  billing: 'overdue' | 'no-subscription' | 'access-denied' | 'not-confirmed';
  'bad-request': 'parameter' | 'refused';
  'context-length': 'too-long';
  'content-filter': 'input' | 'output';
  network:
    | 'host-not-found'
    | 'connection-refused'
    | 'connection-lost'
    | 'certificate'
    | 'proxy-sign-in'
    | 'proxy-failed'
    | 'redirected'
    | 'web-page'
    | 'unknown';
  timeout: 'connect' | 'first-byte' | 'idle' | 'no-content';
  malformed: 'empty-answer' | 'not-an-answer' | 'broken-events' | 'event-too-large';
  truncated: 'no-finish' | 'cut';
}

export type ErrorKind = keyof ErrorReasons;
export type ErrorReason<K extends ErrorKind = ErrorKind> = ErrorReasons[K];

/** Plain data, safe to store and show: no key, no prompt, texts clipped. */
export interface ErrorDetails {
  /** Label of the lane and id of the model that the request was for. */
  readonly lane?: string;
  readonly model?: string;
  readonly host?: string;
  /** The second host of a redirect. */
  readonly otherHost?: string;
  readonly status?: number;
  /** The provider's own code, e.g. `AccountQuotaExceeded`. */
  readonly code?: string;
  /** The parameter the provider blamed. */
  readonly parameter?: string;
  /** First line of the provider's sentence, at most 300 characters, control characters removed. */
  readonly providerMessage?: string;
  readonly requestId?: string;
  /** The system's or library's code, e.g. `ECONNREFUSED`. */
  readonly systemCode?: string;
  /** Milliseconds the provider asked to wait. */
  readonly retryAfterMs?: number;
  /** Epoch milliseconds at which a spent window opens again. */
  readonly resetsAt?: number;
  readonly window?: '5-hour' | 'weekly' | 'monthly';
  /** Seconds that a deadline allowed. */
  readonly seconds?: number;
  /** Characters of text received before it ended. */
  readonly characters?: number;
  /** Tokens estimated or reported, and the limit: in tokens, or in characters for a runaway answer. */
  readonly tokens?: number;
  readonly limit?: number;
  /** The lane that would be right, as `lane kind` or address. */
  readonly rightLane?: string;
  readonly address?: string;
  /** Environment names, setting keys or the like that the sentence points to. */
  readonly setting?: string;
}

export interface ErrorRecord {
  readonly kind: ErrorKind;
  readonly reason: ErrorReason;
  readonly details: ErrorDetails;
}

const brand = Symbol.for('codingLane.completionError');

export class CompletionError extends Error {
  override readonly name = 'CompletionError';
  readonly kind: ErrorKind;
  readonly reason: ErrorReason;
  readonly details: ErrorDetails;
  /** The request never left this machine, so that sending it again cannot bill twice. */
  readonly neverSent: boolean;
  readonly [brand] = true;

  /** The undici transport is a bundle of its own with its own copy of this class: the brand is what both share. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }

  constructor(record: ErrorRecord, options: { cause?: unknown; neverSent?: boolean } = {}) {
    super(
      `${record.kind}/${record.reason}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.kind = record.kind;
    this.reason = record.reason;
    this.details = record.details;
    this.neverSent = options.neverSent ?? false;
  }

  /** The same error with more known about it; what was known already stays. */
  with(details: ErrorDetails): CompletionError {
    return new CompletionError(
      { kind: this.kind, reason: this.reason, details: { ...details, ...this.details } },
      { cause: this.cause, neverSent: this.neverSent },
    );
  }

  toRecord(): ErrorRecord {
    return { kind: this.kind, reason: this.reason, details: this.details };
  }
}

/** Makes an error whose reason belongs to its kind. */
export function completionError<K extends ErrorKind>(
  kind: K,
  reason: ErrorReasons[K],
  details: ErrorDetails = {},
  options: { cause?: unknown; neverSent?: boolean } = {},
): CompletionError {
  return new CompletionError({ kind, reason, details }, options);
}
