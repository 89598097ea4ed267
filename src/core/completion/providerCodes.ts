// What a provider's error codes mean to a user: one table, from api-facts 2.6 and the gateways' own words.
import type { ErrorKind, ErrorReasons } from './completionError.ts';

/** A kind with one of its own reasons. */
export type Verdict = { [K in ErrorKind]: readonly [kind: K, reason: ErrorReasons[K]] }[ErrorKind];

/** The first row that matches counts; `.` in a code separates it from what it is about. */
const codes: readonly (readonly [code: RegExp, verdict: Verdict])[] = [
  [/^AccountQuotaExceeded$/i, ['plan-exhausted', 'window-spent']],
  [/^SetLimitExceeded$/i, ['plan-exhausted', 'limit-set']],
  [
    /^(Session)?QuotaExceeded(\.|$)|^insufficient_quota$|^budget_exceeded$/i,
    ['plan-exhausted', 'quota-spent'],
  ],

  [/^AccountOverdueError$|^OperationDenied\.ServiceOverdue$/i, ['billing', 'overdue']],
  [/^InvalidSubscription(\.|$)/i, ['billing', 'no-subscription']],
  [/^AccessDenied(\.|$)|^OperationDenied(\.|$)/i, ['billing', 'access-denied']],

  [/^AuthenticationError(\.|$)|^InvalidAccountStatus$/i, ['auth', 'key-refused']],
  [
    /^(invalid_api_key|auth_error|authentication_error|expired_key|token_not_found_in_db)$/i,
    ['auth', 'key-refused'],
  ],

  [/^InvalidEndpointOrModel\.ModelIDAccessDisabled$/i, ['model-unavailable', 'endpoint-id-needed']],
  [/^InvalidEndpointOrModel(\.|$)|^InvalidEndpoint\.NotFound$/i, ['model-unavailable', 'unknown-model']],
  [/^InvalidEndpoint\.ClosedEndpoint$|^ModelNotOpen$/i, ['model-unavailable', 'not-open']],
  [/^UnsupportedModel$/i, ['model-unavailable', 'not-in-plan']],
  [/^(model_not_found|unsupported_model|invalid_model)$/i, ['model-unavailable', 'unknown-model']],
  [/^key_model_access_denied$/i, ['model-unavailable', 'not-open']],

  [/^ServerOverloaded$|^InternalServiceError$/i, ['overloaded', 'busy']],
  [/^(overloaded_error|server_error|service_unavailable|timeout_error)$/i, ['overloaded', 'busy']],
  [/RateLimitExceeded(\.|$)|^InflightBatchsizeExceeded$|^RequestBurstTooFast$/i, ['rate-limit', 'too-fast']],
  [/^rate_limit(_exceeded|_error)?$/i, ['rate-limit', 'too-fast']],

  [/^OutofContextError$|^context_length_exceeded$/i, ['context-length', 'too-long']],

  [/^Output\w*(SensitiveContentDetected|RiskDetection)(\.|$)/i, ['content-filter', 'output']],
  [/(SensitiveContentDetected|RiskDetection)(\.|$)/i, ['content-filter', 'input']],
  [/^(content_filter|content_policy_violation|data_inspection_failed)$/i, ['content-filter', 'input']],

  [/^(MissingParameter|InvalidParameter|InvalidArgumentError)(\.|$)/i, ['bad-request', 'parameter']],
];

/** Codes that nobody has told us about, but whose names say enough not to try again (F22). */
const tellingNames: typeof codes = [
  [/overdue/i, ['billing', 'overdue']],
  [/quota/i, ['plan-exhausted', 'quota-spent']],
];

/** undefined: a code that says nothing to us. */
export function verdictOfCode(code: string): Verdict | undefined {
  return [...codes, ...tellingNames].find(([pattern]) => pattern.test(code))?.[1];
}

/** The first known code within a sentence: gateways put the provider's own there and their status in its place. */
export function codeInSentence(sentence: string): string | undefined {
  const words = sentence.match(/\b[A-Z][a-z]+[A-Z][A-Za-z]*(?:\.[A-Z][A-Za-z]+)?\b|\b[a-z]+(?:_[a-z]+)+\b/g);
  return words?.find((word) => codes.some(([pattern]) => pattern.test(word)));
}
