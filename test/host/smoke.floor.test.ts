// The extension loads, activates and offers what its manifest says, in a real extension host at both ends of our range.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function ourExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('codinglane.coding-lane');
  assert.ok(extension, 'the extension host does not know the extension');
  return extension;
}

suite('smoke', () => {
  test('the window is the one that the runner planned', () => {
    assert.equal(vscode.version, process.env['CODING_LANE_TEST_VSCODE']);
    assert.equal(vscode.workspace.isTrusted, true);
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });

  test('the extension activates', async () => {
    const extension = ourExtension();
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  test('every command of the manifest is registered', async () => {
    const extension = ourExtension();
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = (extension.packageJSON as Manifest).contributes.commands
      .map(({ command }) => command)
      .filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});
