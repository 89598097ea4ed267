// Which transport a window uses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseTransport } from '../../src/net/chooseTransport.ts';

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
