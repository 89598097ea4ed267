// An attachment as the model reads it: named on one safe line, fenced so that nothing inside can end the fence.
import type { Attachment } from '../chat/conversation.ts';
import { plainLine } from './plainLine.ts';

const shortestFence = 3;

/** Language ids of VS Code and info strings of Markdown, and nothing that could break out of the line. */
const languageIdForm = /^[\w+#.-]{1,40}$/;

export function attachmentText(attachment: Attachment): string {
  const { lines, languageId, text } = attachment;
  const fence = fenceFor(text);
  const where = lines === undefined ? '' : `, ${lineRange(lines)}`;
  const language = languageIdForm.test(languageId) ? languageId : '';
  const body = text.endsWith('\n') ? text : `${text}\n`;
  return `File ${quotedName(attachment.path || attachment.label)}${where}:\n${fence}${language}\n${body}${fence}`;
}

/** One backtick more than the longest run inside, so that the content cannot close it. */
export function fenceFor(text: string): string {
  let longest = shortestFence - 1;
  for (const run of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run[0].length);
  return '`'.repeat(longest + 1);
}

/** Quotes and escapes like JSON: a file may be called anything, also like an instruction (A38). */
function quotedName(name: string): string {
  return JSON.stringify(plainLine(name));
}

function lineRange({ first, last }: NonNullable<Attachment['lines']>): string {
  return first === last ? `line ${String(first)}` : `lines ${String(first)} to ${String(last)}`;
}
