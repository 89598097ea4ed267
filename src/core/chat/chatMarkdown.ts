// A conversation as a Markdown document, for the user to keep: what was asked and answered, by which model.
import { attachmentText } from '../prompt/attachmentText.ts';
import { conversationTitle } from './conversationTitle.ts';
import type { Conversation, Turn } from './conversation.ts';

/** The headings, in the user's language. */
export interface ExportWords {
  readonly you: string;
  /** `{model}` and `{lane}` are filled here. */
  readonly assistant: string;
  readonly notAnswered: string;
  readonly cutOff: string;
}

/** Reasoning, errors and ids stay out: it is a document to pass on. */
export function chatMarkdown({ turns }: Conversation, words: ExportWords): string {
  const title = conversationTitle(turns[0]?.question.text ?? '');
  const sections = turns.map((turn) => section(turn, words));
  return `${[`# ${title.replace(/[\\`*_[\]<>#]/g, '\\$&')}`, ...sections].join('\n\n')}\n`;
}

function section({ question, answer }: Turn, words: ExportWords): string {
  const parts = [`## ${words.you}`, question.text, ...question.attachments.map(attachmentText)];
  if (answer === undefined || answer.text === '') return [...parts, `_${words.notAnswered}_`].join('\n\n');
  const by = words.assistant.replace('{model}', () => answer.model).replace('{lane}', () => answer.laneLabel);
  parts.push(`## ${by}`, answer.text.trimEnd());
  if (answer.state !== 'done') parts.push(`_${words.cutOff}_`);
  return parts.join('\n\n');
}
