// Keys: bound to a lane and an origin, read back after they were stored, and missed when the storage has lost them.
import assert from 'node:assert/strict';
import { CompletionError } from '../../src/core/completion/completionError.ts';
import type { Lane } from '../../src/core/lane/lane.ts';
import { readLanes } from '../../src/core/lane/laneSettings.ts';
import { laneRoom, someKey } from '../support/lane/laneRoom.ts';

const environment = { BYTEPLUS_API_KEY: `${someKey}1`, ARK_API_KEY: `${someKey}2` };

function lanesOf(room: ReturnType<typeof laneRoom>): { readonly coding: Lane; readonly general: Lane } {
  const lanes = readLanes(room.settings.values).lanes.map(({ lane }) => lane);
  return { coding: lanes[0]!, general: lanes[1]! };
}

async function authReason(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    assert(error instanceof CompletionError && error.kind === 'auth' && error.neverSent, String(error));
    return error.reason;
  }
  return assert.fail('there was a key');
}

suite('keys', () => {
  test('a stored key comes before BYTEPLUS_API_KEY, and that before ARK_API_KEY', async () => {
    const room = laneRoom({ environment });
    const { coding } = lanesOf(room);
    assert.deepEqual(await room.keys.find(coding), {
      type: 'found',
      key: environment.BYTEPLUS_API_KEY,
      source: { type: 'environment', variable: 'BYTEPLUS_API_KEY' },
    });
    assert.equal(await room.keys.store(coding, someKey), 'stored');
    assert.deepEqual(await room.keys.find(coding), {
      type: 'found',
      key: someKey,
      source: { type: 'stored' },
    });
    const second = laneRoom({ environment: { BYTEPLUS_API_KEY: ' ', ARK_API_KEY: environment.ARK_API_KEY } });
    const found = await second.keys.find(coding);
    assert(found.type === 'found' && found.key === environment.ARK_API_KEY);
  });

  test('a key goes to the lane and origin it was entered for, and to no other', async () => {
    const room = laneRoom();
    const { coding, general } = lanesOf(room);
    await room.keys.store(coding, someKey);
    assert.equal((await room.keys.find(general)).type, 'none');
    assert.equal((await room.keys.find({ ...coding, id: 'other' })).type, 'none');
    for (const baseUrl of [
      'https://proxy.example.com/api/coding/v3',
      'https://ark.ap-southeast.bytepluses.com:8443/api/coding/v3',
      'http://localhost:8080/api/coding/v3',
    ]) {
      const moved = { ...coding, baseUrl };
      assert.equal(await authReason(room.keys.require(moved)), 'no-key');
    }
    const samePlace = { ...coding, baseUrl: `${coding.baseUrl}/` };
    assert.equal(await room.keys.require(samePlace), someKey);
  });

  test('the environment’s key goes to no address but the built-in ones and loopback', async () => {
    const room = laneRoom({ environment });
    const { coding } = lanesOf(room);
    const at = async (baseUrl: string) => (await room.keys.find({ ...coding, baseUrl })).type;
    assert.equal(await at('http://127.0.0.1:8080/api/coding/v3'), 'found');
    assert.equal(await at('https://proxy.example.com/api/coding/v3'), 'none');
    const own = {
      ...coding,
      kind: 'openai_compatible',
      baseUrl: 'http://localhost:4000',
      auth: 'optional',
    } as const;
    assert.equal(await room.keys.require(own), undefined);
  });

  test('an environment’s value is cleaned, and one that cannot be sent is named by its variable', async () => {
    const { coding } = lanesOf(laneRoom());
    const cleaned = laneRoom({ environment: { BYTEPLUS_API_KEY: `"Bearer ${someKey}"\n` } });
    assert.equal(await cleaned.keys.require(coding), someKey);
    const broken = laneRoom({
      environment: { BYTEPLUS_API_KEY: `${someKey}\n${someKey}`, ARK_API_KEY: someKey },
    });
    await assert.rejects(
      broken.keys.require(coding),
      (error) =>
        error instanceof CompletionError &&
        error.reason === 'key-unsendable' &&
        error.details.setting === 'BYTEPLUS_API_KEY' &&
        !JSON.stringify(error.details).includes(someKey),
    );
  });

  for (const health of ['throws', 'forgets'] as const) {
    test(`when the storage ${health}, the key is kept in memory, and that is said`, async () => {
      const room = laneRoom();
      const { coding } = lanesOf(room);
      room.secrets.health = health;
      assert.equal(await room.keys.store(coding, someKey), 'memory');
      const found = await room.keys.find(coding);
      assert.deepEqual(found, { type: 'found', key: someKey, source: { type: 'memory' } });
      assert.deepEqual([...room.secrets.stored], []);
      const everything = JSON.stringify([...room.marks.values, ...room.warnings]);
      assert(!everything.includes(someKey), 'the key is written somewhere');
    });
  }

  test('a key that the storage has lost is told from one that was never there', async () => {
    const room = laneRoom();
    const { coding } = lanesOf(room);
    assert.equal(await authReason(room.keys.require(coding)), 'no-key');
    await room.keys.store(coding, someKey);
    room.secrets.stored.clear();
    assert.equal(await authReason(room.keys.require(coding)), 'key-lost');
    await room.keys.clear(coding);
    assert.equal(await authReason(room.keys.require(coding)), 'no-key');
  });

  test('what is missing says for which address, and which variables would do', async () => {
    const room = laneRoom();
    const { coding } = lanesOf(room);
    const details = await room.keys
      .require(coding)
      .catch((error: unknown) => (error as CompletionError).details);
    assert.deepEqual(details, {
      lane: 'BytePlus Coding',
      address: 'https://ark.ap-southeast.bytepluses.com',
      setting: 'BYTEPLUS_API_KEY, ARK_API_KEY',
    });
  });

  test('no name under which something is kept holds a key', async () => {
    const room = laneRoom();
    await room.keys.store(lanesOf(room).coding, someKey);
    assert.deepEqual(
      [...room.secrets.stored.keys(), ...room.marks.values.keys()],
      Array.from({ length: 2 }, () => 'codingLane.key/coding/https://ark.ap-southeast.bytepluses.com'),
    );
    assert.deepEqual([...room.marks.values.values()], [true]);
  });
});
