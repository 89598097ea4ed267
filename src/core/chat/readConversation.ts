// A conversation from the lines of its file: forgiving about lines, strict about what it becomes.
import { apply } from './applyEvent.ts';
import type { Conversation, Turn } from './conversation.ts';
import { conversationFormat, parseEvent } from './conversationEvent.ts';
import type { ConversationEvent } from './conversationEvent.ts';

export interface ReadConversation {
  readonly conversation: Conversation;
  /** Lines that were torn, foreign, or of an event type that this version does not know. */
  readonly skippedLines: number;
}

/** The file was written by a version whose events mean something else. */
export class NewerFormatError extends Error {
  override readonly name = 'NewerFormatError';
}

/**
 * An answer that never ended was cut by a reload: it becomes `interrupted` and keeps what had arrived. Nothing is
 * written for that, since another window may be the one that is still receiving it.
 */
export function readConversation(id: string, lines: readonly string[]): ReadConversation {
  const events = joinGrowth(lines.map(parseEvent));
  if (events.some((event) => event?.type === 'conversation/created' && event.version > conversationFormat)) {
    throw new NewerFormatError(`conversation ${id} has a newer format`);
  }
  let conversation: Conversation = { id, createdAt: 0, turns: [] };
  for (const event of events) {
    if (event !== undefined) conversation = apply(conversation, event);
  }
  return {
    // The file's name decides, whatever its first line says.
    conversation: { ...conversation, id, turns: conversation.turns.map(endOpenAnswer) },
    skippedLines: events.filter((event) => event === undefined).length,
  };
}

/** Growth of one answer that follows each other, as one event: a long answer has hundreds of such lines. */
function joinGrowth(events: readonly (ConversationEvent | undefined)[]): (ConversationEvent | undefined)[] {
  const joined: (ConversationEvent | undefined)[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event?.type === 'answer/grew' && last?.type === 'answer/grew' && last.turnId === event.turnId) {
      joined[joined.length - 1] = {
        ...last,
        text: (last.text ?? '') + (event.text ?? ''),
        reasoning: (last.reasoning ?? '') + (event.reasoning ?? ''),
      };
    } else {
      joined.push(event);
    }
  }
  return joined;
}

function endOpenAnswer(turn: Turn): Turn {
  const { answer } = turn;
  if (answer === undefined || (answer.state !== 'waiting' && answer.state !== 'answering')) return turn;
  return { ...turn, answer: { ...answer, state: 'interrupted' } };
}
