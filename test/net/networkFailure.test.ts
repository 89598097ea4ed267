// What clients throw below HTTP, in all its shapes → the error a user can act on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FailurePhase, networkFailure } from '../../src/net/networkFailure.ts';

function coded(code: string, more: object = {}): Error {
  return Object.assign(new Error(code), { code, ...more });
}

function mapped(thrown: unknown, phase: FailurePhase = 'connecting'): string {
  const url = 'https://ark.example/api/coding/v3/chat/completions';
  const error = networkFailure(thrown, { url, phase, connectSeconds: 10 });
  assert.equal(error.cause, thrown);
  assert.equal(error.details.host, 'ark.example');
  return `${error.message}${error.neverSent ? ' never sent' : ''}`;
}

const connecting: readonly (readonly [string, string])[] = [
  ['ENOTFOUND', 'network/host-not-found never sent'],
  ['EAI_AGAIN', 'network/host-not-found never sent'],
  ['ECONNREFUSED', 'network/connection-refused never sent'],
  ['EHOSTUNREACH', 'network/connection-refused never sent'],
  ['ENETUNREACH', 'network/connection-refused never sent'],
  ['ECONNRESET', 'network/connection-lost'],
  ['EPIPE', 'network/connection-lost'],
  ['UND_ERR_SOCKET', 'network/connection-lost'],
  ['HPE_INVALID_CONSTANT', 'network/connection-lost'],
  ['ETIMEDOUT', 'timeout/connect never sent'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout/connect never sent'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout/first-byte'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout/idle'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network/certificate never sent'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'network/certificate never sent'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network/certificate never sent'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'network/certificate never sent'],
  ['CERT_HAS_EXPIRED', 'network/certificate never sent'],
  ['CERT_NOT_YET_VALID', 'network/certificate never sent'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'network/certificate never sent'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'network/certificate never sent'],
  ['EPROTO', 'network/certificate never sent'],
  ['UND_ERR_PRX_TLS', 'network/proxy-failed never sent'],
  ['UND_ERR_PRX_CONN', 'network/proxy-failed never sent'],
  ['ESOMETHING', 'network/unknown'],
];

for (const [code, expected] of connecting) {
  test(`${code} while connecting is ${expected}, bare or within what fetch throws`, () => {
    assert.equal(mapped(coded(code)), expected);
    assert.equal(mapped(new TypeError('fetch failed', { cause: coded(code) })), expected);
    const both = new AggregateError([coded(code), coded(code)]);
    assert.equal(mapped(new TypeError('fetch failed', { cause: both })), expected);
  });
}

test('while the body is read a failure is a lost connection, with or without a code', () => {
  for (const thrown of [
    new TypeError('terminated', { cause: coded('UND_ERR_SOCKET') }),
    new TypeError('terminated'),
    coded('ECONNRESET'),
    coded('ETIMEDOUT'),
    coded('UND_ERR_RES_CONTENT_LENGTH_MISMATCH'),
    coded('HPE_INVALID_CHUNK_SIZE'),
    coded('Z_DATA_ERROR'),
    coded('ESOMETHING'),
    'a string',
  ]) {
    assert.equal(mapped(thrown, 'reading'), 'network/connection-lost');
  }
  assert.equal(mapped(coded('UND_ERR_BODY_TIMEOUT'), 'reading'), 'timeout/idle');
});

test('a proxy that wants a sign-in is known by its sentence', () => {
  const tunnel = Object.assign(new Error('Proxy response (407) !== 200 when HTTP Tunneling'), {
    code: 'UND_ERR_ABORTED',
  });
  assert.equal(mapped(new TypeError('fetch failed', { cause: tunnel })), 'network/proxy-sign-in never sent');
  assert.equal(mapped(new Error('Proxy Authentication Required (407)')), 'network/proxy-sign-in never sent');
  assert.equal(
    mapped(new Error('Proxy response (502) !== 200 when HTTP Tunneling')),
    'network/proxy-failed never sent',
  );
});

test('a hop that is not the lane is the proxy', () => {
  const elsewhere: readonly Error[] = [
    coded('ECONNREFUSED', { address: '10.0.0.1', port: 8080 }),
    coded('ENOTFOUND', { hostname: 'proxy.corp' }),
    Object.assign(new Error('Connect Timeout Error (attempted address: proxy.corp:8080, timeout: 10000ms)'), {
      code: 'UND_ERR_CONNECT_TIMEOUT',
    }),
  ];
  for (const error of elsewhere) assert.equal(mapped(error), 'network/proxy-failed never sent');
  assert.equal(mapped(coded('ECONNREFUSED', { port: 443 })), 'network/connection-refused never sent');
  assert.equal(mapped(coded('ENOTFOUND', { hostname: 'ark.example' })), 'network/host-not-found never sent');
});

test('odd things that are thrown do no harm', () => {
  const circle = coded('ECIRCLE');
  Object.assign(circle, { cause: circle });
  for (const thrown of [undefined, null, 7, {}, circle]) assert.equal(mapped(thrown), 'network/unknown');
});
