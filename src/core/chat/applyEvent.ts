// The one function that changes a conversation: an event in, the next conversation out.
import type { Answer, Conversation, Turn } from './conversation.ts';
import type { ConversationEvent } from './conversationEvent.ts';
import { addUsage } from '../usage/addUsage.ts';

/** An event about a turn that is not there changes nothing: another window may have dropped it meanwhile. */
export function apply(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'conversation/created':
      return { ...conversation, id: event.id, createdAt: event.at };
    case 'turn/asked':
      return {
        ...conversation,
        turns: [...conversation.turns, { id: event.turnId, question: event.question }],
      };
    case 'turns/dropped': {
      const from = conversation.turns.findIndex((turn) => turn.id === event.fromTurnId);
      return from < 0 ? conversation : { ...conversation, turns: conversation.turns.slice(0, from) };
    }
    case 'question/trimmed':
      return changeTurn(conversation, event.turnId, (turn) => ({
        ...turn,
        question: { ...turn.question, attachments: [] },
      }));
    case 'answer/started':
      return changeTurn(conversation, event.turnId, (turn) => ({
        ...turn,
        answer: {
          laneId: event.laneId,
          laneLabel: event.laneLabel,
          model: event.model,
          state: 'waiting',
          reasoning: '',
          text: '',
          notes: [],
          startedAt: event.at,
        },
      }));
    default:
      return changeAnswer(conversation, event.turnId, (answer) => nextAnswer(answer, event));
  }
}

type AnswerEvent = Extract<
  ConversationEvent,
  {
    type: 'answer/continued' | 'answer/routed' | 'answer/noted' | 'answer/grew' | 'answer/ended';
  }
>;

function nextAnswer(answer: Answer, event: AnswerEvent): Answer {
  switch (event.type) {
    case 'answer/continued':
      return {
        laneId: event.laneId,
        laneLabel: event.laneLabel,
        model: event.model,
        state: 'waiting',
        text: answer.text,
        reasoning: answer.reasoning,
        notes: answer.notes,
        ...(answer.usage && { usage: answer.usage }),
        startedAt: event.at,
      };
    case 'answer/routed':
      return { ...answer, laneId: event.laneId, laneLabel: event.laneLabel, model: event.model };
    case 'answer/noted':
      return {
        ...answer,
        notes: [...answer.notes, event.note],
        ...(event.note.type === 'model-moved' && { model: event.note.to }),
      };
    case 'answer/grew':
      // Joining strings costs the same however long they are: the engine keeps them as ropes until they are read.
      return {
        ...answer,
        state: 'answering',
        text: answer.text + (event.text ?? ''),
        reasoning: answer.reasoning + (event.reasoning ?? ''),
      };
    case 'answer/ended':
      return {
        ...answer,
        ...event.ending,
        ...(event.ending.usage && { usage: addUsage(answer.usage, event.ending.usage) }),
      };
  }
}

function changeAnswer(
  conversation: Conversation,
  turnId: string,
  change: (answer: Answer) => Answer,
): Conversation {
  return changeTurn(conversation, turnId, (turn) =>
    turn.answer === undefined ? turn : { ...turn, answer: change(turn.answer) },
  );
}

function changeTurn(conversation: Conversation, turnId: string, change: (turn: Turn) => Turn): Conversation {
  // The turn that changes is nearly always the last.
  const index = conversation.turns.findLastIndex((turn) => turn.id === turnId);
  const turn = conversation.turns[index];
  if (turn === undefined) return conversation;
  const turns = conversation.turns.slice();
  turns[index] = change(turn);
  return { ...conversation, turns };
}
