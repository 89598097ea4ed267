// Proves each row of the refusal tables: status, code, type and parameter of the real server.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { simulatedEndpointId } from './catalog.ts';
import { foreignRegionKey, keyWithoutPlan, overdueKey, simulatedKey } from './keys.ts';
import { chatRefusals, keyRefusals } from './refusals.ts';
import { startArk, type Ark } from './startArk.ts';

let ark: Ark;
before(async () => {
  ark = await startArk();
});
after(() => ark.close());
afterEach(() => {
  ark.clearScenarios();
  ark.ledger.reset();
});

interface Body {
  readonly [field: string]: unknown;
}

const hello = [{ role: 'user', content: 'Say hello' }];

function ask(
  body: unknown,
  options: { lane?: 'coding' | 'general'; key?: string; signal?: AbortSignal } = {},
): Promise<Response> {
  const { lane = 'coding', key = simulatedKey, signal = null } = options;
  return fetch(`${lane === 'coding' ? ark.codingBaseUrl : ark.generalBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'manual',
    signal,
  });
}

const tool = {
  type: 'function',
  function: {
    name: 'read_file',
    parameters: { type: 'object', required: ['path'], properties: { path: { type: 'string' } } },
  },
};
const image = [
  { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
];
const general = 'general' as const;

/** One request for each row of the refusal tables. */
const refusedRequests: Readonly<
  Record<string, { body?: Body | string; lane?: 'coding' | 'general'; key?: string }>
> = {
  'malformed-key': { key: 'sk-nonsense' },
  'foreign-region-key': { key: foreignRegionKey },
  'plan-missing': { key: keyWithoutPlan },
  'account-overdue': { key: overdueKey },
  'body-not-json': { body: '{"model":' },
  'model-missing': { body: { messages: hello } },
  'messages-missing': { body: { model: 'glm-5.2', messages: [] } },
  'model-unknown': { body: { model: 'gpt-9' } },
  'short-alias-on-general-lane': { body: { model: 'ark-code-latest' }, lane: general },
  'model-not-in-plan': { body: { model: 'seed-2-0-mini-260428' } },
  'model-not-open': { body: { model: 'kimi-k2-7-code-260715' }, lane: general },
  'model-needs-endpoint': { body: { model: 'seed-1-6-250915' }, lane: general },
  'model-does-not-chat': { body: { model: 'seedream-4-5-251128' }, lane: general },
  'both-token-limits': { body: { max_tokens: 10, max_completion_tokens: 10 } },
  'max-tokens-above-ceiling': { body: { model: 'kimi-k2.5', max_tokens: 32_769 } },
  'max-completion-tokens-out-of-range': { body: { max_completion_tokens: 65_537 } },
  'unknown-role': { body: { messages: [{ role: 'developer', content: 'Be short' }, ...hello] } },
  'empty-text-part-in-assistant-history': {
    body: { messages: [...hello, { role: 'assistant', content: [{ type: 'text', text: '' }] }, ...hello] },
  },
  'unknown-content-part': { body: { messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] } },
  'image-to-text-model': { body: { messages: image } },
  'thinking-type-unknown': { body: { thinking: { type: 'maybe' } } },
  'thinking-auto': { body: { thinking: { type: 'auto' } } },
  'thinking-cannot-be-disabled': { body: { model: 'glm-5.3-flash', thinking: { type: 'disabled' } } },
  'effort-not-of-this-model': { body: { model: 'kimi-k2.5', reasoning_effort: 'xhigh' } },
  'thinking-and-effort-do-not-match': { body: { thinking: { type: 'disabled' }, reasoning_effort: 'high' } },
  'too-many-tools': { body: { tools: Array.from({ length: 129 }, () => tool) } },
  'tool-without-type': { body: { tools: [{ function: { name: 'x' } }] } },
  'response-format-json-object': { body: { response_format: { type: 'json_object' } } },
  'response-format-json-schema': {
    body: { model: 'deepseek-v4-pro', response_format: { type: 'json_schema' } },
  },
  'temperature-out-of-range': { body: { temperature: 2.1 } },
  'too-many-stop-words': { body: { stop: ['a', 'b', 'c', 'd', 'e'] } },
  'context-too-long': {
    body: { model: 'gpt-oss-120b', messages: [{ role: 'user', content: 'word '.repeat(100_000) }] },
  },
};

for (const refusal of [...keyRefusals, ...chatRefusals]) {
  if (refusal.name === 'no-key') continue;
  test(`refuses ${refusal.name} (${refusal.source}) with ${refusal.status} ${refusal.code}`, async () => {
    const given = refusedRequests[refusal.name];
    assert.ok(given, 'a row of the table without a request that it refuses');
    const { body, ...options } = given;
    const response = await ask(
      typeof body === 'string' ? body : { model: 'glm-5.2', messages: hello, ...without(body, refusal.name) },
      options,
    );
    const { error } = (await response.json()) as {
      error: { code: string; message: string; type: string; param: string };
    };
    assert.equal(response.status, refusal.status);
    assert.deepEqual(
      [error.code, error.type, error.param],
      [refusal.code, refusal.type, refusal.param ?? ''],
    );
    assert.equal(/Request id: (\w+)$/.exec(error.message)?.[1], response.headers.get('x-request-id'));
    assert.equal((ark.ledger.coding[0] ?? ark.ledger.general[0])?.outcome, 'refused');
  });
}

function without(body: Body | undefined, name: string): Body {
  return name === 'model-missing' ? { model: undefined } : (body ?? {});
}

test('a missing key is refused before anybody looks whether the path exists', async () => {
  for (const path of ['/api/v3/models', '/api/coding/v3/no/such/path', '/nowhere']) {
    assert.equal((await fetch(ark.origin + path)).status, 401, path);
  }
  const withKey = { headers: { authorization: `Bearer ${simulatedKey}` } };
  assert.equal((await fetch(`${ark.codingBaseUrl}/v1/chat/completions`, withKey)).status, 404);
});

test('what is legal is answered: each effort a model has, thinking auto where it is taken, an image to a model that sees', async () => {
  const legal: readonly Body[] = [
    { model: 'glm-5.2', reasoning_effort: 'xhigh' },
    { model: 'dola-seed-2.0-pro', thinking: { type: 'disabled' }, reasoning_effort: 'minimal' },
    { model: 'gpt-oss-120b', thinking: { type: 'auto' } },
    { model: 'dola-seed-2.0-lite', messages: image },
    { model: 'glm-5.2', tools: Array.from({ length: 128 }, () => tool), max_tokens: 131_072 },
  ];
  for (const body of legal) {
    const response = await ask({ messages: hello, ...body });
    assert.equal(response.status, 200, `${JSON.stringify(body).slice(0, 80)} ${await response.text()}`);
  }
});

test('an endpoint id of the account is answered on the general lane and unknown on the coding lane', async () => {
  const body = { model: simulatedEndpointId, messages: hello };
  assert.equal((await ask(body, { lane: general })).status, 200);
  assert.equal((await ask(body)).status, 404);
});
