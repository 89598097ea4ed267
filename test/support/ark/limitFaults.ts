// Faults of too much: rate limits with every kind of Retry-After, and quotas that no retry brings back.
import { errorFault, type ErrorFault } from './errorFault.ts';
import type { Scenario } from './scenario.ts';

function rateLimit(
  name: string,
  rows: string,
  title: string,
  headers: NonNullable<ErrorFault['headers']> = {},
): Scenario {
  return errorFault({
    name: `rate-limit${name}`,
    rows,
    title: `429 ${title}`,
    status: 429,
    code: 'RateLimitExceeded.EndpointRPMExceeded',
    message: 'Requests have exceeded the RPM limit of the endpoint. Please try again later.',
    headers,
  });
}

function spent(name: string, code: string, message: string): Scenario {
  return errorFault({
    name,
    rows: 'F22',
    title: `429 ${code}, not to be retried`,
    status: 429,
    code,
    message,
  });
}

/** Sentence from api-facts 0.4. `secondsLeft` may be changed with options.seconds. */
function planWindow(name: string, window: string, secondsLeft: number): Scenario {
  return errorFault({
    name,
    rows: 'F22',
    title: `429 AccountQuotaExceeded, the ${window} window, resets in options.seconds (${secondsLeft})`,
    status: 429,
    code: 'AccountQuotaExceeded',
    message: ({ options }) => quotaSentence(window, options.seconds ?? secondsLeft),
  });
}

export function quotaSentence(window: string, secondsLeft: number): string {
  return `You have exceeded the ${window} usage quota. It will reset at ${resetInstant(secondsLeft)}.`;
}

/** In the offset of Volcengine, so that nobody takes it for local time or UTC. */
function resetInstant(secondsLeft: number): string {
  const there = new Date(Date.now() + (secondsLeft + 8 * 3600) * 1000).toISOString();
  return `${there.slice(0, 10)} ${there.slice(11, 19)} +0800 CST`;
}

export const limitFaults: readonly Scenario[] = [
  rateLimit('', 'F19 F23', 'without Retry-After (times: 1 is F23)'),
  rateLimit('-retry-after-1', 'F20', 'with Retry-After: 1', { 'retry-after': '1' }),
  rateLimit(
    '-http-date',
    'F21',
    'with Retry-After as a date, options.seconds (2) from now',
    ({ options }) => ({
      'retry-after': new Date(Date.now() + (options.seconds ?? 2) * 1000).toUTCString(),
    }),
  ),
  rateLimit('-retry-after-ms', 'F20 R5', 'with retry-after-ms: 40 and a Retry-After of 30 that it outranks', {
    'retry-after-ms': '40',
    'retry-after': '30',
  }),
  rateLimit('-retry-after-3600', 'F22', 'with Retry-After: 3600, too long to wait', {
    'retry-after': '3600',
  }),
  rateLimit('-retry-after-negative', 'F24', 'with Retry-After: -5', { 'retry-after': '-5' }),
  rateLimit('-retry-after-garbage', 'F24', 'with Retry-After: abc', { 'retry-after': 'abc' }),
  rateLimit('-retry-after-exponent', 'F24', 'with Retry-After: 1e9', { 'retry-after': '1e9' }),
  rateLimit('-retry-after-zero', 'F24', 'with Retry-After: 0', { 'retry-after': '0' }),
  errorFault({
    name: 'server-overloaded',
    rows: 'F19',
    title: '429 ServerOverloaded',
    status: 429,
    code: 'ServerOverloaded',
    message: 'The service is currently unable to handle additional requests due to server overload.',
  }),
  planWindow('quota-5-hour', '5-hour', 2 * 3600),
  planWindow('quota-weekly', 'weekly', 3 * 24 * 3600),
  planWindow('quota-monthly', 'monthly', 20 * 24 * 3600),
  spent(
    'set-limit-exceeded',
    'SetLimitExceeded',
    'Your account has reached the set inference limit for this model.',
  ),
  spent('quota-exceeded', 'QuotaExceeded', 'Your account has exhausted its quota for this model.'),
  spent(
    'agent-plan-quota-exceeded',
    'QuotaExceeded.AgentPlanQuotaExceeded',
    'Your account has exhausted its agent plan quota.',
  ),
];
