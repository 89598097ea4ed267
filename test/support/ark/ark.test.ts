// Proves the simulated ModelArk itself: its answers, the shape of its streams, its lists, and its ledger.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { simulatedKey } from './keys.ts';
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

interface Chunk {
  readonly model: string;
  readonly choices: readonly {
    readonly delta: {
      readonly content?: string;
      readonly reasoning_content?: string;
      readonly encrypted_content?: string;
      readonly tool_calls?: readonly {
        readonly index: number;
        readonly id?: string;
        readonly function: { readonly name?: string; readonly arguments: string };
      }[];
    };
    readonly finish_reason?: string;
  }[];
  readonly usage?: { readonly total_tokens: number } | null;
}

async function chunksOf(
  response: Response,
): Promise<{ chunks: Chunk[]; text: string; ended: string | undefined }> {
  const events = (await response.text()).split('\n\n').filter((event) => event !== '');
  const ended = events.at(-1) === 'data: [DONE]' ? events.pop() : undefined;
  const chunks = events.map((event) => JSON.parse(event.slice('data: '.length)) as Chunk);
  return { chunks, ended, text: chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('') };
}

const tool = {
  type: 'function',
  function: {
    name: 'read_file',
    parameters: { type: 'object', required: ['path'], properties: { path: { type: 'string' } } },
  },
};
const general = 'general' as const;

test('a stream brings reasoning, the encrypted summary, content, the finish, usage alone, and [DONE]', async () => {
  const response = await ask({
    model: 'dola-seed-2.0-pro',
    messages: hello,
    stream: true,
    stream_options: { include_usage: true },
  });
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  const { chunks, text, ended } = await chunksOf(response);
  const kinds = chunks.map(({ choices }) => {
    const [choice] = choices;
    if (choice === undefined) return 'usage';
    if (choice.finish_reason !== undefined) return choice.finish_reason;
    if (choice.delta.reasoning_content !== undefined) return 'reasoning';
    return choice.delta.encrypted_content === undefined ? 'content' : 'encrypted';
  });
  assert.deepEqual(
    kinds.filter((kind, index) => kind !== kinds[index - 1]),
    ['reasoning', 'encrypted', 'content', 'stop', 'usage'],
  );
  assert.ok(chunks.slice(0, -1).every(({ usage }) => usage === null));
  assert.ok((chunks.at(-1)?.usage?.total_tokens ?? 0) > 0);
  assert.ok(chunks.every(({ model }) => model === 'seed-2-0-pro-260328'));
  assert.equal(ended, 'data: [DONE]');
  const plain = (await (await ask({ model: 'dola-seed-2.0-pro', messages: hello })).json()) as {
    choices: { message: { content: string } }[];
  };
  assert.equal(plain.choices[0]?.message.content, text, 'the plain answer says the same');
});

test('an explanation names the functions that were sent, and an edit gives the code back changed', async () => {
  const code = '```python\ndef add_all(numbers):\n    return sum(numbers)\n```';
  const of = async (question: string) =>
    (
      await chunksOf(
        await ask({
          model: 'glm-5.2',
          stream: true,
          messages: [{ role: 'user', content: `${question}\n\n${code}` }],
        }),
      )
    ).text;
  const explained = await of('Explain this');
  assert.match(explained, /^## [\s\S]*`add_all`[\s\S]*\| --- \|[\s\S]*```python\n/);
  assert.match(
    await of('Document this, only code'),
    /^```python\ndef add_all\(numbers\):\n {4}""".+"""\n {4}return sum\(numbers\)\n```$/,
  );
  assert.match(await of('Rename add_all to total'), /def total\(numbers\)/);
  assert.equal(explained, await of('Explain this'), 'the same question has the same answer');
});

test('an answer that hit the token limit goes on where it stopped', async () => {
  const first = { model: 'glm-5.2', stream: true, max_tokens: 7 };
  const question = { role: 'user', content: 'How are lists sorted?' };
  const cut = await chunksOf(await ask({ ...first, messages: [question] }));
  assert.equal(cut.chunks.at(-1)?.choices[0]?.finish_reason, 'length');
  const more = [question, { role: 'assistant', content: cut.text }, { role: 'user', content: 'Continue' }];
  const rest = await chunksOf(await ask({ ...first, max_tokens: 9000, messages: more }));
  const whole = await chunksOf(await ask({ ...first, max_tokens: 9000, messages: [question] }));
  // The table of what arrived differs between the two requests; all up to there is the same.
  assert.ok(whole.text.startsWith((cut.text + rest.text).slice(0, 120)), cut.text + rest.text);
});

test('a tool that the prompt asks for is called, its arguments split; its result is summed up', async () => {
  const question = { role: 'user', content: 'tool: read_file {"path":"src/größe.ts"}' };
  const { chunks } = await chunksOf(
    await ask({ model: 'glm-5.2', messages: [question], tools: [tool], stream: true }),
  );
  const calls = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
  assert.equal(calls[0]?.function.name, 'read_file');
  assert.ok(calls.length > 3);
  assert.equal(calls.map((call) => call.function.arguments).join(''), '{"path":"src/größe.ts"}');
  assert.equal(chunks.at(-1)?.choices[0]?.finish_reason, 'tool_calls');
  const call = { id: calls[0]?.id, type: 'function', function: { name: 'read_file', arguments: '{}' } };
  const history = [
    question,
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: call.id, content: 'export const size = 1;' },
  ];
  const { text } = await chunksOf(
    await ask({ model: 'glm-5.2', messages: history, tools: [tool], stream: true }),
  );
  assert.match(text, /export const size = 1;/);
});

test('both lanes list the whole platform: dated ids, other domains, dead models, and not every plan model', async () => {
  for (const base of [ark.codingBaseUrl, ark.generalBaseUrl]) {
    const response = await fetch(`${base}/models`, { headers: { authorization: `Bearer ${simulatedKey}` } });
    const { data } = (await response.json()) as { data: { id: string; status?: string; domain: string }[] };
    assert.ok(
      data.some(({ status }) => status === 'Shutdown') && data.some(({ status }) => status === 'Retiring'),
    );
    assert.ok(
      data.some(({ domain }) => domain === 'Embedding') &&
        data.some(({ domain }) => domain === 'ImageGeneration'),
    );
    assert.ok(data.every(({ id }) => /-\d{6}$/.test(id)));
    assert.ok(!data.some(({ id }) => id.startsWith('kimi-k2-5')));
  }
});

test('an alias and the router echo a dated id', async () => {
  for (const [asked, echoed] of [
    ['glm-4.7', 'glm-4-7-251222'],
    ['ark-code-latest', 'glm-5-2-260617'],
  ]) {
    const { model } = (await (await ask({ model: asked, messages: hello })).json()) as { model: string };
    assert.equal(model, echoed);
  }
});

test('the ledger keeps each request on its lane and never shows the key', async () => {
  await (await ask({ model: 'glm-5.2', messages: hello })).text();
  await (await ask({ model: 'glm-5-2-260617', messages: hello }, { lane: general })).text();
  await ask({ model: 'glm-5.2' }, { key: 'sk-canary-not-a-key' });
  assert.deepEqual(
    ark.ledger.coding.map((entry) => [entry.model, entry.outcome, entry.authorization]),
    [
      ['glm-5.2', 'answered', 'good'],
      ['glm-5.2', 'refused', 'bad'],
    ],
  );
  assert.deepEqual(
    ark.ledger.general.map(({ body }) => body),
    [{ model: 'glm-5-2-260617', messages: hello }],
  );
  assert.ok(ark.ledger.coding[1]?.keyIs('sk-canary-not-a-key'));
  const dump = JSON.stringify(ark.ledger);
  assert.ok(!dump.includes(simulatedKey) && !dump.includes('sk-canary'));
});

test('the ledger sees the client hang up in the middle of a stream', async () => {
  const controller = new AbortController();
  ark.setAnswer({ content: 'one two three four', holdAfter: 2, until: new Promise(() => undefined) });
  await ask({ model: 'glm-5.2', messages: hello, stream: true }, { signal: controller.signal });
  await ark.ledger.waitFor(({ coding }) => coding[0]?.deltasSent === 2);
  assert.equal(ark.ledger.coding[0]?.clientHungUp, false);
  controller.abort();
  const entry = await ark.ledger.waitFor(({ coding }) => coding.find(({ clientHungUp }) => clientHungUp));
  assert.equal(entry.deltasSent, 2);
  assert.ok((entry.hungUpAfterMs ?? -1) >= 0);
});
