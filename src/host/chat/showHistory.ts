// The list of earlier chats; opening one shows it and switches neither lane nor model.
import * as vscode from 'vscode';
import type { ChatSession } from '../../core/chat/chatSession.ts';
import type { ConversationStore, StoredConversation } from '../../core/chat/conversationStore.ts';
import { withoutIcons } from '../withoutIcons.ts';

interface ChatItem extends vscode.QuickPickItem {
  readonly id: string;
}

export async function showHistory(
  store: Pick<ConversationStore, 'list'>,
  session: Pick<ChatSession, 'conversation' | 'open'>,
): Promise<void> {
  const conversations = await store.list();
  if (conversations.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no earlier chats yet.'));
    return;
  }
  const items = conversations.map((stored) => chatItem(stored, session.conversation.id));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Chat History'),
    placeHolder: vscode.l10n.t('Choose a chat to open'),
    matchOnDescription: true,
  });
  if (chosen !== undefined) await session.open(chosen.id);
}

function chatItem({ id, title, changedAt }: StoredConversation, shownId: string): ChatItem {
  const age = wordedAge(changedAt - Date.now());
  const description = id === shownId ? vscode.l10n.t('{age}, shown now', { age }) : age;
  return { id, label: withoutIcons(title), description };
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function wordedAge(difference: number): string {
  const format = new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto' });
  const step = steps.find(([, milliseconds]) => Math.abs(difference) >= milliseconds);
  return step ? format.format(Math.round(difference / step[1]), step[0]) : format.format(0, 'minute');
}
