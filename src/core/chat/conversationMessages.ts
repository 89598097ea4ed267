// A conversation as the messages of its next completion.
import type { Message } from '../completion/message.ts';
import { codeTaskPrompt } from '../prompt/codeTaskPrompt.ts';
import { continuePrompt, systemPrompt } from '../prompt/systemPrompt.ts';
import type { Turn } from './conversation.ts';

export interface MessagesInput {
  /** Up to and with the turn that is to be answered. */
  readonly turns: readonly Turn[];
  /** `continue`: the last turn's answer was cut and goes on. */
  readonly purpose: 'answer' | 'continue';
  /** The editor's display language as a tag, for code tasks. */
  readonly language: string;
}

/**
 * Answers give their text and never their reasoning; a cut one gives what had arrived. A failed turn is left out. A
 * question that was stopped before anything came is kept, in one message with the next: the user may build on it.
 */
export function conversationMessages({ turns, purpose, language }: MessagesInput): readonly Message[] {
  const messages: Message[] = [{ role: 'system', text: systemPrompt }];
  for (const [index, turn] of turns.entries()) {
    const isLast = index === turns.length - 1;
    if (turn.answer?.state === 'failed' && !isLast) continue;
    addUser(messages, codeTaskPrompt(turn.question, language));
    const answer = isLast && purpose === 'answer' ? '' : (turn.answer?.text ?? '');
    if (answer !== '') messages.push({ role: 'assistant', text: answer });
  }
  if (purpose === 'continue') addUser(messages, continuePrompt);
  return messages;
}

/** Providers refuse two user messages in a row. */
function addUser(messages: Message[], text: string): void {
  const last = messages.at(-1);
  const content = { type: 'text', text } as const;
  if (last?.role === 'user') {
    messages[messages.length - 1] = { role: 'user', content: [...last.content, content] };
  } else {
    messages.push({ role: 'user', content: [content] });
  }
}
