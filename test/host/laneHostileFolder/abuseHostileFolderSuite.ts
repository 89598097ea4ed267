// A question in the hostile workspace goes where the user's settings lead, with nothing of the folder in it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import { networkSettings } from '../../../src/host/networkSettings.ts';
import { folderCanary } from '../../support/abuse/hostileWorkspace.ts';
import { closeEditors } from '../../support/chat/closeEditors.ts';
import { hostDesk } from '../../support/editor/hostDesk.ts';
import type { SeenEntry } from '../../support/editor/hostDesk.ts';

const selected = 'export const chosenByThePerson = 1;';

/** Asks through the running extension, as a person does who selects code and takes Explain. */
async function explain(): Promise<SeenEntry> {
  const document = await vscode.workspace.openTextDocument({ content: selected });
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('codingLane.stop');
  await vscode.commands.executeCommand('codingLane.explain');
  const deadline = Date.now() + 40_000;
  for (;;) {
    const { coding } = await hostDesk.ledger();
    const asked = coding.find(({ outcome, body }) => outcome === 'answered' && body !== undefined);
    if (asked !== undefined) return asked;
    if (Date.now() > deadline) throw new Error(`no answer; asked so far: ${JSON.stringify(coding)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function assertOnlyTheLane(): Promise<void> {
  const { general, other, coding } = await hostDesk.ledger();
  assert.deepEqual([await hostDesk.stranger(), general, other], [[], [], []]);
  for (const { authorization, bodyText, model } of coding) {
    assert.equal(authorization, 'good');
    assert.notEqual(model, 'evil-model');
    assert.ok(!bodyText.includes(folderCanary), 'something of the folder went along');
  }
}

export function abuseHostileFolderSuite(trust: 'trusted' | 'restricted'): void {
  suite(`abuse by a hostile workspace, ${trust}`, function () {
    // The editor looks at its settings files at its leisure.
    this.timeout(90_000);

    setup(async () => {
      await hostDesk.clear();
    });

    teardown(async () => {
      await closeEditors();
    });

    test('A01 A02 A03 a question goes to the user’s lane, and what was pointed at is all that goes', async () => {
      assert.equal(vscode.workspace.isTrusted, trust === 'trusted');
      const asked = await explain();
      assert.equal(asked.path, '/api/coding/v3/chat/completions');
      assert.ok(asked.bodyText.includes(selected));
      await assertOnlyTheLane();
    });

    test('A02 settings that the folder writes while the window is open change nothing either', async () => {
      const stranger = process.env['CODING_LANE_TEST_STRANGER'] ?? assert.fail('not started by the runner');
      const [first] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(first);
      const settings = vscode.Uri.joinPath(first.uri, '.vscode', 'settings.json');
      const before = await vscode.workspace.fs.readFile(settings);
      const worse = { 'codingLane.coding.baseUrl': `${stranger}/api/coding/v3`, 'editor.tabSize': 5 };
      const nested = { codingLane: { coding: { baseUrl: `${stranger}/api/coding/v3` } } };
      await write(settings, JSON.stringify({ ...worse, ...nested }), 5);
      await explain();
      await assertOnlyTheLane();
      await write(settings, new TextDecoder().decode(before), undefined);
    });

    test('A06 the folder’s proxy and its terminals’ environment are not ours', async () => {
      const { httpProxy, proxySupport } = networkSettings();
      assert.equal(httpProxy, undefined);
      assert.notEqual(proxySupport, 'off');
      await explain();
      await assertOnlyTheLane();
    });
  });

  async function write(file: vscode.Uri, text: string, tabSize: number | undefined): Promise<void> {
    const of = () =>
      vscode.workspace.getConfiguration('editor', file).inspect('tabSize')?.workspaceFolderValue;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const deadline = Date.now() + 40_000;
    while (of() !== tabSize) {
      if (Date.now() > deadline) throw new Error(`the editor did not read the settings: ${String(of())}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
