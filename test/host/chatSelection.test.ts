// What can be pointed at and where code can be put: each kind of document works, or says why it does not.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { insertCode } from '../../src/host/editor/insertCode.ts';
import { LastTextEditor } from '../../src/host/editor/lastTextEditor.ts';
import { readAttachment } from '../../src/host/editor/readAttachment.ts';
import { captureProblem, captureSelection, longestAttachment } from '../../src/host/editor/selection.ts';
import type { Captured, CaptureParts } from '../../src/host/editor/selection.ts';
import { closeEditors } from '../support/chat/closeEditors.ts';
import { englishL10n } from '../support/chat/englishL10n.ts';

const parts: CaptureParts = {
  newId: randomUUID,
  pathOf: (uri) =>
    vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri) : undefined,
};

let documents = 0;

/** An untitled document of its own name: the editor gives `Untitled-1` out again, with the text of the one before. */
async function editorWith(content: string): Promise<vscode.TextEditor> {
  documents += 1;
  const uri = vscode.Uri.from({ scheme: 'untitled', path: `draft-${String(documents)}.ts` });
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), content));
  return editor;
}

function textOf(editor: vscode.TextEditor): string {
  return editor.document.getText().replaceAll('\r\n', '\n');
}

/** Without its id, which is random. */
function attached(captured: Captured): object {
  assert.ok('attachment' in captured, JSON.stringify(captured));
  const { id: _id, ...rest } = captured.attachment;
  return rest;
}

function sentence(captured: Captured): string {
  assert.ok('problem' in captured, 'it was captured');
  return captureProblem(englishL10n, captured);
}

suite('pointing at code', () => {
  let folder = '';

  setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pointing-'));
  });

  teardown(async () => {
    await closeEditors();
    await rm(folder, { recursive: true });
  });

  async function fileOf(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
    const path = join(folder, name);
    await writeFile(path, content);
    return vscode.Uri.file(path);
  }

  test('a selection is taken with its lines, also from an untitled document', async () => {
    const editor = await editorWith('one\ntwo\nthree\nfour\n');
    editor.selection = new vscode.Selection(1, 0, 3, 0);
    const captured = attached(captureSelection(editor, parts)) as { label: string; text: string };
    assert.deepEqual(captured, {
      label: captured.label,
      path: '',
      languageId: 'typescript',
      lines: { first: 2, last: 3 },
      text: captured.text,
    });
    assert.match(captured.label, /^draft-\d+\.ts$/);
    assert.equal(captured.text.replaceAll('\r\n', '\n'), 'two\nthree\n');
  });

  test('without a selection it is the whole document', async () => {
    const editor = await editorWith('one\ntwo');
    editor.selection = new vscode.Selection(0, 1, 0, 1);
    const captured = attached(captureSelection(editor, parts));
    assert.ok(!('lines' in captured));
  });

  test('a file outside the workspace is named by its name alone', async () => {
    const uri = await fileOf('outside.ts', 'const a = 1;\n');
    const captured = attached(await readAttachment(uri, parts));
    assert.deepEqual(captured, {
      label: 'outside.ts',
      path: 'outside.ts',
      languageId: 'typescript',
      text: 'const a = 1;\n',
    });
  });

  test('what is open is taken as it stands there, not as it is on disk', async () => {
    const uri = await fileOf('edited.ts', 'on disk\n');
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'unsaved, '));
    assert.match((attached(await readAttachment(uri, parts)) as { text: string }).text, /^unsaved, on disk/);
  });

  test('no editor, an empty file, a binary file and 5 MB each say why not', async () => {
    assert.equal(
      sentence(captureSelection(undefined, parts)),
      'Open a file in an editor first, or select code in one.',
    );
    assert.equal(
      sentence(captureSelection(await editorWith(' \n'), parts)),
      `${vscode.window.activeTextEditor?.document.uri.path ?? ''} is empty; there is nothing to attach.`,
    );
    const binary = await fileOf('picture.bin', new Uint8Array([0x89, 0x50, 0, 1, 2, 3]));
    assert.equal(
      sentence(await readAttachment(binary, parts)),
      'picture.bin is a binary file; only text can be attached.',
    );
    const large = await fileOf('large.log', 'x'.repeat(5_000_000));
    assert.equal(
      sentence(await readAttachment(large, parts)),
      'large.log has 5 MB; at most 1 MB can be attached. Select the part that matters.',
    );
  });

  test('of a file that is too long a selection can be attached', async () => {
    const line = 'x'.repeat(99);
    const uri = await fileOf('long.log', `${line}\n`.repeat(longestAttachment / 100 + 1));
    const editor = await vscode.window.showTextDocument(uri);
    assert.match(sentence(captureSelection(editor, parts)), /^long\.log has 1 MB; at most 1 MB/);
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    assert.deepEqual((attached(captureSelection(editor, parts)) as { lines: object }).lines, {
      first: 1,
      last: 2,
    });
  });

  test('a file that is gone is an error of its own', async () => {
    await assert.rejects(async () => readAttachment(vscode.Uri.file(join(folder, 'gone.ts')), parts));
  });
});

suite('inserting code', () => {
  teardown(closeEditors);

  test('puts it at the cursor, and one Undo takes it back', async () => {
    const editor = await editorWith('before after');
    editor.selection = new vscode.Selection(0, 7, 0, 7);
    assert.equal(await insertCode(editor, 'one\ntwo '), undefined);
    assert.equal(textOf(editor), 'before one\ntwo after');
    await vscode.commands.executeCommand('undo');
    assert.equal(textOf(editor), 'before after');
  });

  test('replaces what is selected, as pasting does', async () => {
    const editor = await editorWith('keep old keep');
    editor.selection = new vscode.Selection(0, 5, 0, 8);
    await insertCode(editor, 'new');
    assert.equal(textOf(editor), 'keep new keep');
  });

  test('without an editor it says why not', async () => {
    assert.match((await insertCode(undefined, 'x')) ?? '', /^Open a file in an editor first/);
  });

  test('into a document that cannot be written it says why not', async () => {
    const provider: vscode.TextDocumentContentProvider = { provideTextDocumentContent: () => 'fixed' };
    const registered = vscode.workspace.registerTextDocumentContentProvider('coding-lane-test', provider);
    try {
      const document = await vscode.workspace.openTextDocument(
        vscode.Uri.parse('coding-lane-test:/fixed.txt'),
      );
      const editor = await vscode.window.showTextDocument(document);
      assert.equal(await insertCode(editor, 'x'), 'fixed.txt is read-only; nothing was inserted.');
      assert.equal(textOf(editor), 'fixed');
    } finally {
      registered.dispose();
    }
  });

  test('into a locked file it says why not, and does not unlock it', async function () {
    const folder = await mkdtemp(join(tmpdir(), 'read-only-'));
    try {
      const path = join(folder, 'locked.txt');
      await writeFile(path, 'locked');
      await chmod(path, 0o444);
      const uri = vscode.Uri.file(path);
      const { permissions } = await vscode.workspace.fs.stat(uri);
      // To the superuser, and on some file systems, no file is locked.
      if (permissions !== vscode.FilePermission.Readonly) this.skip();
      const editor = await vscode.window.showTextDocument(uri);
      assert.equal(await insertCode(editor, 'x'), 'locked.txt is read-only; nothing was inserted.');
      assert.equal(textOf(editor), 'locked');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('the last text editor is remembered while something else has the focus', async () => {
    const last = new LastTextEditor();
    try {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(folder, 'the window has no folder');
      const editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'src/cart.ts'));
      const panel = vscode.window.createWebviewPanel('test', 'Test', vscode.ViewColumn.Beside);
      panel.reveal();
      assert.equal(last.editor?.document, editor.document);
      panel.dispose();
    } finally {
      last.dispose();
    }
  });
});
