// How long a provider asks to wait: seconds, dates, and garbage.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quotaReset } from '../../../src/core/completion/quotaReset.ts';
import { retryAfterMs } from '../../../src/core/completion/retryAfter.ts';

const now = Date.parse('2026-08-03T12:00:00Z');

function waitOf(headers: Readonly<Record<string, string>>): number | undefined {
  return retryAfterMs((name) => headers[name], now);
}

test('seconds are read before dates, milliseconds before both', () => {
  assert.equal(waitOf({ 'retry-after': '120' }), 120_000);
  assert.equal(waitOf({ 'retry-after': '1.5' }), 1_500);
  assert.equal(waitOf({ 'retry-after': ' 7 ' }), 7_000);
  assert.equal(waitOf({ 'retry-after-ms': '250', 'retry-after': '120' }), 250);
});

test('an HTTP date is a time from now, by the clock of the server if it shows one', () => {
  assert.equal(waitOf({ 'retry-after': 'Mon, 03 Aug 2026 12:00:30 GMT' }), 30_000);
  assert.equal(waitOf({ 'retry-after': 'Monday, 03-Aug-26 12:00:30 GMT' }), 30_000);
  const skewed = { 'retry-after': 'Mon, 03 Aug 2026 13:00:30 GMT', date: 'Mon, 03 Aug 2026 13:00:00 GMT' };
  assert.equal(waitOf(skewed), 30_000);
});

test('garbage is no wait at all: neither zero nor an hour (F24)', () => {
  for (const value of ['-5', 'abc', '1e9', '0', '', 'NaN', '999999999999', 'Mon', '12 parsecs']) {
    assert.equal(waitOf({ 'retry-after': value }), undefined, value);
  }
  assert.equal(waitOf({ 'retry-after': 'Mon, 03 Aug 2026 11:00:00 GMT' }), undefined, 'in the past');
  assert.equal(waitOf({ 'retry-after-ms': '0', 'retry-after': '2' }), 2_000);
  assert.equal(waitOf({}), undefined);
});

test('the reset of a window is read with its offset', () => {
  const sentence = (window: string, at: string): string =>
    `You have exceeded the ${window} usage quota. It will reset at ${at}. Request id: x`;
  assert.deepEqual(quotaReset(sentence('weekly', '2026-08-03 23:59:59 +0800 CST')), {
    window: 'weekly',
    resetsAt: Date.parse('2026-08-03T15:59:59Z'),
  });
  assert.equal(
    quotaReset(sentence('5-hour', '2026-08-03 23:59:59 -03:30'))?.resetsAt,
    Date.parse('2026-08-04T03:29:59Z'),
  );
  assert.equal(
    quotaReset(sentence('monthly', '2026-08-03T23:59:59Z'))?.resetsAt,
    Date.parse('2026-08-03T23:59:59Z'),
  );
  assert.equal(
    quotaReset(sentence('monthly', '2026-08-03 23:59:59 UTC+0800'))?.resetsAt,
    Date.parse('2026-08-03T15:59:59Z'),
  );
});

test('an instant without its offset, or no instant, is not guessed', () => {
  assert.deepEqual(quotaReset('exceeded the weekly usage quota. It will reset at 2026-08-03 23:59:59.'), {
    window: 'weekly',
  });
  assert.deepEqual(quotaReset('exceeded the 5-hour usage quota.'), { window: '5-hour' });
  assert.deepEqual(quotaReset('exceeded the weekly usage quota, reset at 2026-99-03 23:59:59 +0800'), {
    window: 'weekly',
  });
  assert.equal(quotaReset('Too many requests. It will reset at 2026-08-03 23:59:59 +0800'), undefined);
});
