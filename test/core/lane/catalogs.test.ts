// The lists of models: fresh for half a minute, one request at a time, the last good one when asking fails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionError } from '../../../src/core/completion/completionError.ts';
import { Catalogs } from '../../../src/core/lane/catalogs.ts';
import type { Lane } from '../../../src/core/lane/lane.ts';
import { readLanes } from '../../../src/core/lane/laneSettings.ts';
import { HandClock } from '../../support/completion/handClock.ts';
import { laneValues } from './laneValues.ts';

const coding = readLanes(laneValues).lanes[0]?.lane as Lane;

/** A server whose answers the test gives one by one. */
function setUp(lane: Lane = coding) {
  const clock = new HandClock(1_000_000);
  const asked: { readonly key: string | undefined; readonly signal: AbortSignal }[] = [];
  const answers: { resolve(body: unknown): void; reject(error: unknown): void }[] = [];
  const catalogs = new Catalogs({
    clock,
    listModels: (_lane, key, _purpose, signal) => {
      asked.push({ key, signal });
      return new Promise((resolve, reject) => {
        answers.push({ resolve, reject });
      });
    },
  });
  const list = (key = 'k', signal = new AbortController().signal, anew = false) =>
    catalogs.listing(lane, key, 'chat', signal, { anew });
  const listing = async (body: unknown, key = 'k', anew = false) => {
    const result = list(key, undefined, anew);
    answers.at(-1)?.resolve(body);
    return await result;
  };
  const failing = async (error: unknown) => {
    const result = list();
    answers.at(-1)?.reject(error);
    return await result;
  };
  return { clock, catalogs, asked, answers, list, listing, failing };
}

const busy = completionError('overloaded', 'busy', { status: 500 });
const refused = completionError('auth', 'key-refused', { status: 401 });

test('a list is believed for 30 seconds, then asked for again', async () => {
  const { clock, asked, list, listing } = setUp();
  const first = await listing(['a']);
  assert.deepEqual(first, {
    type: 'listed',
    models: [{ id: 'a', status: 'live', created: 0 }],
    listedAt: 1_000_000,
  });
  await clock.advance(29_999);
  assert.equal(await list(), first);
  assert.equal(asked.length, 1);
  await clock.advance(1);
  assert.equal((await listing(['b'])).type, 'listed');
  assert.equal(asked.length, 2);
});

test('all who ask meanwhile share one request', async () => {
  const { answers, asked, list } = setUp();
  const both = [list(), list()];
  answers[0]?.resolve(['a']);
  const [left, right] = await Promise.all(both);
  assert.equal(left, right);
  assert.equal(asked.length, 1);
});

test('one who leaves does not end the request of the others, the last one does', async () => {
  const { asked, answers, list } = setUp();
  const leaving = new AbortController();
  const left = list('k', leaving.signal);
  const staying = new AbortController();
  const stayed = list('k', staying.signal);
  leaving.abort(new Error('gone'));
  await assert.rejects(left, /gone/);
  assert.equal(asked[0]?.signal.aborted, false);
  staying.abort(new Error('gone too'));
  await assert.rejects(stayed, /gone too/);
  assert.equal(asked[0]?.signal.aborted, true);

  const next = list();
  answers[1]?.resolve(['a']);
  assert.equal((await next).type, 'listed');
});

test('another key is another list', async () => {
  const { asked, listing, catalogs } = setUp();
  await listing(['a'], 'k1');
  await listing(['b'], 'k2');
  assert.deepEqual(
    asked.map(({ key }) => key),
    ['k1', 'k2'],
  );
  catalogs.forget(coding);
  assert.equal(catalogs.known(coding), undefined);
});

test('a list that arrives after its key was changed is not kept', async () => {
  const { answers, catalogs, list } = setUp();
  const old = list('old');
  catalogs.forget(coding);
  const current = list('new');
  answers[1]?.resolve(['new']);
  await current;
  answers[0]?.resolve(['old']);
  await old;
  const known = catalogs.known(coding);
  assert(known?.type === 'listed');
  assert.equal(known.models[0]?.id, 'new');
});

for (const [what, fail] of [
  ['an error of the server', async (s: ReturnType<typeof setUp>) => await s.failing(busy)],
  [
    'a web page',
    async (s: ReturnType<typeof setUp>) => await s.failing(completionError('network', 'web-page')),
  ],
  ['an empty list', async (s: ReturnType<typeof setUp>) => await s.listing({ data: [] })],
  [
    'no answer at all',
    async (s: ReturnType<typeof setUp>) => {
      const result = s.list();
      await s.clock.advance(10_000);
      return await result;
    },
  ],
] as const) {
  test(`${what} leaves the last good list, marked with its age, and none when there was none`, async () => {
    const fresh = setUp();
    const failed = await fail(fresh);
    assert.equal(failed.type, 'failed');

    const used = setUp();
    const good = await used.listing(['a']);
    assert(good.type === 'listed');
    await used.clock.advance(60_000);
    const stale = await fail(used);
    assert(stale.type === 'stale');
    assert.deepEqual(stale.models, good.models);
    assert.equal(stale.listedAt, good.listedAt);
    assert.equal(used.catalogs.known(coding), stale);
    assert.equal(used.clock.pendingTimers, 0);
  });
}

test('a failure is believed for 30 seconds too, unless somebody asks anew', async () => {
  const { clock, asked, failing, list, listing } = setUp();
  await failing(busy);
  assert.equal((await list()).type, 'failed');
  assert.equal(asked.length, 1);
  assert.equal((await listing(['a'], 'k', true)).type, 'listed');
  await clock.advance(30_000);
  assert.equal((await failing(busy)).type, 'stale');
  assert.equal(asked.length, 3);
});

test('a refused key is the key’s error, whatever list there was, and is asked about again at once', async () => {
  const { asked, clock, catalogs, failing, listing } = setUp();
  await listing(['a']);
  await clock.advance(30_000);
  await assert.rejects(failing(refused), refused);
  assert.deepEqual(catalogs.known(coding), { type: 'failed', because: refused });
  assert.equal((await listing(['a'])).type, 'listed');
  assert.equal(asked.length, 3);
});

test('an address that the guard refuses is never taken for a failed list', async () => {
  const { failing } = setUp();
  const misrouted = completionError('wrong-lane', 'misrouted', {}, { neverSent: true });
  await assert.rejects(failing(misrouted), misrouted);
});

test('what is no error of a completion comes through as it is', async () => {
  const { failing } = setUp();
  await assert.rejects(failing(new TypeError('a defect')), /a defect/);
});
