// The picker: what it shows, what a choice does, and which lanes it asks.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { completionError } from '../../src/core/completion/completionError.ts';
import { type ModelPickerPorts, type PickerItem, switchModel } from '../../src/host/lane/modelPicker.ts';
import { FakeQuickPick } from '../support/lane/fakeQuickPick.ts';
import { laneRoom, type LaneRoomOptions, someKey } from '../support/lane/laneRoom.ts';

const environment = { BYTEPLUS_API_KEY: someKey };

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function openPicker(
  options: LaneRoomOptions,
  prepare?: (room: ReturnType<typeof laneRoom>) => unknown,
) {
  const room = laneRoom(options);
  await prepare?.(room);
  const picker = new FakeQuickPick<PickerItem>();
  const keysSet: (string | undefined)[] = [];
  const told: unknown[] = [];
  const closed = switchModel({
    lanes: room.lanes,
    clock: room.clock,
    describe: (error) => `sentence for ${error.reason}`,
    setApiKey: (laneId) => keysSet.push(laneId),
    tell: (error) => told.push(error),
    window: { createQuickPick: () => picker } as unknown as ModelPickerPorts['window'],
  });
  await settle();
  const labels = () => picker.items.map(({ label }) => label);
  const item = (label: string, lane = 'coding') => {
    const found = picker.items.find((each) => each.label === label && each.row?.lane.id === lane);
    assert(found, `no ${label} among ${labels().join(', ')}`);
    return found;
  };
  return { ...room, picker, closed, keysSet, told, labels, item };
}

suite('model picker', () => {
  test('lanes stand under their bill, models with limits and abilities, and the choice is marked', async () => {
    const { picker, labels, item, closed } = await openPicker({
      environment,
      values: { codingModel: 'glm-5.2' },
    });
    const separators = picker.items.filter(({ kind }) => kind === vscode.QuickPickItemKind.Separator);
    assert.deepEqual(
      separators.map(({ label }) => label),
      ['BytePlus Coding · Coding Plan, flat', 'BytePlus General · pay as you go, per token'],
    );
    assert.equal(item('glm-5.2').description, '200K context · 128K output · tools · thinking');
    assert.deepEqual(picker.activeItems, [item('glm-5.2')]);
    assert.deepEqual(item('glm-5.2').iconPath, new vscode.ThemeIcon('check'));
    assert(!labels().includes('Model list is not up to date'));
    picker.hide();
    await closed;
    assert(picker.isDisposed);
  });

  test('a choice switches the window', async () => {
    const { picker, item, closed, lanes, told } = await openPicker({ environment });
    picker.choose(item('auto', 'general'));
    await closed;
    assert.deepEqual([lanes.active.lane.id, lanes.active.model], ['general', 'auto']);
    assert.deepEqual(told, []);
  });

  test('an id that no list has can be typed, and is used as it is', async () => {
    const { picker, item, closed, lanes } = await openPicker({ environment });
    picker.type('auto');
    const rows = picker.items.filter(({ label }) => label === 'auto');
    assert.deepEqual(
      rows.map(({ description }) => description?.split(' · ').at(-1)),
      ['BytePlus Coding', 'BytePlus General'],
      'without its heading a row says whose it is',
    );
    picker.type(' ep-20260801-abcde ');
    picker.choose(item('Use “ep-20260801-abcde” on BytePlus General', 'general'));
    await closed;
    assert.deepEqual([lanes.active.lane.id, lanes.active.model], ['general', 'ep-20260801-abcde']);
  });

  test('only lanes that may be asked are asked: not one without its confirmation or key', async () => {
    const own = { id: 'proxy', kind: 'openai_compatible', baseUrl: 'https://proxy.example.com' };
    const { asked, picker, closed } = await openPicker({ environment, values: { lanes: [own] } });
    assert.deepEqual(asked.map(({ lane }) => lane).sort(), ['coding', 'proxy']);
    picker.hide();
    await closed;
    const second = await openPicker({});
    assert.deepEqual(second.asked, []);
    second.picker.hide();
  });

  test('why the list is not fresh is said, and choosing that asks again', async () => {
    const room = await openPicker({ environment }, ({ server }) => {
      server.answer = () => Promise.reject(completionError('overloaded', 'busy', { status: 500 }));
    });
    assert.equal(room.item('Model list is not up to date').description, 'listing failed: 500');
    assert(room.labels().includes('glm-5.2'));
    room.server.answer = () => ({ data: [{ id: 'glm-5-2-260617', status: 'Shutdown' }] });
    room.picker.choose(room.item('Model list is not up to date'));
    await settle();
    assert(!room.labels().includes('Model list is not up to date'));
    assert(!room.labels().includes('glm-5.2'));
    assert.equal(room.picker.busy, false);
    await room.clock.advance(120_000);
    room.server.answer = () => Promise.reject(completionError('overloaded', 'busy', { status: 500 }));
    room.picker.press('Refresh Models');
    await settle();
    assert.equal(
      room.item('Model list is not up to date').description,
      'listed 2 min ago; last refresh failed: 500',
    );
    room.picker.hide();
    await room.closed;
  });

  test('a lane without a key offers to set it', async () => {
    const { picker, item, closed, keysSet } = await openPicker({});
    picker.choose(item('Set API Key for BytePlus General', 'general'));
    await closed;
    assert.deepEqual(keysSet, ['general']);
    const second = await openPicker({});
    second.picker.press('Set API Key');
    await second.closed;
    assert.deepEqual(second.keysSet, [undefined]);
  });

  test('a lane that cannot work offers no models and says why', async () => {
    const { picker, item, asked } = await openPicker({
      environment,
      values: { codingBaseUrl: 'http://evil.example/api/coding/v3' },
    });
    assert.equal(item('This lane cannot be used').detail, 'sentence for address-invalid');
    assert(!picker.items.some(({ row }) => row?.type === 'model' && row.lane.id === 'coding'));
    assert.deepEqual(asked, []);
    picker.hide();
  });

  test('names from a server are text, never icons', async () => {
    const own = {
      id: 'proxy',
      kind: 'openai_compatible',
      baseUrl: 'http://localhost:4000',
      label: '$(key) mine',
    };
    const { labels, picker } = await openPicker({ environment, values: { lanes: [own] } }, ({ server }) => {
      server.answer = () => ({ data: [{ id: '$(trash)-model' }] });
    });
    assert(labels().some((label) => label.includes('-model')));
    assert.deepEqual(
      labels().filter((label) => /\$\(/.test(label)),
      [],
    );
    picker.hide();
  });
});
