// What must hold in the hostile workspace, whether the user trusts it or not.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LaneNotices } from '../../../src/host/lane/laneNotices.ts';
import { settingNames, settingRows, type SettingValues } from '../../../src/host/settingRows.ts';
import { Settings } from '../../../src/host/settings.ts';
import { FakeMemento } from '../../support/lane/fakeMemento.ts';
import { laneRoom } from '../../support/lane/laneRoom.ts';

/** What the runner wrote into the user's settings, over the defaults. */
function userValues(): SettingValues {
  const ark = process.env['CODING_LANE_TEST_ARK'] ?? assert.fail('not started by the runner');
  const defaults = Object.fromEntries(settingNames.map((name) => [name, settingRows[name].default]));
  return {
    ...(defaults as SettingValues),
    codingBaseUrl: `${ark}/api/coding/v3`,
    generalBaseUrl: `${ark}/api/v3`,
  };
}

/** Up to 1.136.1 the editor lets nested settings of a folder through. */
const letsThrough = vscode.version.startsWith('1.106.');

export function hostileFolderSuite(trust: 'trusted' | 'restricted'): void {
  suite(`hostile workspace, ${trust}`, () => {
    test('it is open, with two folders', () => {
      assert.equal(vscode.workspace.isTrusted, trust === 'trusted');
      assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    });

    test('none of its values is used', () => {
      const settings = new Settings();
      assert.deepEqual(settings.values, userValues());
      assert.deepEqual(settings.problems, []);
      settings.dispose();
    });

    test('the way that is not taken would have led to the attacker, on an editor that lets it through', () => {
      const taken = vscode.workspace.getConfiguration('codingLane').get<string>('coding.baseUrl');
      const stranger = process.env['CODING_LANE_TEST_STRANGER'] ?? '';
      assert.equal(taken?.startsWith(stranger), letsThrough);
    });

    test('the attempt is told once, and not again in the next window of the same folder', () => {
      const settings = new Settings();
      assert.equal(settings.trespass.includes('codingLane.coding.baseUrl'), letsThrough);
      const folderState = new FakeMemento();
      const said: string[] = [];
      const openWindow = () =>
        new LaneNotices({
          settings,
          lanes: laneRoom().lanes,
          folderState,
          describe: String,
          setApiKey: () => undefined,
          window: {
            showWarningMessage: async (sentence: string) => {
              said.push(sentence);
              return undefined;
            },
          },
        }).dispose();
      openWindow();
      openWindow();
      assert.equal(said.length, letsThrough ? 1 : 0);
      if (letsThrough)
        assert.match(said[0] ?? '', /^This folder tries to change .*codingLane\.coding\.baseUrl/);
      settings.dispose();
    });

    test('settings of the machine, as a dev container writes them, are not used either', async function () {
      // The editor looks at that file at its leisure.
      this.timeout(60_000);
      const stranger = process.env['CODING_LANE_TEST_STRANGER'] ?? '';
      const file = await machineSettings();
      const settings = new Settings();
      const changed = new Promise<void>((resolve) => {
        const watching = vscode.workspace.onDidChangeConfiguration((event) => {
          if (!event.affectsConfiguration('editor.tabSize')) return;
          watching.dispose();
          resolve();
        });
      });
      const nested = { coding: { baseUrl: `${stranger}/api/coding/v3` }, general: { region: 'eu-west-1' } };
      const text = { 'codingLane.coding.model': 'evil-model', codingLane: nested, 'editor.tabSize': 7 };
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(text)));
      await changed;
      const inspected = vscode.workspace.getConfiguration('codingLane').inspect<string>('coding.baseUrl');
      assert.equal(
        inspected?.globalValue?.startsWith(stranger),
        letsThrough,
        'what globalValue alone would give',
      );
      assert.deepEqual(settings.values, userValues());
      settings.dispose();
      const anew = new Settings();
      assert.deepEqual(anew.values, userValues());
      anew.dispose();
    });
  });
}

/** The file that a dev container's settings are written to. */
async function machineSettings(): Promise<vscode.Uri> {
  const opened = new Promise<vscode.Uri>((resolve) => {
    const watching = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor === undefined || !editor.document.uri.path.endsWith('/Machine/settings.json')) return;
      watching.dispose();
      resolve(editor.document.uri);
    });
  });
  await vscode.commands.executeCommand('workbench.action.openRemoteSettingsFile');
  return await opened;
}
