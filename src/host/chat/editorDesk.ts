// The desk of the chat in the real editor: clipboard, links, settings, commands of ours.
import * as vscode from 'vscode';
import type { LinkTarget } from '../../core/chat/linkTarget.ts';
import type { CommandId } from '../command/commandIds.ts';
import { insertCode } from '../editor/insertCode.ts';
import type { LastTextEditor } from '../editor/lastTextEditor.ts';
import type { Desk } from './intentHandler.ts';

export interface DeskParts {
  readonly lastEditor: LastTextEditor;
  readonly pickAttachments: () => Promise<void>;
  readonly showHistory: () => Promise<void>;
  readonly activeLaneId: () => string;
}

export function editorDesk({ lastEditor, pickAttachments, showHistory, activeLaneId }: DeskParts): Desk {
  return {
    copy: async (text) => vscode.env.clipboard.writeText(text),
    insert: async (code) => {
      const problem = await insertCode(lastEditor.editor, code);
      if (problem !== undefined) void vscode.window.showWarningMessage(problem);
    },
    openLink,
    openSettings: async (query) => {
      await vscode.commands.executeCommand('workbench.action.openSettings', query);
    },
    pickAttachments,
    showHistory,
    setApiKey: (laneId = activeLaneId()) => run('setApiKey', laneId),
    switchModel: () => run('switchModel'),
    showLog: () => run('showLog'),
    say: (sentence) => void vscode.window.showWarningMessage(sentence),
  };
}

async function run(command: CommandId, argument?: string): Promise<void> {
  await vscode.commands.executeCommand(`codingLane.${command}`, argument);
}

async function openLink({ href, askFirst }: LinkTarget): Promise<void> {
  const open = vscode.l10n.t('Open');
  if (askFirst) {
    const question = vscode.l10n.t('Open this address? It contains a lot of text or a user name.');
    const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail: href }, open);
    if (chosen !== open) return;
  }
  await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
