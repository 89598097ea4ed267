// The list behind Attach: the selection, the active file, open editors, or a file of the workspace.
import * as vscode from 'vscode';
import { withoutIcons } from '../withoutIcons.ts';
import { readAttachment } from './readAttachment.ts';
import { captureSelection, labelOf } from './selection.ts';
import type { Captured, CaptureParts } from './selection.ts';

interface PickItem extends vscode.QuickPickItem {
  readonly capture?: () => Promise<readonly Captured[]>;
}

/** Empty when nothing was chosen. */
export async function pickAttachments(
  editor: vscode.TextEditor | undefined,
  parts: CaptureParts,
): Promise<readonly Captured[]> {
  const chosen = await vscode.window.showQuickPick(pickItems(editor, parts), {
    title: vscode.l10n.t('Attach to the next question'),
    placeHolder: vscode.l10n.t('Nothing is attached that you did not choose'),
    matchOnDescription: true,
  });
  return (await chosen?.capture?.()) ?? [];
}

function pickItems(editor: vscode.TextEditor | undefined, parts: CaptureParts): readonly PickItem[] {
  const items: PickItem[] = [];
  if (editor && !editor.selection.isEmpty) {
    items.push({
      label: `$(selection) ${vscode.l10n.t('Selection')}`,
      description: withoutIcons(labelOf(editor.document)),
      capture: () => Promise.resolve([captureSelection(editor, parts)]),
    });
  }
  if (editor) items.push(fileItem(editor.document.uri, parts, vscode.l10n.t('Active file')));
  const others = openFiles().filter((uri) => uri.toString() !== editor?.document.uri.toString());
  if (others.length > 0) {
    items.push({ label: vscode.l10n.t('Open editors'), kind: vscode.QuickPickItemKind.Separator });
    items.push(...others.map((uri) => fileItem(uri, parts)));
  }
  if (vscode.workspace.workspaceFolders?.length) {
    items.push({ label: vscode.l10n.t('Workspace'), kind: vscode.QuickPickItemKind.Separator });
    items.push({
      label: `$(folder-opened) ${vscode.l10n.t('Choose file…')}`,
      capture: () => chooseFiles(parts),
    });
  }
  if (items.length === 0) items.push({ label: vscode.l10n.t('No file is open') });
  return items;
}

function fileItem(uri: vscode.Uri, parts: CaptureParts, name?: string): PickItem {
  const path = parts.pathOf(uri) ?? labelOf({ uri });
  return {
    label: `$(file) ${name ?? withoutIcons(labelOf({ uri }))}`,
    description: withoutIcons(path),
    capture: async () => [await readAttachment(uri, parts)],
  };
}

function openFiles(): readonly vscode.Uri[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const uris = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

async function chooseFiles(parts: CaptureParts): Promise<readonly Captured[]> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
    ...(folder && { defaultUri: folder.uri }),
  });
  const inside = (chosen ?? []).filter((uri) => vscode.workspace.getWorkspaceFolder(uri));
  if (chosen && inside.length < chosen.length) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Only files inside the workspace can be attached.'));
  }
  return Promise.all(inside.map((uri) => readAttachment(uri, parts)));
}
