// Promise 7 of the guard: with a key at hand, starting the extension and opening the chat ask nobody anything.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import { hostDesk } from '../../support/editor/hostDesk.ts';

suite('an untouched window', () => {
  test('activating and opening the chat sends no request on any lane', async () => {
    const extension = vscode.extensions.getExtension('codinglane.coding-lane');
    assert.ok(extension);
    await extension.activate();
    await vscode.commands.executeCommand('codingLane.openChat');
    const { coding, general, other } = await hostDesk.ledger();
    assert.deepEqual({ coding, general, other }, { coding: [], general: [], other: [] });
  });

  test('the simulated ModelArk would have told', async () => {
    const ark = process.env['CODING_LANE_TEST_ARK'] ?? assert.fail('not started by the runner');
    await fetch(`${ark}/api/coding/v3/models`);
    const { coding } = await hostDesk.ledger();
    assert.deepEqual(
      coding.map(({ path }) => path),
      ['/api/coding/v3/models'],
    );
    await hostDesk.clear();
  });
});
