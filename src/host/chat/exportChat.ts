// Opens the conversation as an unsaved Markdown document; what becomes of it is the user's to decide.
import * as vscode from 'vscode';
import { chatMarkdown } from '../../core/chat/chatMarkdown.ts';
import type { Conversation } from '../../core/chat/conversation.ts';

export async function exportChat(conversation: Conversation): Promise<void> {
  if (conversation.turns.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This chat is empty; there is nothing to export.'),
    );
    return;
  }
  const content = chatMarkdown(conversation, {
    you: vscode.l10n.t('You'),
    assistant: vscode.l10n.t('{model} on {lane}'),
    notAnswered: vscode.l10n.t('Not answered'),
    cutOff: vscode.l10n.t('This answer is incomplete.'),
  });
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}
