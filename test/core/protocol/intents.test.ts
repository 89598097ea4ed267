// Everything the view may say is checked; anything else is no intent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIntent } from '../../../src/core/protocol/intents.ts';
import type { Intent } from '../../../src/core/protocol/protocol.ts';

const intents: readonly Intent[] = [
  { type: 'view/ready' },
  { type: 'view/caughtUp', sequence: 3 },
  { type: 'turn/send', text: 'hello' },
  { type: 'turn/stop' },
  { type: 'turn/retry', turnId: 't1' },
  { type: 'turn/continue', turnId: 't1' },
  { type: 'turn/edit', turnId: 't1' },
  { type: 'turn/copy', turnId: 't1' },
  { type: 'code/copy', turnId: 't1', block: 0, length: 12 },
  { type: 'code/insert', turnId: 't1', block: 2, length: 0 },
  { type: 'link/open', turnId: 't1', href: 'https://example.com' },
  { type: 'draft/changed', text: '' },
  { type: 'attachment/pick' },
  { type: 'attachment/remove', id: 'a1' },
  { type: 'chat/new' },
  { type: 'chat/history' },
  { type: 'model/switch' },
  { type: 'remedy/take', turnId: 't1', remedy: 'set-key' },
  { type: 'key/set' },
];

test('every intent of the protocol passes unchanged', () => {
  for (const intent of intents) assert.deepEqual(parseIntent(structuredClone(intent)), intent);
});

test('nothing else passes', () => {
  const spoofs: readonly unknown[] = [
    undefined,
    null,
    'turn/stop',
    [],
    {},
    { type: 7 },
    { type: 'constructor' },
    { type: '__proto__' },
    { type: 'command/run', command: 'workbench.action.terminal.new' },
    { type: 'turn/send' },
    { type: 'turn/send', text: { toString: 'x' } },
    { type: 'turn/send', text: 'x', command: 'workbench.action.quit' },
    { type: 'turn/send', text: 'x'.repeat(4_000_001) },
    { type: 'turn/retry', turnId: '' },
    { type: 'turn/retry', turnId: 'x'.repeat(101) },
    { type: 'code/insert', turnId: 't1', block: -1, length: 3 },
    { type: 'code/insert', turnId: 't1', block: 1e9, length: 3 },
    { type: 'code/insert', turnId: 't1', block: 0.5, length: 3 },
    { type: 'code/insert', turnId: 't1', block: 0, length: 3, text: 'rm -rf /' },
    { type: 'link/open', turnId: 't1', href: `https://example.com/${'x'.repeat(8_000)}` },
    { type: 'remedy/take', turnId: 't1', remedy: 'toString' },
    { type: 'view/caughtUp', sequence: Number.NaN },
    JSON.parse('{"type":"turn/stop","__proto__":{"admin":true}}'),
  ];
  for (const spoof of spoofs) {
    assert.equal(parseIntent(spoof), undefined, JSON.stringify(spoof)?.slice(0, 80));
  }
});
