// The engine as a whole over a scripted transport: what is asked how often, what is delivered, and what is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionError } from '../../../src/core/completion/completionError.ts';
import type { Connection } from '../../../src/core/completion/connection.ts';
import { streamCompletion } from '../../../src/core/completion/streamCompletion.ts';
import {
  canaryKey,
  canaryPrompt,
  connectionOver,
  gather,
  laneOf,
  listed,
  type RecordedConnection,
  requestOf,
} from '../../support/completion/connections.ts';
import { HandClock, settled } from '../../support/completion/handClock.ts';
import {
  type Answer,
  events,
  eventText,
  failure,
  response,
  type ScriptedTransport,
  scriptedTransport,
  silence,
  stall,
} from '../../support/completion/scriptedTransport.ts';

const text = (content: string): object => ({ model: 'glm-5-2-260617', choices: [{ delta: { content } }] });
const finish = (reason = 'stop'): object => ({ choices: [{ delta: {}, finish_reason: reason }] });
const whole = events(text('Hello'), text(' you'), finish(), '[DONE]');
const busy = response(503, ['busy']);

function refusal(status: number, code: string, message = 'no', param = ''): Answer {
  return response(status, [JSON.stringify({ error: { code, message, param, type: 'BadRequest' } })], {
    'x-request-id': '0217aa',
  });
}

interface Setting {
  readonly clock: HandClock;
  readonly transport: ScriptedTransport;
  readonly connection: RecordedConnection;
}

function setting(script: readonly Answer[], change: Partial<Connection> = {}): Setting {
  const clock = new HandClock();
  const transport = scriptedTransport(...script);
  return { clock, transport, connection: connectionOver(transport, { clock, ...change }) };
}

const bodies = ({ transport }: Setting): readonly Record<string, unknown>[] =>
  transport.requests.map(({ body }) => JSON.parse(body ?? '') as Record<string, unknown>);

test('an answer is delivered piece by piece and ends with one finish', async () => {
  const { clock, transport, connection } = setting([
    response(
      200,
      [
        eventText(text('Hello')),
        eventText(text(' you')),
        eventText(finish()),
        eventText({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } }),
        eventText('[DONE]'),
      ],
      { 'x-request-id': '0217bb' },
    ),
  ]);
  const answer = await clock.until(gather(connection));
  assert.equal(answer.text, 'Hello you');
  assert.deepEqual(answer.finish, {
    type: 'finish',
    reason: 'stop',
    rawReason: 'stop',
    usage: { promptTokens: 3, completionTokens: 2, totalTokens: 5 },
    model: 'glm-5-2-260617',
    requestId: '0217bb',
    skippedEvents: 0,
  });
  assert.deepEqual(
    answer.progress.map(({ type }) => type),
    ['sent', 'first-byte'],
  );
  assert.deepEqual(connection.records, [
    {
      lane: 'coding',
      host: '127.0.0.1:9',
      purpose: 'chat',
      transport: 'undici',
      attempt: 1,
      modelAsked: 'glm-5.2',
      modelEchoed: 'glm-5-2-260617',
      status: 200,
      requestId: '0217bb',
      firstByteMs: 0,
      totalMs: 0,
      usage: { promptTokens: 3, completionTokens: 2, totalTokens: 5 },
      outcome: 'ok',
    },
  ]);
  assert.equal(clock.pendingTimers, 0);
  assert.equal(transport.openBodies, 0);
});

test('the request goes where the guard says, with the key, and asks for no compression', async () => {
  const { clock, transport, connection } = setting([whole]);
  await clock.until(gather(connection));
  const [request] = transport.requests;
  assert.equal(request?.url, 'http://127.0.0.1:9/api/coding/v3/chat/completions');
  assert.deepEqual(request.headers, {
    authorization: `Bearer ${canaryKey}`,
    accept: 'text/event-stream',
    'content-type': 'application/json',
  });
});

test('a misrouted lane and an unsendable key never become a request', async () => {
  const misrouted = setting([], {
    lane: laneOf('byteplus_coding', { baseUrl: 'http://127.0.0.1:9/api/v3' }),
  });
  assert.equal((await gather(misrouted.connection)).error?.message, 'wrong-lane/misrouted');
  for (const [key, reason] of [
    ['ark-two words', 'auth/key-unsendable'],
    ['ark-钥匙', 'auth/key-unsendable'],
    ['ark-line\n', 'auth/key-unsendable'],
    ['', 'auth/no-key'],
  ] as const) {
    const { connection } = setting([], { key });
    const { error } = await gather(connection);
    assert.equal(error?.message, reason);
    assert.equal(error.neverSent, true);
    assert.deepEqual(connection.records, []);
  }
});

test('a lane without a need for keys is asked without one', async () => {
  const clock = new HandClock();
  const transport = scriptedTransport(whole);
  const { key: _, ...keyless } = connectionOver(transport, { clock, lane: laneOf('openai_compatible') });
  assert.equal((await clock.until(gather(keyless))).text, 'Hello you');
  assert.equal('authorization' in (transport.requests[0]?.headers ?? {}), false);
});

// Retries

test('a failure before the answer is tried again, at most twice', async () => {
  const { clock, transport, connection } = setting([busy, busy, busy]);
  const { error, progress } = await clock.until(gather(connection));
  assert.equal(error?.message, 'overloaded/busy');
  assert.equal(transport.requests.length, 3);
  assert.deepEqual(
    progress.filter(({ type }) => type === 'retrying').map((step) => 'inMs' in step && step.inMs),
    [250, 500],
  );
  assert.deepEqual(
    connection.records.map(({ attempt, outcome, note }) => [attempt, outcome, note]),
    [
      [1, 'overloaded/busy', 'retry in 0.3 s'],
      [2, 'overloaded/busy', 'retry in 0.5 s'],
      [3, 'overloaded/busy', undefined],
    ],
  );
  assert.deepEqual(
    [error.details.lane, error.details.model, error.details.host],
    ['BytePlus Coding', 'glm-5.2', '127.0.0.1:9'],
  );
});

test('the wait is never nothing and never long, whatever the dice say', async () => {
  for (const [chance, waits] of [
    [0, [100, 100]],
    [0.999, [500, 999]],
  ] as const) {
    const { clock, connection } = setting([busy, busy, busy]);
    clock.chance = chance;
    const { progress } = await clock.until(gather(connection));
    const told = progress
      .filter(({ type }) => type === 'retrying')
      .map((step) => 'inMs' in step && step.inMs);
    assert.deepEqual(told, waits);
  }
});

test('what cannot get better is not tried again', async () => {
  const hopeless: readonly (readonly [Answer, string])[] = [
    [refusal(401, 'AuthenticationError'), 'auth/key-refused'],
    [refusal(403, 'InvalidSubscription'), 'billing/no-subscription'],
    [refusal(404, 'InvalidEndpointOrModel.NotFound'), 'model-unavailable/unknown-model'],
    [refusal(400, 'InvalidParameter', 'no', 'tools'), 'bad-request/parameter'],
    [refusal(429, 'AccountQuotaExceeded'), 'plan-exhausted/window-spent'],
    [refusal(429, 'SetLimitExceeded'), 'plan-exhausted/limit-set'],
    [response(429, [], { 'retry-after': '3600' }), 'rate-limit/wait-long'],
    [response(503, [], { 'retry-after': '61' }), 'overloaded/busy'],
    [response(307, [], { location: 'https://evil.example/' }), 'network/redirected'],
    [failure(completionError('network', 'certificate')), 'network/certificate'],
    [response(200, ['<html>Sign in</html>']), 'network/web-page'],
    [response(200, ['{"hello":1}']), 'malformed/not-an-answer'],
  ];
  for (const [answer, expected] of hopeless) {
    const { clock, transport, connection } = setting([answer]);
    const { error } = await clock.until(gather(connection));
    assert.equal(error?.message, expected);
    assert.equal(transport.requests.length, 1, expected);
  }
});

test('a wait that the provider asks for is kept to', async () => {
  const { clock, connection } = setting([response(429, [], { 'retry-after': '2' }), whole]);
  const { text: delivered, progress } = await clock.until(gather(connection));
  assert.equal(delivered, 'Hello you');
  assert.equal(clock.monotonic(), 2_000);
  assert.equal(progress.find(({ type }) => type === 'retrying')?.type, 'retrying');
});

test('a rate limit waits twice as long as other failures', async () => {
  const { clock, connection } = setting([response(429, []), whole]);
  await clock.until(gather(connection));
  assert.equal(clock.monotonic(), 500);
});

test('an unknown host is asked for once more only, a failing resolver twice', async () => {
  const notFound = failure(completionError('network', 'host-not-found', { systemCode: 'ENOTFOUND' }));
  const tryAgain = failure(completionError('network', 'host-not-found', { systemCode: 'EAI_AGAIN' }));
  for (const [answer, requests] of [
    [notFound, 2],
    [tryAgain, 3],
  ] as const) {
    const { clock, transport, connection } = setting([answer, answer, answer]);
    await clock.until(gather(connection));
    assert.equal(transport.requests.length, requests);
  }
});

test('behind a gateway that retries by itself only what was never sent is tried again', async () => {
  const lane = laneOf('portkey');
  const once = setting([busy], { lane });
  assert.equal((await once.clock.until(gather(once.connection))).error?.message, 'overloaded/busy');
  const refused = failure(completionError('network', 'connection-refused', {}, { neverSent: true }));
  const again = setting([refused, whole], { lane });
  assert.equal((await again.clock.until(gather(again.connection))).text, 'Hello you');
});

test('an empty finished turn is tried again, reasoning alone is not', async () => {
  const empty = events(finish(), '[DONE]');
  const recovering = setting([empty, whole]);
  assert.equal((await recovering.clock.until(gather(recovering.connection))).text, 'Hello you');
  const hopeless = setting([empty, empty, empty]);
  assert.equal(
    (await hopeless.clock.until(gather(hopeless.connection))).error?.message,
    'malformed/empty-answer',
  );
  const thinking = events({ choices: [{ delta: { reasoning_content: 'Hm.' } }] }, finish(), '[DONE]');
  const thought = setting([thinking]);
  const answer = await thought.clock.until(gather(thought.connection));
  assert.deepEqual([answer.reasoning, answer.finish?.reason], ['Hm.', 'stop']);
});

test('an empty turn that says why is delivered as it is', async () => {
  for (const [reason, expected] of [
    ['length', 'length'],
    ['content_filter', 'content-filter'],
  ] as const) {
    const { clock, connection } = setting([events(finish(reason), '[DONE]')]);
    assert.equal((await clock.until(gather(connection))).finish?.reason, expected);
  }
});

test('a turn of tool calls alone is not empty', async () => {
  const call = { index: 0, id: 'a', function: { name: 'read', arguments: '{}' } };
  const { clock, connection } = setting([
    events({ choices: [{ delta: { tool_calls: [call] } }] }, finish('tool_calls'), '[DONE]'),
  ]);
  const answer = await clock.until(gather(connection));
  assert.deepEqual(answer.toolCalls, [
    { type: 'tool-call', id: 'a', name: 'read', arguments: { valid: true, value: {} } },
  ]);
  assert.equal(answer.finish?.reason, 'tool-calls');
});

test('after the first piece nothing is tried again, and the error tells how much there was', async () => {
  const lost = completionError('network', 'connection-lost');
  const { clock, transport, connection } = setting([response(200, [eventText(text('Hello')), lost])]);
  const { text: delivered, error } = await clock.until(gather(connection));
  assert.equal(delivered, 'Hello');
  assert.equal(error?.message, 'network/connection-lost');
  assert.equal(error.details.characters, 5);
  assert.equal(transport.requests.length, 1);
});

test('pieces of a tool call count as a beginning', async () => {
  const piece = { choices: [{ delta: { tool_calls: [{ index: 0, function: { name: 'f' } }] } }] };
  const lost = completionError('network', 'connection-lost');
  const { clock, transport, connection } = setting([response(200, [eventText(piece), lost])]);
  const { error, toolCalls } = await clock.until(gather(connection));
  assert.deepEqual(
    [error?.message, toolCalls, transport.requests.length],
    ['network/connection-lost', [], 1],
  );
});

test('a connection that goes after the finish reason takes nothing away', async () => {
  const lost = completionError('network', 'connection-lost');
  const { clock, connection } = setting([
    response(200, [eventText(text('Hello')), eventText(finish()), lost]),
  ]);
  const answer = await clock.until(gather(connection));
  assert.deepEqual([answer.text, answer.finish?.reason, answer.error], ['Hello', 'stop', undefined]);
});

test('a stream that stays open after [DONE] ends at once, one without [DONE] after a moment', async () => {
  const done = setting([response(200, [eventText(text('Hi')), eventText('[DONE]'), stall])]);
  assert.equal((await done.clock.until(gather(done.connection))).finish?.reason, 'stop');
  assert.equal(done.clock.monotonic(), 250);
  const open = setting([response(200, [eventText(text('Hi')), eventText(finish()), stall])]);
  assert.equal((await open.clock.until(gather(open.connection))).finish?.reason, 'stop');
  assert.equal(open.clock.monotonic(), 5_000);
});

test('the finish is delivered before the end of the body, and a reader that leaves with it is waited for', async () => {
  const { clock, transport, connection } = setting([
    response(200, [eventText(text('Hi')), eventText('[DONE]'), stall]),
  ]);
  const controller = new AbortController();
  const options = { signal: controller.signal };
  let finishedAt: number | undefined;
  const reading = (async () => {
    for await (const delta of streamCompletion(connection, requestOf(), options)) {
      if (delta.type !== 'finish') continue;
      finishedAt = clock.monotonic();
      return;
    }
  })();
  await settled();
  assert.equal(finishedAt, 0);
  assert.equal(transport.openBodies, 1);
  // What is stopped now is no answer any more.
  controller.abort(new Error('too late'));
  await reading;
  assert.equal(transport.openBodies, 0);
  assert.equal(connection.records[0]?.outcome, 'ok');
  assert.equal(clock.pendingTimers, 0);
});

test('six broken events in a row end an answer, five do not', async () => {
  const broken = (count: number): readonly string[] => Array.from({ length: count }, () => '{"cho');
  const good = setting([events(text('a'), ...broken(5), text('b'), finish(), '[DONE]')]);
  const answer = await good.clock.until(gather(good.connection));
  assert.deepEqual([answer.text, answer.finish?.skippedEvents], ['ab', 5]);
  assert.equal(good.connection.records[0]?.note, 'skipped 5');
  const bad = setting([events(text('a'), ...broken(6), text('b'))]);
  const { text: delivered, error } = await bad.clock.until(gather(bad.connection));
  assert.deepEqual([delivered, error?.message], ['a', 'malformed/broken-events']);
  const nothing = setting([events('x', '[DONE]')]);
  assert.equal(
    (await nothing.clock.until(gather(nothing.connection))).error?.message,
    'malformed/broken-events',
  );
});

test('a whole answer in JSON is an answer', async () => {
  const message = {
    content: 'Hello',
    reasoning_content: 'Hm.',
    tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
  };
  const { clock, connection } = setting([
    response(200, [JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] })]),
  ]);
  const answer = await clock.until(gather(connection));
  assert.deepEqual(
    [answer.text, answer.reasoning, answer.toolCalls.length, answer.finish?.reason],
    ['Hello', 'Hm.', 1, 'tool-calls'],
  );
});

// Degradations and moves

test('a parameter that is refused is left out once, and not sent again later', async () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['stream_options', '', 'Unsupported parameter: stream_options'],
    ['stream_options', 'stream_options.include_usage', 'no'],
    ['thinking', 'thinking.type', 'no'],
    ['reasoning_effort', '', 'Invalid combination of reasoning_effort and thinking type.'],
  ];
  const request = requestOf({ thinking: 'enabled', reasoningEffort: 'high' });
  for (const [field, param, message] of cases) {
    const scene = setting([refusal(400, 'InvalidParameter', message, param), whole, whole]);
    const { text: delivered, progress } = await scene.clock.until(gather(scene.connection, { request }));
    assert.equal(delivered, 'Hello you');
    await scene.clock.until(gather(scene.connection, { request }));
    assert.deepEqual(
      bodies(scene).map((body) => field in body),
      [true, false, false],
    );
    assert.equal(scene.connection.records[0]?.note, `dropped ${field}`);
    assert.ok(progress.some((step) => step.type === 'degraded' && step.field === field));
  }
});

test('a token limit that is too high is lowered to the one that is named', async () => {
  const message = 'expected a value <= 32768, but got 131072 instead';
  const scene = setting([refusal(400, 'InvalidParameter', message, 'max_tokens'), whole]);
  const { progress } = await scene.clock.until(gather(scene.connection));
  assert.ok(progress.some((step) => step.type === 'degraded' && step.limit === 32_768));
  assert.deepEqual(
    bodies(scene).map((body) => body['max_tokens']),
    [131_072, 32_768],
  );
  assert.equal(scene.connection.records[0]?.note, 'limited max_tokens to 32768');
});

test('a parameter that was not sent is not left out', async () => {
  const scene = setting([refusal(400, 'InvalidParameter', 'thinking is not valid', 'thinking')]);
  assert.equal((await scene.clock.until(gather(scene.connection))).error?.message, 'bad-request/parameter');
  assert.equal(scene.transport.requests.length, 1);
});

const mismatches = [
  refusal(404, 'InvalidEndpointOrModel.NotFound'),
  refusal(404, 'InvalidEndpointOrModel.ModelIDAccessDisabled'),
  refusal(404, 'ModelNotOpen'),
  refusal(404, 'UnsupportedModel'),
  refusal(400, 'model_not_found'),
  refusal(410, 'unsupported_model'),
  refusal(422, 'InvalidParameter', 'no', 'model'),
  events({ error: { code: 'UnsupportedModel', message: 'no' } }),
];

test('in auto a model that is not there gives way to the next, and nothing else makes it', async () => {
  for (const mismatch of mismatches) {
    const scene = setting([mismatch, whole], { candidates: listed('glm-5.2', 'kimi-k2.5') });
    const { text: delivered, progress } = await scene.clock.until(gather(scene.connection));
    assert.equal(delivered, 'Hello you');
    assert.deepEqual(
      bodies(scene).map(({ model }) => model),
      ['glm-5.2', 'kimi-k2.5'],
    );
    assert.equal(scene.connection.records[0]?.note, 'moved to kimi-k2.5');
    assert.ok(progress.some((step) => step.type === 'model-moved' && step.to === 'kimi-k2.5'));
  }
  const others = [refusal(401, 'AuthenticationError'), refusal(403, 'AccessDenied'), refusal(404, 'Else')];
  for (const other of others) {
    const scene = setting([other], { candidates: listed('glm-5.2', 'kimi-k2.5') });
    await scene.clock.until(gather(scene.connection));
    assert.equal(scene.transport.requests.length, 1);
  }
});

test('a pinned model never moves, and auto moves at most twice', async () => {
  const gone = refusal(404, 'UnsupportedModel');
  const pinned = setting([gone]);
  assert.equal(
    (await pinned.clock.until(gather(pinned.connection))).error?.message,
    'model-unavailable/not-in-plan',
  );
  const auto = setting([gone, gone, gone], { candidates: listed('a', 'b', 'c', 'd') });
  const { error } = await auto.clock.until(gather(auto.connection));
  assert.equal(error?.details.model, 'c');
  assert.equal(auto.transport.requests.length, 3);
});

test('one completion is never more than four requests', async () => {
  const scene = setting(
    [refusal(404, 'UnsupportedModel'), refusal(400, 'InvalidParameter', 'no', 'stream_options'), busy, busy],
    { candidates: listed('a', 'b', 'c') },
  );
  const { error } = await scene.clock.until(gather(scene.connection));
  assert.equal(error?.message, 'overloaded/busy');
  assert.deepEqual(
    scene.connection.records.map(({ note }) => note),
    ['moved to b', 'dropped stream_options', 'retry in 0.3 s', undefined],
  );
});

// Stopping

test('an abort throws its own reason wherever it comes, leaves nothing running and is no error', async () => {
  const reason = new Error('stopped by the user');
  const places: readonly (readonly [string, readonly Answer[], number, string])[] = [
    ['before the head', [silence], 0, ''],
    ['while it waits to try again', [busy], 10, ''],
    ['after the head', [response(200, [stall])], 0, ''],
    ['within the answer', [response(200, [eventText(text('Hi')), stall])], 0, 'Hi'],
    [
      'between finish and [DONE]',
      [response(200, [eventText(text('Hi')), eventText(finish()), stall])],
      0,
      'Hi',
    ],
  ];
  for (const [place, script, after, expected] of places) {
    const { clock, transport, connection } = setting(script);
    const controller = new AbortController();
    let delivered = '';
    const reading = gather(connection, {
      signal: controller.signal,
      onDelta: (delta) => {
        if (delta.type === 'text') delivered += delta.text;
      },
    });
    reading.catch(() => undefined);
    await settled();
    await clock.advance(after);
    controller.abort(reason);
    await assert.rejects(reading, reason, place);
    assert.equal(delivered, expected, place);
    assert.equal(clock.pendingTimers, 0, place);
    assert.equal(transport.openBodies, 0, place);
    const outcomes = connection.records.map(({ outcome }) => outcome);
    assert.deepEqual(outcomes, [after === 0 ? 'stopped' : 'overloaded/busy'], place);
  }
});

test('an abort from within the answer delivers nothing more, even of what is here', async () => {
  const { connection } = setting([
    response(200, [[text('a'), text('b'), text('c')].map(eventText).join('')]),
  ]);
  const controller = new AbortController();
  const delivered: string[] = [];
  const reading = gather(connection, {
    signal: controller.signal,
    onDelta: (delta) => {
      delivered.push(delta.type);
      controller.abort(new Error('enough'));
    },
  });
  await assert.rejects(reading, /enough/);
  assert.deepEqual(delivered, ['text']);
});

test('an aborted signal makes no request at all', async () => {
  const { transport, connection } = setting([]);
  await assert.rejects(gather(connection, { signal: AbortSignal.abort(new Error('before')) }), /before/);
  assert.equal(transport.requests.length, 0);
});

test('leaving the loop closes the connection and is told as stopped', async () => {
  const { clock, transport, connection } = setting([response(200, [eventText(text('Hi')), stall])]);
  for await (const delta of streamCompletion(connection, requestOf(), {
    signal: new AbortController().signal,
  })) {
    assert.equal(delta.type, 'text');
    break;
  }
  assert.equal(transport.openBodies, 0);
  assert.equal(clock.pendingTimers, 0);
  assert.equal(connection.records[0]?.outcome, 'stopped');
});

test('two completions over one connection do not know of each other', async () => {
  const call = (name: string): object => ({
    choices: [{ delta: { tool_calls: [{ index: 0, id: name, function: { name, arguments: '{}' } }] } }],
  });
  const { clock, connection } = setting([
    events(call('first'), finish('tool_calls')),
    events(call('second'), finish('tool_calls')),
  ]);
  const answers = await clock.until(Promise.all([gather(connection), gather(connection)]));
  assert.deepEqual(
    answers.map(({ toolCalls }) => toolCalls.map(({ name }) => name)),
    [['first'], ['second']],
  );
});

// What is told

test('neither key nor prompt is in any record or error, and the key in no trace', async () => {
  const echo = `You sent Bearer ${canaryKey}`;
  for (const answer of [
    refusal(401, 'AuthenticationError', echo),
    response(200, [eventText({ error: { message: echo, code: canaryKey } })]),
    response(404, [`<html>${echo}</html>`]),
    events(text('Hi'), { model: canaryKey, choices: [{ delta: {}, finish_reason: canaryKey }] }),
  ]) {
    const { clock, connection } = setting([answer, busy, busy]);
    const { error, finish: end } = await clock.until(gather(connection));
    const told = JSON.stringify([error?.toRecord(), error?.stack, connection.records, end]);
    assert.ok(!told.includes(canaryKey), told);
    assert.ok(!told.includes(canaryPrompt));
    assert.ok(!connection.traces.join('\n').includes(canaryKey));
    assert.ok(connection.traces.join('\n').includes(canaryPrompt), 'traces are for bodies');
  }
});
