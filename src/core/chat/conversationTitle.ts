// What a list calls a conversation: the start of its first question.
import { parseEvent } from './conversationEvent.ts';
import { plainLine } from '../prompt/plainLine.ts';

/** Long enough to recognise it, short enough for one line of a list. */
const longestTitle = 80;

/** undefined: the line asks nothing. */
export function titleOfLine(line: string): string | undefined {
  const event = parseEvent(line);
  return event?.type === 'turn/asked' ? conversationTitle(event.question.text) : undefined;
}

export function conversationTitle(firstQuestion: string): string {
  const line = plainLine(firstQuestion.slice(0, longestTitle * 4));
  return line.length <= longestTitle ? line : `${line.slice(0, longestTitle - 1).trimEnd()}…`;
}
