// The extension is there in Restricted Mode too: typed text and explicit attachments are answered in every folder.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('smoke in Restricted Mode', () => {
  test('the window is restricted, and the extension activates all the same', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const extension = vscode.extensions.getExtension('codinglane.coding-lane');
    assert.ok(extension, 'the extension host does not know the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
