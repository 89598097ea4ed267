// The text of one question for the model: what is attached, then what is asked.
import type { Question } from '../chat/conversation.ts';
import { attachmentText } from './attachmentText.ts';
import { codeTask } from './codeTasks.ts';

/**
 * A code task is asked in the table's words, not in those the user saw. `language` is the editor's display language
 * as a tag: a task has no words of the user to take the language from.
 */
export function codeTaskPrompt(question: Question, language: string): string {
  const instruction = question.task === undefined ? undefined : codeTask(question.task)?.instruction;
  const asked = instruction === undefined ? question.text : instruction + answerLanguage(language);
  return [...question.attachments.map(attachmentText), asked].filter((part) => part !== '').join('\n\n');
}

function answerLanguage(language: string): string {
  return /^en\b/i.test(language) || !/^[a-z0-9-]{2,35}$/i.test(language)
    ? ''
    : ` Answer in the language with the tag ${language}.`;
}
