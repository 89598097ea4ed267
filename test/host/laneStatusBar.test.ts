// The status bar item in each of its states.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { StatusBar } from '../../src/host/lane/statusBar.ts';
import { laneRoom, type LaneRoomOptions, someKey } from '../support/lane/laneRoom.ts';

const environment = { BYTEPLUS_API_KEY: someKey };

async function statusBar(options: LaneRoomOptions) {
  const room = laneRoom(options);
  const bar = new StatusBar({
    lanes: room.lanes,
    clock: room.clock,
    describe: (error) => `sentence for ${error.reason}`,
  });
  await room.lanes.settled();
  await new Promise((resolve) => setImmediate(resolve));
  return { ...room, bar };
}

suite('status bar', () => {
  test('with a key it shows the model and the lane, and a click switches', async () => {
    const { bar } = await statusBar({ environment, values: { codingModel: 'glm-5.2' } });
    assert.equal(bar.item.name, 'Coding Lane');
    assert.equal(bar.item.text, 'glm-5.2 · BytePlus Coding');
    assert.equal(bar.item.command, 'codingLane.switchModel');
    assert.equal(bar.item.backgroundColor, undefined);
    assert.match(bar.item.accessibilityInformation?.label ?? '', /^Coding Lane: glm-5\.2 · BytePlus Coding/);
    bar.dispose();
  });

  test('auto shows what it would take', async () => {
    const { bar } = await statusBar({ environment });
    assert.equal(bar.item.text, 'dola-seed-2.0-code · BytePlus Coding');
    bar.dispose();
  });

  test('without a key it asks for one, without a warning', async () => {
    const { bar, keys, lanes } = await statusBar({});
    assert.equal(bar.item.text, '$(key) Set API key');
    assert.deepEqual(bar.item.command, {
      command: 'codingLane.setApiKey',
      title: 'Set API Key',
      arguments: [lanes.active.lane.id],
    });
    assert.equal(bar.item.backgroundColor, undefined);
    await keys.store(lanes.active.lane, someKey);
    await lanes.settled();
    assert.equal(bar.item.text, 'dola-seed-2.0-code · BytePlus Coding');
    bar.dispose();
  });

  test('a lane that cannot work warns, and says why', async () => {
    const { bar } = await statusBar({ environment, values: { codingBaseUrl: 'https://x.example/api/v3' } });
    assert.equal(bar.item.text, '$(warning) dola-seed-2.0-code · BytePlus Coding');
    assert.deepEqual(bar.item.backgroundColor, new vscode.ThemeColor('statusBarItem.warningBackground'));
    assert.match((bar.item.tooltip as vscode.MarkdownString).value, /sentence for misrouted/);
    bar.dispose();
  });

  test('it spins until all that works is done', async () => {
    const { bar } = await statusBar({ environment });
    const first = bar.begin();
    const second = bar.begin();
    first.dispose();
    first.dispose();
    assert.equal(bar.item.text, '$(sync~spin) dola-seed-2.0-code · BytePlus Coding');
    second.dispose();
    assert.equal(bar.item.text, 'dola-seed-2.0-code · BytePlus Coding');
    bar.dispose();
  });

  test('the hover tells lane, bill, key and list, and no text in it is markup', async () => {
    const evil = '[x](command:evil) <img src=x> $(key)';
    const lanes = [
      { id: 'proxy', kind: 'openai_compatible', baseUrl: 'http://localhost:4000', label: evil, model: evil },
    ];
    const room = await statusBar({ environment, values: { lanes } });
    const hover = () => room.bar.item.tooltip as vscode.MarkdownString;
    assert.match(hover().value, /BytePlus Coding/);
    assert.match(hover().value, /\\\/api\\\/coding\\\/v3/);
    assert.match(hover().value, /Coding Plan/);
    assert.match(hover().value, /BYTEPLUS\\_API\\_KEY/);
    assert.match(hover().value, /not asked yet/);
    await room.lanes.connect('chat', new AbortController().signal);
    assert.match(hover().value, /listed just now/);

    await room.lanes.select('proxy', evil);
    assert(!hover().isTrusted && !hover().supportHtml && !hover().supportThemeIcons);
    assert.doesNotMatch(hover().value, /(?<!\\)[[\]()<>$:]/);
    assert(!room.bar.item.text.includes('$(key)'), room.bar.item.text);
    room.bar.dispose();
  });
});
