// Results are read while the suite is still writing them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseHostEvents } from './hostEvents.ts';

test('a line that is only half written is left for the next look', () => {
  const text = '{"type":"started"}\n{"type":"pass","title":"a","milliseconds":1}\n{"type":"pa';
  assert.deepEqual(parseHostEvents(text), [
    { type: 'started' },
    { type: 'pass', title: 'a', milliseconds: 1 },
  ]);
});

test('an empty file holds no events', () => {
  assert.deepEqual(parseHostEvents(''), []);
});
