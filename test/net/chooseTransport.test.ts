// Which transport a window uses, and that the second is made only when it is needed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseTransport, lazyTransport } from '../../src/net/chooseTransport.ts';
import { events, scriptedTransport } from '../support/completion/scriptedTransport.ts';

test('auto is the editor, but where the editor was told not to help', () => {
  const plain = { transport: 'auto', proxySupport: 'override', fetchAdditionalSupport: true } as const;
  assert.equal(chooseTransport(plain), 'editor');
  assert.equal(
    chooseTransport({ ...plain, proxySupport: undefined, fetchAdditionalSupport: undefined }),
    'editor',
  );
  assert.equal(chooseTransport({ ...plain, proxySupport: 'off' }), 'undici');
  assert.equal(chooseTransport({ ...plain, fetchAdditionalSupport: false }), 'undici');
});

test('a choice is kept to, whatever the editor’s settings are', () => {
  const helpless = { proxySupport: 'off', fetchAdditionalSupport: false } as const;
  assert.equal(chooseTransport({ ...helpless, transport: 'editor' }), 'editor');
  assert.equal(
    chooseTransport({ transport: 'undici', proxySupport: 'on', fetchAdditionalSupport: true }),
    'undici',
  );
});

test('a lazy transport is made by its first request, once', async () => {
  let made = 0;
  const lazy = lazyTransport('undici', () => {
    made += 1;
    return Promise.resolve(scriptedTransport(events('[DONE]'), events('[DONE]')));
  });
  assert.deepEqual([lazy.name, made], ['undici', 0]);
  const { signal } = new AbortController();
  const request = { url: 'http://127.0.0.1', method: 'GET', headers: {}, signal } as const;
  await Promise.all([lazy.send(request), lazy.send(request)]);
  assert.equal(made, 1);
});

test('an abort while it is made sends nothing', async () => {
  const transport = scriptedTransport();
  const controller = new AbortController();
  const lazy = lazyTransport('undici', () => {
    controller.abort(new Error('stopped'));
    return Promise.resolve(transport);
  });
  const request = { url: 'http://127.0.0.1', method: 'GET', headers: {}, signal: controller.signal } as const;
  await assert.rejects(lazy.send(request), /stopped/);
  assert.equal(transport.requests.length, 0);
});
