// What a user is told unasked: once, and with the button that helps.
import assert from 'node:assert/strict';
import { LaneNotices } from '../../src/host/lane/laneNotices.ts';
import { FakeMemento } from '../support/lane/fakeMemento.ts';
import { laneRoom, type LaneRoomOptions, someKey } from '../support/lane/laneRoom.ts';

interface Said {
  readonly sentence: string;
  readonly buttons: readonly string[];
}

function watch(options: LaneRoomOptions, press?: string) {
  const room = laneRoom(options);
  const said: Said[] = [];
  const keysSet: string[] = [];
  const notices = new LaneNotices({
    settings: room.settings,
    lanes: room.lanes,
    folderState: new FakeMemento(),
    describe: (error) => `Sentence for ${error.reason}.`,
    setApiKey: (laneId) => keysSet.push(laneId),
    window: {
      showWarningMessage: async (sentence: string, ...buttons: unknown[]) => {
        said.push({ sentence, buttons: buttons as string[] });
        return buttons.includes(press) ? press : undefined;
      },
    } as ConstructorParameters<typeof LaneNotices>[0]['window'],
  });
  return { ...room, said, keysSet, notices };
}

suite('lane notices', () => {
  test('settings that are ignored are named with their place, once', async () => {
    const lanes = [{ id: 'x', kind: 'portkey', baseUrl: 'https://api.portkey.ai/v1' }];
    const {
      said,
      settings,
      lanes: windowLanes,
    } = watch({ values: { lanes, codingBaseUrl: 'http://evil.example' } });
    settings.change({});
    await windowLanes.settled();
    assert.deepEqual(said, [
      {
        sentence:
          'Coding Lane ignores what it cannot use in your settings. ' +
          'codingLane.coding.baseUrl: Sentence for address-invalid. ' +
          'codingLane.lanes[0].kind: lanes of kind “portkey” come with a later release.',
        buttons: ['Open Settings'],
      },
    ]);
  });

  test('a lost key is noticed, with the button that sets it', async () => {
    const room = watch({}, 'Set API Key');
    await room.lanes.settled();
    assert.deepEqual(room.said, []);
    await room.keys.store(room.lanes.active.lane, someKey);
    room.secrets.stored.clear();
    room.settings.change({});
    await room.lanes.settled();
    room.settings.change({});
    await room.lanes.settled();
    assert.deepEqual(
      room.said.map(({ sentence }) => sentence),
      ['The key of BytePlus Coding is no longer in the secret storage.'],
    );
    assert.deepEqual(room.keysSet, ['coding']);
  });

  test('a lane that is gone from the settings is said with the one that is used now', async () => {
    const own = { id: 'proxy', kind: 'openai_compatible', baseUrl: 'http://localhost:4000' };
    const room = watch({ values: { lanes: [own] } });
    await room.lanes.select('proxy', 'auto');
    room.settings.change({ lanes: [] });
    await room.lanes.settled();
    assert.deepEqual(
      room.said.map(({ sentence }) => sentence),
      ['This window used the lane “proxy”, which the settings no longer have. It uses BytePlus Coding now.'],
    );
  });
});
