// Request bodies: golden texts for what is sent, and the rules for what never is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionRequest } from '../../../src/core/completion/connection.ts';
import { createLearnedRefusals } from '../../../src/core/completion/learnedRefusals.ts';
import type { Message } from '../../../src/core/completion/message.ts';
import { type RequestBody, requestBody } from '../../../src/core/completion/requestBody.ts';
import type { Lane } from '../../../src/core/lane/lane.ts';
import type { ModelFacts } from '../../../src/core/lane/modelFacts.ts';
import { laneOf, modelOf } from '../../support/completion/connections.ts';
import { matchesGolden } from '../../support/golden.ts';

const coding = laneOf('byteplus_coding');
const conversation: readonly Message[] = [
  { role: 'system', text: 'You are a careful programmer.' },
  { role: 'user', content: [{ type: 'text', text: 'Explain this.' }] },
  { role: 'assistant', text: 'It adds two numbers.' },
  { role: 'user', content: [{ type: 'text', text: 'And this?' }] },
];

function request(change: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    purpose: 'chat',
    messages: conversation,
    maxOutputTokens: 0,
    thinking: 'default',
    reasoningEffort: 'default',
    ...change,
  };
}

function bodyOf(
  change: Partial<CompletionRequest> = {},
  { lane = coding, facts = modelOf('glm-5.2') }: { lane?: Lane; facts?: ModelFacts } = {},
): RequestBody {
  return requestBody(lane, facts, request(change), createLearnedRefusals());
}

function golden(name: string, body: RequestBody): void {
  matchesGolden(`requestBody/${name}.json`, `${JSON.stringify(body, undefined, 2)}\n`);
}

test('a plain question on the coding lane is the reviewed body', () => {
  golden('codingQuestion', bodyOf());
});

test('a turn with tools, their results and reasoning to replay is the reviewed body', () => {
  golden(
    'toolTurn',
    bodyOf({
      messages: [
        ...conversation,
        {
          role: 'assistant',
          text: '',
          reasoning: 'I have to look.',
          toolCalls: [{ id: 'call-1', name: 'read_file', arguments: '{"path":"a.ts"}' }],
        },
        { role: 'tool', toolCallId: 'call-1', text: 'export const a = 1;' },
      ],
      tools: [
        {
          name: 'read_file',
          description: 'Reads a file.',
          parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
        },
      ],
      thinking: 'enabled',
      reasoningEffort: 'high',
    }),
  );
});

test('an image with a question is the reviewed body', () => {
  golden(
    'imageQuestion',
    bodyOf(
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: '' },
              { type: 'text', text: 'What is this?' },
              { type: 'image', mimeType: 'image/png', base64: 'iVBORw0KGgo=' },
            ],
          },
        ],
      },
      { facts: modelOf('dola-seed-2.0-pro', { vision: true }) },
    ),
  );
});

test('an endpoint that understands little is sent little', () => {
  const lane = laneOf('openai_compatible', {
    quirks: { ...coding.quirks, streamUsage: false, thinking: false, reasoningEffort: false, tools: false },
  });
  golden(
    'plainEndpoint',
    bodyOf(
      {
        tools: [{ name: 'read_file', description: '', parameters: {} }],
        thinking: 'enabled',
        reasoningEffort: 'high',
      },
      { lane },
    ),
  );
});

test('exactly one token limit is sent, the smaller of the wish and what the model can', () => {
  const limit = (body: RequestBody): unknown[] => [body['max_tokens'], body['max_completion_tokens']];
  assert.deepEqual(limit(bodyOf()), [131_072, undefined]);
  assert.deepEqual(limit(bodyOf({ maxOutputTokens: 2_000 })), [2_000, undefined]);
  assert.deepEqual(limit(bodyOf({ maxOutputTokens: 900_000 })), [131_072, undefined]);
  const lane = laneOf('openai_compatible', {
    quirks: { ...coding.quirks, tokenLimitField: 'max_completion_tokens' },
  });
  assert.deepEqual(limit(bodyOf({}, { lane })), [undefined, 131_072]);
});

const controls = (body: RequestBody): unknown[] => [body['thinking'], body['reasoning_effort']];

test('thinking and effort are sent only as the model takes them', () => {
  const facts = modelOf('glm-5.3-flash', { thinking: ['enabled'], efforts: ['low', 'high', 'max'] });
  assert.deepEqual(controls(bodyOf({}, { facts })), [undefined, undefined]);
  assert.deepEqual(controls(bodyOf({ thinking: 'disabled' }, { facts })), [undefined, undefined]);
  assert.deepEqual(controls(bodyOf({ thinking: 'enabled' }, { facts })), [{ type: 'enabled' }, undefined]);
  assert.deepEqual(controls(bodyOf({ reasoningEffort: 'medium' }, { facts })), [undefined, undefined]);
  assert.deepEqual(controls(bodyOf({ reasoningEffort: 'max' }, { facts })), [undefined, 'max']);
  assert.deepEqual(controls(bodyOf({ thinking: 'auto' })), [undefined, undefined]);
});

test('disabled thinking goes with the least effort or none, whatever was wished', () => {
  assert.deepEqual(controls(bodyOf({ thinking: 'disabled', reasoningEffort: 'high' })), [
    { type: 'disabled' },
    undefined,
  ]);
  assert.deepEqual(controls(bodyOf({ thinking: 'disabled', reasoningEffort: 'minimal' })), [
    { type: 'disabled' },
    'minimal',
  ]);
  assert.deepEqual(controls(bodyOf({ thinking: 'enabled', reasoningEffort: 'high' })), [
    { type: 'enabled' },
    'high',
  ]);
});

test('behind a gateway that drops the thinking field the least effort switches thinking off', () => {
  const lane = laneOf('portkey');
  assert.deepEqual(controls(bodyOf({ thinking: 'disabled', reasoningEffort: 'high' }, { lane })), [
    undefined,
    'minimal',
  ]);
  const facts = modelOf('deepseek-v4-pro', { efforts: [] });
  assert.deepEqual(controls(bodyOf({ thinking: 'disabled' }, { lane, facts })), [undefined, undefined]);
});

test('what a model has refused is not sent to it again, but to others', () => {
  const learned = createLearnedRefusals();
  learned.add('coding', 'glm-5.2', 'stream_options');
  learned.add('coding', 'glm-5.2', 'thinking');
  learned.add('coding', 'glm-5.2', 'max_tokens', 32_768);
  const wish = request({ thinking: 'enabled' });
  const refusing = requestBody(coding, modelOf('glm-5.2'), wish, learned);
  assert.deepEqual(
    [refusing['stream_options'], refusing['thinking'], refusing['max_tokens']],
    [undefined, undefined, 32_768],
  );
  const other = requestBody(coding, modelOf('glm-5.1'), wish, learned);
  assert.deepEqual(
    [other['stream_options'], other['thinking'], other['max_tokens']],
    [{ include_usage: true }, { type: 'enabled' }, 131_072],
  );
  learned.add('coding', 'glm-5.2', 'max_tokens');
  assert.equal('max_tokens' in requestBody(coding, modelOf('glm-5.2'), wish, learned), false);
});

test('no turn and no part is empty, and nobody is called developer', () => {
  const body = bodyOf({
    messages: [
      { role: 'system', text: '' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'one' },
          { type: 'text', text: '' },
          { type: 'text', text: 'two' },
        ],
      },
      { role: 'assistant', text: '', reasoning: 'stopped while thinking' },
      { role: 'user', content: [{ type: 'text', text: 'three' }] },
    ],
  });
  assert.deepEqual(body['messages'], [
    { role: 'user', content: 'one\n\ntwo' },
    { role: 'user', content: 'three' },
  ]);
});

test('a model without tools is offered none', () => {
  const tools = [{ name: 'read_file', description: '', parameters: {} }];
  assert.equal('tools' in bodyOf({ tools }, { facts: modelOf('glm-5.2', { tools: false }) }), false);
  assert.equal('tools' in bodyOf({ tools: [] }), false);
  assert.equal(bodyOf({ tools, toolChoice: 'required' })['tool_choice'], 'required');
});
