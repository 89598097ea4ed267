// Puts code of an answer where the cursor is, as one step that Undo takes back.
import * as vscode from 'vscode';
import { labelOf } from './selection.ts';

/** Replaces what is selected, as pasting does. Returns why nothing was inserted, or undefined when it was. */
export async function insertCode(
  editor: vscode.TextEditor | undefined,
  code: string,
): Promise<string | undefined> {
  if (editor === undefined)
    return vscode.l10n.t('Open a file in an editor first; the code is inserted at its cursor.');
  if (code === '') return undefined;
  const file = labelOf(editor.document);
  if (await isReadOnly(editor.document.uri)) return readOnly(file);
  const before = editor.document.version;
  const isDone = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, code);
  });
  // In a read-only editor the editor says that it has edited, and has not.
  return isDone && editor.document.version > before ? undefined : readOnly(file);
}

function readOnly(file: string): string {
  return vscode.l10n.t('{file} is read-only; nothing was inserted.', { file });
}

async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme === 'untitled') return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch (error) {
    // A document may have no file: a notebook's cell, or one that was deleted. The edit itself will tell.
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}
