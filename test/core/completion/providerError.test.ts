// What providers and gateways answer instead of an answer, row by row: body and status → kind and reason.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionError } from '../../../src/core/completion/completionError.ts';
import { type Asked, errorOfPayload, errorOfResponse } from '../../../src/core/completion/providerError.ts';
import { providerWords } from '../../../src/core/completion/providerWords.ts';

const now = Date.parse('2026-08-03T12:00:00Z');
const key = 'ark-canary-6b1f2c3d4e5f';
const asked: Asked = {
  laneKind: 'byteplus_coding',
  model: 'glm-5.2',
  url: 'https://ark.example/api/coding/v3/chat/completions',
  key,
  sent: [],
  now,
};

function ark(code: string, message = 'Something. Request id: 0217aa', param = ''): object {
  return { error: { code, message, param, type: 'BadRequest' } };
}

function errorOf(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  change: Partial<Asked> = {},
): CompletionError {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return errorOfResponse({ status, header: (name) => headers[name] }, text, { ...asked, ...change });
}

const kinds: readonly (readonly [status: number, code: string, expected: string])[] = [
  [400, 'MissingParameter', 'bad-request/parameter'],
  [400, 'MissingParameter.messages', 'bad-request/parameter'],
  [400, 'InvalidParameter', 'bad-request/parameter'],
  [400, 'InvalidParameter.UnsupportedParameter', 'bad-request/parameter'],
  [400, 'InvalidArgumentError.UnknownRole', 'bad-request/parameter'],
  [400, 'InvalidEndpoint.ClosedEndpoint', 'model-unavailable/not-open'],
  [400, 'SensitiveContentDetected', 'content-filter/input'],
  [400, 'SensitiveContentDetected.SevereViolation', 'content-filter/input'],
  [400, 'InputTextSensitiveContentDetected.PolicyViolation', 'content-filter/input'],
  [400, 'OutputTextSensitiveContentDetected', 'content-filter/output'],
  [400, 'InputTextRiskDetection', 'content-filter/input'],
  [400, 'OutofContextError', 'context-length/too-long'],
  [401, 'AuthenticationError', 'auth/key-refused'],
  [401, 'InvalidAccountStatus', 'auth/key-refused'],
  [403, 'AccountOverdueError', 'billing/overdue'],
  [403, 'OperationDenied.ServiceOverdue', 'billing/overdue'],
  [403, 'AccessDenied', 'billing/access-denied'],
  [403, 'OperationDenied.ServiceNotOpen', 'billing/access-denied'],
  [403, 'OperationDenied.PermissionDenied', 'billing/access-denied'],
  [403, 'InvalidSubscription', 'billing/no-subscription'],
  [404, 'InvalidEndpointOrModel.NotFound', 'model-unavailable/unknown-model'],
  [404, 'InvalidEndpoint.NotFound', 'model-unavailable/unknown-model'],
  [404, 'ModelNotOpen', 'model-unavailable/not-open'],
  [404, 'InvalidEndpointOrModel.ModelIDAccessDisabled', 'model-unavailable/endpoint-id-needed'],
  [404, 'UnsupportedModel', 'model-unavailable/not-in-plan'],
  [429, 'RateLimitExceeded.EndpointRPMExceeded', 'rate-limit/too-fast'],
  [429, 'RateLimitExceeded.FoundationModelTPMExceeded', 'rate-limit/too-fast'],
  [429, 'ModelAccountRpmRateLimitExceeded', 'rate-limit/too-fast'],
  [429, 'APIAccountRpmRateLimitExceeded', 'rate-limit/too-fast'],
  [429, 'AccountRateLimitExceeded', 'rate-limit/too-fast'],
  [429, 'InflightBatchsizeExceeded', 'rate-limit/too-fast'],
  [429, 'RequestBurstTooFast', 'rate-limit/too-fast'],
  [429, 'ServerOverloaded', 'overloaded/busy'],
  [429, 'AccountQuotaExceeded', 'plan-exhausted/window-spent'],
  [429, 'QuotaExceeded', 'plan-exhausted/quota-spent'],
  [429, 'QuotaExceeded.AgentPlanQuotaExceeded', 'plan-exhausted/quota-spent'],
  [429, 'SessionQuotaExceeded', 'plan-exhausted/quota-spent'],
  [429, 'SetLimitExceeded', 'plan-exhausted/limit-set'],
  [429, 'SomeNewQuotaThing', 'plan-exhausted/quota-spent'],
  [429, 'SomethingOverdueAgain', 'billing/overdue'],
  [500, 'InternalServiceError', 'overloaded/busy'],
];

for (const [status, code, expected] of kinds) {
  test(`${status} ${code} is ${expected}`, () => {
    const error = errorOf(status, ark(code));
    assert.equal(error.message, expected);
    assert.equal(error.details.code, code);
    assert.equal(error.details.status, status);
    assert.equal(error.details.requestId, '0217aa');
    assert.equal(error.details.providerMessage, 'Something.');
  });
}

const shapes: readonly (readonly [name: string, status: number, body: unknown, expected: string])[] = [
  ['a 408', 408, '', 'overloaded/busy'],
  ['a 425', 425, '', 'overloaded/busy'],
  ['a 409 about a lock', 409, { error: { message: 'The resource is locked.' } }, 'overloaded/busy'],
  ['any other 409', 409, { error: { message: 'Already there.' } }, 'bad-request/refused'],
  ['a 413', 413, 'too big', 'context-length/too-long'],
  ['a 422 with a parameter', 422, ark('', 'no', 'tools'), 'bad-request/parameter'],
  ['a 422 without one', 422, { detail: [{ msg: 'field required' }] }, 'bad-request/refused'],
  ['a 429 with nothing', 429, '', 'rate-limit/too-fast'],
  ['a 502 page', 502, '<html>Bad gateway</html>', 'overloaded/busy'],
  ['a 503 without a body', 503, '', 'overloaded/busy'],
  ['a 529', 529, '', 'overloaded/busy'],
  ['a 401 without a body', 401, '', 'auth/key-refused'],
  ['a 402', 402, '', 'billing/overdue'],
  ['a 403 page of a firewall', 403, '<html>Blocked</html>', 'network/web-page'],
  ['a 403 without a code', 403, { message: 'no' }, 'billing/access-denied'],
  ['a 404 page', 404, '<!doctype html><p>nothing', 'wrong-lane/path-not-found'],
  ['a 404 of a router', 404, { message: 'Not Found', ok: false }, 'wrong-lane/path-not-found'],
  [
    'a 404 about a model',
    404,
    { error: { message: 'model "x" not found' } },
    'model-unavailable/unknown-model',
  ],
  ['a 407', 407, '', 'network/proxy-sign-in'],
  ['a 511', 511, '<html>Sign in', 'network/web-page'],
  ['a 400 blaming the model', 400, ark('InvalidParameter', 'no', 'model'), 'model-unavailable/unknown-model'],
  [
    'LiteLLM with a status for a code',
    429,
    { error: { message: 'litellm.RateLimitError', code: '429' } },
    'rate-limit/too-fast',
  ],
  [
    'LiteLLM around a provider code',
    429,
    { error: { message: 'litellm.RateLimitError: AccountQuotaExceeded - no', code: '429' } },
    'plan-exhausted/window-spent',
  ],
  [
    'LiteLLM on a budget',
    400,
    { error: { message: 'over', type: 'budget_exceeded', code: '400' } },
    'plan-exhausted/quota-spent',
  ],
  [
    'Portkey around an upstream',
    429,
    { error: { message: 'openai error: spent', code: 'AccountQuotaExceeded' }, provider: 'openai' },
    'plan-exhausted/window-spent',
  ],
  [
    'Portkey by itself',
    400,
    { status: 'failure', message: 'Invalid provider passed' },
    'bad-request/refused',
  ],
  ['Portkey without its upstream', 500, { 'html-message': 'Message: fetch failed' }, 'overloaded/busy'],
  ['Portkey on a budget', 412, { status: 'failure', message: 'budget' }, 'plan-exhausted/quota-spent'],
  ['a guardrail of Portkey', 446, { error: { message: 'denied' } }, 'content-filter/input'],
  [
    'the control plane',
    403,
    { ResponseMetadata: { RequestId: 'r1', Error: { Code: 'AccessDenied', Message: 'no' } } },
    'billing/access-denied',
  ],
  ['an error that is a string', 400, { error: 'no such thing' }, 'bad-request/refused'],
  ['plain text', 400, 'nope', 'bad-request/refused'],
  ['the list around an error', 400, [{ error: { message: 'no', code: 400 } }], 'bad-request/refused'],
  [
    'a quota by its OpenAI name',
    429,
    { error: { message: 'x', code: 'insufficient_quota' } },
    'plan-exhausted/quota-spent',
  ],
  [
    'a context by its OpenAI name',
    400,
    { error: { message: 'x', code: 'context_length_exceeded' } },
    'context-length/too-long',
  ],
];

for (const [name, status, body, expected] of shapes) {
  test(`${name} is ${expected}`, () => {
    assert.equal(errorOf(status, body).message, expected);
  });
}

test('a spent window says which one and when it opens, by the offset it names', () => {
  const error = errorOf(
    429,
    ark(
      'AccountQuotaExceeded',
      'You have exceeded the weekly usage quota. It will reset at 2026-08-09 23:59:59 +0800 CST. Request id: 0217aa',
    ),
  );
  assert.equal(error.message, 'plan-exhausted/window-spent');
  assert.equal(error.details.window, 'weekly');
  assert.equal(error.details.resetsAt, Date.parse('2026-08-09T15:59:59Z'));
});

test('a spent window is known by its sentence too, whoever wraps it', () => {
  const message =
    'openai error: You have exceeded the 5-hour usage quota. It will reset at 2026-08-03 14:00:00 +0000 UTC';
  const error = errorOf(429, { error: { message, code: '429' }, provider: 'openai' });
  assert.equal(error.message, 'plan-exhausted/window-spent');
  assert.equal(error.details.resetsAt, Date.parse('2026-08-03T14:00:00Z'));
});

test('a plan alias on the general lane is on the wrong lane, a dated id is only unknown', () => {
  const body = ark('InvalidEndpointOrModel.NotFound');
  const general = { laneKind: 'byteplus' } as const;
  const alias = errorOf(404, body, {}, general);
  assert.equal(alias.message, 'wrong-lane/alias-on-general');
  assert.equal(alias.details.rightLane, 'byteplus_coding');
  const dated = errorOf(404, body, {}, { ...general, model: 'glm-5-2-260617' });
  assert.equal(dated.message, 'model-unavailable/unknown-model');
});

test('a path that is not there is named', () => {
  assert.equal(errorOf(404, '<html>').details.address, asked.url);
});

test('a redirect names the other host', () => {
  const error = errorOf(307, '', { location: 'https://elsewhere.example/x?y' });
  assert.equal(error.message, 'network/redirected');
  assert.equal(error.details.otherHost, 'elsewhere.example');
  assert.equal(errorOf(302, '', {}).details.otherHost, undefined);
});

test('the figures of a context that is too long are read', () => {
  const message =
    "This model's maximum context length is 131,072 tokens. However, you requested 150000 tokens.";
  const { details, reason } = errorOf(400, { error: { message } });
  assert.deepEqual([reason, details.tokens, details.limit], ['too-long', 150_000, 131_072]);
});

test('a rate limit with more than a minute to wait is another case', () => {
  const long = errorOf(429, '', { 'retry-after': '3600' });
  assert.equal(long.message, 'rate-limit/wait-long');
  assert.equal(long.details.resetsAt, now + 3_600_000);
  const short = errorOf(429, '', { 'retry-after': '60' });
  assert.equal(short.message, 'rate-limit/too-fast');
  assert.equal(short.details.retryAfterMs, 60_000);
});

test('a sentence is one line without control characters, at most 300 characters', () => {
  const { providerMessage } = errorOf(400, {
    error: { message: `\n\u001b[31mRed\u001b[0m\u0007 \u202Eback\u200b${' word'.repeat(200)}\nsecond line` },
  }).details;
  assert.ok(providerMessage !== undefined && providerMessage.startsWith('Red back word word'));
  assert.equal(providerMessage.length, 300);
});

test('an echoed key is taken out of everything that is kept', () => {
  const broken = `${key.slice(0, 8)}\u0000${key.slice(8)}`;
  const error = errorOf(
    401,
    { error: { code: `Bad_${key}`, param: key, message: `${'x'.repeat(290)}${broken} is wrong` } },
    { 'x-request-id': key },
  );
  const kept = JSON.stringify(error.toRecord());
  assert.ok(!kept.includes(key));
  assert.ok(!kept.includes(key.slice(0, 8)), 'not even its beginning at the cut');
});

test('what a refusal repeats of the request is taken out of it', () => {
  const prompt = 'please read the secret file of mine and say what is in it';
  const body = JSON.stringify({ messages: [{ role: 'user', content: prompt }, { content: 'tiny one' }] });
  const sent = [body, prompt, 'tiny one'];
  const said = (message: string): string | undefined =>
    errorOf(400, { error: { message } }, {}, { sent }).details.providerMessage;
  assert.equal(said(`Bad request: ${body} is wrong`), 'Bad request: … is wrong');
  assert.equal(said(`Cannot parse '${prompt.slice(5, 40)}' here`), "Cannot parse '…' here");
  assert.equal(said('What is tiny one?'), 'What is …?');
  assert.equal(said(`${prompt} ${prompt}`), '… …');
  assert.equal(
    said('The parameter messages.role is not valid.'),
    'The parameter messages.role is not valid.',
  );
  const long = said(`${'x '.repeat(986)}${prompt}`);
  assert.ok(long?.startsWith('x x x'));
});

test('an error within HTTP 200 is the error of its code', () => {
  const inStream = (payload: unknown): string | undefined => {
    const words = providerWords(payload, 'maybe-an-error');
    return words && errorOfPayload(words, { status: 200, header: () => undefined }, asked).message;
  };
  assert.equal(inStream(ark('AccountQuotaExceeded')), 'plan-exhausted/window-spent');
  assert.equal(inStream({ error: { message: 'busy', code: 503 } }), 'overloaded/busy');
  assert.equal(inStream({ error: { message: 'who are you', code: '401' } }), 'auth/key-refused');
  assert.equal(inStream({ error: { message: 'it broke' } }), 'overloaded/busy');
  assert.equal(inStream({ error: 'it broke' }), 'overloaded/busy');
  assert.equal(inStream({ status: 'failure', message: 'Something went wrong' }), 'overloaded/busy');
  assert.equal(inStream({ choices: [], error: null }), undefined);
  assert.equal(inStream({ id: 'x' }), undefined);
});

test('hostile bodies are read without harm', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  assert.equal(errorOf(500, deep).message, 'overloaded/busy');
  assert.equal(errorOf(400, '<'.repeat(60_000)).message, 'bad-request/refused');
  assert.equal(errorOf(400, { error: { message: { message: 'inner' } } }).details.providerMessage, 'inner');
  assert.equal(errorOf(400, { error: null, message: 7 }).message, 'bad-request/refused');
});
