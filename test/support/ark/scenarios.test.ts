// Proves the scenarios: each row of the fault matrix has one, each sends what it says, and none outlives its client.
import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import { simulatedKey } from './keys.ts';
import { sampleText } from './sampleAnswer.ts';
import { scenarios } from './scenarios.ts';
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

interface Outcome {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** `cut`: the connection ended before the body did. `left`: we went after `enough` bytes or when nothing came. */
  readonly end: 'clean' | 'cut' | 'left';
}

/** A client without opinions: no decoding, no redirects, no retry. It leaves after `enough` bytes or `patience` ms of silence. */
function ask(
  endpoint: 'chat' | 'models',
  words = 'Hello',
  enough = 2_000_000,
  patience = 2_000,
): Promise<Outcome> {
  const path = endpoint === 'chat' ? '/chat/completions' : '/models';
  const messages = [{ role: 'user', content: words }];
  const body = endpoint === 'chat' ? JSON.stringify({ model: 'glm-5.2', stream: true, messages }) : '';
  return new Promise((resolve) => {
    const request = httpRequest(`${ark.codingBaseUrl}${path}`, {
      method: endpoint === 'chat' ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${simulatedKey}`,
        ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
      agent: false,
    });
    const parts: Buffer[] = [];
    let size = 0;
    let head: IncomingMessage | undefined;
    const settle = (end: Outcome['end']): void => {
      clearTimeout(timer);
      request.destroy();
      resolve({
        status: head?.statusCode,
        headers: head?.headers ?? {},
        text: Buffer.concat(parts).toString(),
        end,
      });
    };
    const timer = setTimeout(() => {
      settle('left');
    }, patience);
    request.on('error', () => {
      settle('cut');
    });
    request.on('response', (response) => {
      head = response;
      timer.refresh();
      response.on('data', (part: Buffer) => {
        // A comment is no sign of life: else pings would keep us here.
        if (!part.toString().startsWith(': ping')) timer.refresh();
        parts.push(part);
        size += part.length;
        if (size >= enough) settle('left');
      });
      response.on('error', () => {
        settle('cut');
      });
      response.on('end', () => {
        settle(response.complete ? 'clean' : 'cut');
      });
    });
    request.end(body);
  });
}

function contentOf(text: string): string {
  return [...text.matchAll(/^data: (\{"choices":\[\{"index":0.*)$/gm)]
    .map(
      (match) =>
        (JSON.parse(match[1] ?? '') as { choices: { delta: { content?: string } }[] }).choices[0]?.delta
          .content ?? '',
    )
    .join('');
}

test('every fault that a server can do has a scenario', () => {
  const rows = new Set(scenarios.flatMap((scenario) => scenario.rows));
  const faults = Array.from({ length: 50 }, (_, index) => `F${index + 10}`);
  const abuses = ['A07', 'A08', 'A09', 'A10', 'A11', 'A12', 'A13', 'A14', 'A15', 'A16', 'A35', 'A36', 'A37'];
  assert.deepEqual(
    [...faults, ...abuses].filter((row) => !rows.has(row)),
    [],
  );
});

test('scenario names are told apart', () => {
  const names = scenarios.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index || !/^[a-z0-9-]+$/.test(name)),
    [],
  );
});

for (const scenario of scenarios) {
  test(`${scenario.name} (${scenario.rows.join(' ')}) happens once, and the next request is answered`, async () => {
    ark.setScenario(scenario.name, { times: 1 });
    // Long enough for it to begin; how it goes on is the next tests' affair.
    await ask(scenario.endpoint, 'Hello', 2_000_000, 250);
    const entry = await ark.ledger.waitFor(({ coding }) =>
      coding.find(({ finishedAt }) => finishedAt !== undefined),
    );
    const conditional = scenario.name.startsWith('refuse-');
    assert.equal(entry.outcome, conditional ? 'answered' : 'faulted');
    assert.equal(entry.scenario, conditional ? undefined : scenario.name);
    assert.equal((await ask(scenario.endpoint)).end, 'clean');
    assert.equal(ark.ledger.coding[1]?.outcome, 'answered');
  });
}

async function outcomeOf(name: string): Promise<Outcome> {
  ark.setScenario(name, { times: 1 });
  return ask('chat');
}

test('the connection ends as each scenario says', async () => {
  const ends = {
    'close-before-headers': 'cut',
    'reset-before-headers': 'cut',
    'headers-stall': 'left',
    'reset-after-headers': 'cut',
    'close-after-headers': 'cut',
    'empty-body': 'clean',
    'reset-mid-stream': 'cut',
    'close-mid-stream': 'cut',
    'end-without-proof': 'clean',
    'end-mid-line': 'clean',
    'done-socket-open': 'left',
    'idle-stall': 'left',
    'pings-for-ever': 'left',
    'http-1-0': 'clean',
    'content-length-too-big': 'cut',
    runaway: 'left',
  };
  for (const [name, end] of Object.entries(ends)) assert.equal((await outcomeOf(name)).end, end, name);
});

test('what a scenario says is kept is what it sent before its fault', async () => {
  for (const name of [
    'reset-mid-stream',
    'close-mid-stream',
    'end-without-proof',
    'error-after-deltas',
    'idle-stall',
    'http-1-0',
    'one-byte-segments',
    'one-byte-chunks',
  ]) {
    const expected = scenarios.find((scenario) => scenario.name === name)?.text;
    assert.equal(contentOf((await outcomeOf(name)).text), expected, name);
  }
});

test('refusals of one optional field last as long as the field is sent', async () => {
  ark.setScenario('refuse-thinking');
  const send = (more: object) =>
    fetch(`${ark.codingBaseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${simulatedKey}` },
      body: JSON.stringify({ model: 'glm-5.2', messages: [{ role: 'user', content: 'Hi' }], ...more }),
    });
  assert.equal((await send({ thinking: { type: 'enabled' } })).status, 400);
  assert.equal((await send({})).status, 200);
  assert.deepEqual(
    ark.ledger.coding.map(({ outcome }) => outcome),
    ['faulted', 'answered'],
  );
});

test('Retry-After comes in seconds, milliseconds, as a date and as garbage; the reset instant has its offset', async () => {
  assert.equal((await outcomeOf('rate-limit-retry-after-1')).headers['retry-after'], '1');
  assert.equal((await outcomeOf('rate-limit-retry-after-ms')).headers['retry-after-ms'], '40');
  assert.equal((await outcomeOf('rate-limit-retry-after-garbage')).headers['retry-after'], 'abc');
  const wait =
    Date.parse((await outcomeOf('rate-limit-http-date')).headers['retry-after'] ?? '') - Date.now();
  assert.ok(wait > 0 && wait <= 2000);
  const { text } = await outcomeOf('quota-5-hour');
  const [, day, time] = /5-hour usage quota\. It will reset at (\S+) (\S+) \+0800 CST/.exec(text) ?? [];
  const left = Date.parse(`${day}T${time}+08:00`) - Date.now();
  assert.ok(Math.abs(left - 2 * 3_600_000) < 2000);
});

test('a redirect names the other origin, and nothing goes there by itself', async () => {
  const other = await startArk();
  ark.setScenario('redirect-307', { to: other.origin });
  const { status, headers } = await ask('chat');
  assert.deepEqual([status, headers.location], [307, `${other.codingBaseUrl}/chat/completions`]);
  assert.deepEqual(other.ledger.coding, []);
  await other.close();
});

test('scenarios queue up, keep to their lane and endpoint, and can be spoken', async () => {
  ark.setScenario('error-503-json', { times: 2 });
  ark.setScenario('rate-limit', { lane: 'general' });
  ark.setScenario('models-401');
  ark.setAnswer({ content: ['planned'] }, { times: 1 });
  assert.equal((await ask('chat')).status, 503);
  assert.equal((await ask('models')).status, 401);
  assert.equal((await ask('chat')).status, 503);
  assert.equal(contentOf((await ask('chat')).text), 'planned');
  const spoken = 'Please answer\n/scenario error-529-json x1';
  assert.equal((await ask('chat', spoken)).status, 529);
  assert.equal((await ask('chat', spoken)).status, 200);
  assert.match(contentOf((await ask('chat', '/scenario list')).text), /\| `idle-stall` \| F49 \|/);
  ark.clearScenarios();
  assert.match(contentOf((await ask('chat', '/scenario models-500')).text), /models-500/);
  assert.deepEqual([(await ask('models')).status, (await ask('models')).status], [500, 200]);
  assert.equal(contentOf((await ask('chat', '/scenario crlf')).text.replaceAll('\r', '')), sampleText);
});
