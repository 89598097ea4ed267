// The window's lane: what is active, what a connection needs, and that nothing ever ends on another lane.
import assert from 'node:assert/strict';
import { CompletionError, completionError } from '../../src/core/completion/completionError.ts';
import { laneRoom, someKey } from '../support/lane/laneRoom.ts';

const environment = { BYTEPLUS_API_KEY: someKey };
const open = new AbortController().signal;

async function errorOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    assert(error instanceof CompletionError, String(error));
    return `${error.kind}/${error.reason}`;
  }
  return assert.fail('it worked');
}

suite('lanes of a window', () => {
  test('a new window uses the default lane and its model from the settings', async () => {
    const room = laneRoom({ values: { defaultLane: 'general', generalModel: 'glm-5-2-260617' } });
    await room.lanes.settled();
    const { lane, model, shownModel, hasKey, problem } = room.lanes.active;
    assert.deepEqual(
      [lane.id, model, shownModel, hasKey, problem],
      ['general', 'glm-5-2-260617', 'glm-5-2-260617', false, undefined],
    );
  });

  test('a choice is the window’s, survives it, and changes no setting', async () => {
    const room = laneRoom({ environment });
    const seen: string[] = [];
    room.lanes.onDidChange(({ lane, model }) => seen.push(`${lane.id}/${model}`));
    await room.lanes.select('general', 'glm-5-2-260617');
    assert.equal(seen.at(-1), 'general/glm-5-2-260617');
    assert.equal(room.settings.values.defaultLane, 'coding');
    const again = laneRoom({ windowState: room.windowState });
    assert.equal(again.lanes.active.model, 'glm-5-2-260617');
    assert.equal(laneRoom().lanes.active.lane.id, 'coding');
    assert.equal(room.asked.length, 0, 'switching asks nobody');
  });

  test('a lane that the settings no longer have is named, and the default lane takes over', async () => {
    const own = { id: 'proxy', kind: 'openai_compatible', baseUrl: 'http://localhost:4000' };
    const room = laneRoom({ values: { lanes: [own] } });
    await room.lanes.select('proxy', 'auto');
    assert.equal(room.lanes.active.hasKey, true, 'this kind needs none');
    room.settings.change({ lanes: [] });
    await room.lanes.settled();
    assert.equal(room.lanes.missingLane, 'proxy');
    assert.equal(room.lanes.active.lane.id, 'coding');
  });

  test('a default lane that does not exist is named, and the coding lane is used', () => {
    const room = laneRoom({ values: { defaultLane: 'nowhere' } });
    assert.equal(room.lanes.active.lane.id, 'coding');
    assert.deepEqual(room.lanes.problems, [
      { place: 'codingLane.defaultLane', fault: { type: 'unknown-lane', value: 'nowhere' } },
    ]);
  });

  test('a connection on the coding lane carries its key and the preferred models, and asks for the list once', async () => {
    const room = laneRoom({ environment });
    const connection = await room.lanes.connect('chat', open);
    assert.equal(connection.lane.id, 'coding');
    assert.equal(connection.key, someKey);
    assert.equal(connection.transport, room.transport);
    assert.equal(connection.candidates.source.type, 'listed');
    assert.equal(connection.candidates.models[0]?.id, 'dola-seed-2.0-code');
    assert.deepEqual(connection.patience, { firstByteSeconds: 120, idleSeconds: 90 });
    await room.lanes.connect('chat', open);
    assert.deepEqual(room.asked, [
      { lane: 'coding', baseUrl: connection.lane.baseUrl, key: someKey, purpose: 'list models' },
    ]);
    assert.deepEqual(room.questions, []);
  });

  test('a pinned model asks for no list', async () => {
    const room = laneRoom({ environment, values: { codingModel: 'glm-5.2' } });
    const { candidates } = await room.lanes.connect('chat', open);
    assert.deepEqual(
      candidates.models.map(({ id }) => id),
      ['glm-5.2'],
    );
    assert.equal(candidates.source.type, 'pinned');
    assert.equal(room.asked.length, 0);
  });

  test('a refused address stops everything before a key is looked for', async () => {
    const room = laneRoom({
      environment,
      values: { codingBaseUrl: 'https://ark.ap-southeast.bytepluses.com/api/v3' },
    });
    await room.lanes.settled();
    assert.equal(room.lanes.active.problem?.reason, 'misrouted');
    assert.equal(await errorOf(room.lanes.connect('chat', open)), 'wrong-lane/misrouted');
    assert.equal(room.asked.length, 0);
  });

  test('without a key there is no question and no request', async () => {
    const room = laneRoom({ values: { defaultLane: 'general' } });
    assert.equal(await errorOf(room.lanes.connect('chat', open)), 'auth/no-key');
    assert.deepEqual([room.questions, room.asked], [[], []]);
  });

  test('a lane that bills per token asks once for its address, also when two requests come together', async () => {
    const room = laneRoom({ environment, values: { defaultLane: 'general' } });
    await Promise.all([room.lanes.connect('chat', open), room.lanes.connect('explain', open)]);
    await room.lanes.connect('chat', open);
    assert.deepEqual(room.questions, ['general']);
    room.settings.change({ generalRegion: 'eu-west-1' });
    await room.lanes.connect('chat', open);
    assert.deepEqual(room.questions, ['general', 'general']);
  });

  test('a no is an error, nothing is sent, and the next request asks again', async () => {
    const room = laneRoom({ environment, values: { defaultLane: 'general' } });
    room.person.agrees = async () => false;
    assert.equal(await errorOf(room.lanes.connect('chat', open)), 'billing/not-confirmed');
    assert.deepEqual(room.asked, []);
    room.person.agrees = async () => true;
    await room.lanes.connect('chat', open);
    assert.deepEqual(room.questions, ['general', 'general']);
  });

  test('stopping ends the wait for the question at once', async () => {
    const room = laneRoom({ environment, values: { defaultLane: 'general' } });
    room.person.agrees = () => new Promise(() => undefined);
    const controller = new AbortController();
    const connecting = room.lanes.connect('chat', controller.signal);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(room.questions, ['general']);
    controller.abort(new Error('stopped'));
    await assert.rejects(connecting, /stopped/);
  });

  test('a lane that was never confirmed is not asked for its list, whoever wants to see it', async () => {
    const room = laneRoom({ environment });
    const general = room.lanes.find('general')!.lane;
    assert.equal(await room.lanes.listing(general, 'list models', open), undefined);
    assert.deepEqual(room.asked, []);
    await room.consent.obtain(general);
    assert.equal((await room.lanes.listing(general, 'list models', open))?.type, 'listed');
  });

  for (const [what, fail] of [
    ['500', () => Promise.reject(completionError('overloaded', 'busy', { status: 500 }))],
    ['a web page', () => Promise.reject(completionError('network', 'web-page'))],
    ['an empty list', () => ({ data: [] })],
  ] as const) {
    test(`with /models answering ${what} the first preferred id is tried, and the reason is known`, async () => {
      const room = laneRoom({ environment });
      room.server.answer = fail;
      const { candidates } = await room.lanes.connect('chat', open);
      assert.equal(candidates.models[0]?.id, 'dola-seed-2.0-code');
      assert.equal(candidates.source.type, 'preferred');
      assert.equal(room.lanes.knownListing(room.lanes.active.lane)?.type, 'failed');
    });
  }

  test('with /models answering 401 it is the key’s error', async () => {
    const room = laneRoom({ environment });
    room.server.answer = () => Promise.reject(completionError('auth', 'key-refused', { status: 401 }));
    assert.equal(await errorOf(room.lanes.connect('chat', open)), 'auth/key-refused');
  });

  test('a key that is stored or cleared is seen at once', async () => {
    const room = laneRoom();
    await room.lanes.settled();
    assert.equal(room.lanes.active.hasKey, false);
    const { lane } = room.lanes.active;
    await room.keys.store(lane, someKey);
    await room.lanes.settled();
    assert.deepEqual([room.lanes.active.hasKey, room.lanes.activeKeySource], [true, { type: 'stored' }]);
    room.secrets.stored.clear();
    room.settings.change({});
    await room.lanes.settled();
    assert.deepEqual([room.lanes.active.hasKey, room.lanes.isKeyLost], [false, true]);
  });

  test('whatever is switched while a request waits, it ends on the lane it began on', async () => {
    const room = laneRoom({ environment });
    const gate: { open?: () => void } = {};
    room.server.answer = () =>
      new Promise((resolve) => {
        gate.open = () => {
          resolve({ data: [{ id: 'a-model' }] });
        };
      });
    const connecting = room.lanes.connect('chat', open);
    await room.lanes.select('general', 'other-model');
    while (gate.open === undefined) await new Promise((resolve) => setImmediate(resolve));
    gate.open();
    const connection = await connecting;
    assert.equal(connection.lane.id, 'coding');
    assert.deepEqual(
      room.asked.map(({ lane }) => lane),
      ['coding'],
    );
  });

  test('no variable of the environment moves an address', async () => {
    const evil = 'https://evil.example/api/coding/v3';
    const names = ['OPENAI_BASE_URL', 'ARK_BASE_URL', 'BYTEPLUS_BASE_URL', 'HTTPS_PROXY', 'https_proxy'];
    const room = laneRoom({
      environment: { ...environment, ...Object.fromEntries(names.map((name) => [name, evil])) },
    });
    await room.lanes.connect('chat', open);
    assert.deepEqual(
      room.asked.map(({ baseUrl }) => baseUrl),
      ['https://ark.ap-southeast.bytepluses.com/api/coding/v3'],
    );
  });

  test('no model id, from settings, the picker or a server, changes where a request goes', async () => {
    const hostile = ['general/x', 'https://evil.example/v1', '../../v3', '__proto__', '@general', '#'];
    for (const model of hostile) {
      const room = laneRoom({ environment, values: { codingPreferredModels: hostile } });
      room.server.answer = () => ({ data: hostile.map((id) => ({ id, base_url: 'https://evil.example' })) });
      await room.lanes.select('coding', model);
      const { lane, candidates } = await room.lanes.connect('chat', open);
      assert.equal(lane.baseUrl, 'https://ark.ap-southeast.bytepluses.com/api/coding/v3', model);
      assert.equal(candidates.models[0]?.id, model);
    }
  });
});
