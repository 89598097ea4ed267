// The line of a request in the log: everything that was measured, nothing that could forge or leak.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redacted } from '../../../src/core/usage/redacted.ts';
import { requestLine } from '../../../src/core/usage/requestLine.ts';
import type { RequestRecord } from '../../../src/core/usage/requestRecord.ts';

const record: RequestRecord = {
  lane: 'coding',
  host: 'ark.ap-southeast.bytepluses.com',
  purpose: 'chat',
  transport: 'editor',
  attempt: 1,
  modelAsked: 'glm-5.2',
  modelEchoed: 'glm-5-2-260601',
  status: 200,
  requestId: '0217-abc',
  firstByteMs: 812.4,
  totalMs: 4_210,
  usage: {
    promptTokens: 1_204,
    completionTokens: 356,
    totalTokens: 1_560,
    cachedTokens: 1_024,
    reasoningTokens: 200,
  },
  outcome: 'ok',
};

test('an answered request', () => {
  assert.equal(
    requestLine(record),
    '[coding] · chat · ark.ap-southeast.bytepluses.com · glm-5.2 → glm-5-2-260601 · via editor · 200 · ok' +
      ' · first byte 812 ms · total 4.2 s · tokens 1204 in (1024 cached), 356 out (200 thinking) · id 0217-abc',
  );
});

test('a refused second request', () => {
  const { modelEchoed: _echoed, usage: _usage, firstByteMs: _first, ...rest } = record;
  assert.equal(
    requestLine({
      ...rest,
      attempt: 2,
      status: 429,
      totalMs: 90,
      outcome: 'rate-limit/too-fast',
      providerCode: 'RequestBurstTooFast',
      note: 'retry in 2 s',
    }),
    '[coding] · chat · ark.ap-southeast.bytepluses.com · glm-5.2 · via editor · request 2 · 429' +
      ' · rate-limit/too-fast · code RequestBurstTooFast · total 90 ms · id 0217-abc · retry in 2 s',
  );
});

test('what a server sent cannot forge a second line or colour the first', () => {
  const line = requestLine({
    ...record,
    modelEchoed: 'x\n2026-11-20 [info] all is well',
    requestId: '\u001b[31mred\u202e',
    providerCode: 'y'.repeat(1_000),
  });
  assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
  assert.ok(line.length < 800);
});

test('what looks like a key is taken out of a trace', () => {
  const key = 'ark-0f3b2c1d-1111-2222-3333-444455556666-abcde';
  for (const text of [
    `Authorization: Bearer ${key}`,
    JSON.stringify({ api_key: 'abcdef123456' }),
    `the key is ${key}.`,
    '"x-portkey-api-key": "pk_live_12345678"',
  ]) {
    const clean = redacted(text);
    assert.match(clean, /‹redacted›/, text);
    assert.doesNotMatch(clean, /abcdef123456|0f3b2c1d|12345678/, text);
  }
  const body = '{"messages":[{"role":"user","content":"How do I bear this secret: yes?"}]}';
  assert.equal(redacted(body), body);
});
