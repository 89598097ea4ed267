// What happened in the session as changes for the views: only the turn that changed, growth as it came.
import type { ChatSession } from '../../core/chat/chatSession.ts';
import type { SessionChange } from '../../core/chat/sessionChange.ts';
import type { Answer, Turn } from '../../core/chat/conversation.ts';
import type { ConversationEvent } from '../../core/chat/conversationEvent.ts';
import type { Change } from '../../core/protocol/protocol.ts';
import { answerOutline, answerView, attachmentViews, statusView, turnView, turnViews } from './viewState.ts';
import type { Wording } from './viewState.ts';

export type ShownSession = Pick<ChatSession, 'conversation' | 'activity' | 'attachments' | 'draft'>;

export class ViewChanges {
  readonly #session: ShownSession;
  readonly #wording: Wording;
  /** The turn whose answer is known to the views to be growing. */
  #growing: string | undefined;

  constructor(session: ShownSession, wording: Wording) {
    this.#session = session;
    this.#wording = wording;
  }

  of(change: SessionChange): readonly Change[] {
    const session = this.#session;
    switch (change.type) {
      case 'conversation/opened':
        return [this.#replaced()];
      case 'conversation/event':
        return this.#ofEvent(change.event);
      case 'activity/changed':
        return [{ type: 'status/changed', status: statusView(session.activity, this.#wording) }];
      case 'attachments/changed':
        return [
          {
            type: 'attachments/changed',
            attachments: attachmentViews(session.attachments, this.#wording.l10n),
          },
        ];
      case 'composer/filled':
        return [{ type: 'composer/filled', text: change.text, focus: change.focus }];
      case 'composer/taken':
        return [{ type: 'composer/taken', text: change.text }];
      case 'draft/changed':
      case 'storage/failed':
      case 'unexpected':
        return [];
    }
  }

  #ofEvent(event: ConversationEvent): readonly Change[] {
    switch (event.type) {
      case 'conversation/created':
        return [];
      case 'turn/asked':
        return this.#ofTurn(event.turnId, (turn, earlier) => ({
          type: 'turn/added',
          turn: turnView(turn, earlier, this.#wording),
        }));
      case 'turns/dropped':
        return [{ type: 'turns/dropped', fromTurnId: event.fromTurnId }];
      case 'question/trimmed':
        return this.#anewFrom(event.turnId);
      case 'answer/started':
        this.#growing = undefined;
        return this.#ofAnswer(event.turnId, (turn, answer, earlier) => ({
          type: 'answer/started',
          turnId: turn.id,
          answer: answerView(turn, answer, earlier, this.#wording),
        }));
      case 'answer/grew': {
        const { turnId, text, reasoning } = event;
        const grew: Change = {
          type: 'answer/grew',
          turnId,
          ...(text !== undefined && { text }),
          ...(reasoning !== undefined && { reasoning }),
        };
        if (this.#growing === turnId) return [grew];
        this.#growing = turnId;
        return [...this.#outlined(turnId), grew];
      }
      case 'answer/continued':
      case 'answer/routed':
      case 'answer/noted':
      case 'answer/ended':
        this.#growing = undefined;
        return this.#outlined(event.turnId);
    }
  }

  /** A question has changed: its turn, and all after it, are shown anew. */
  #anewFrom(turnId: string): readonly Change[] {
    const { turns } = this.#session.conversation;
    const from = turns.findIndex((turn) => turn.id === turnId);
    if (from < 0) return [];
    const added = turns.slice(from).map((turn, index): Change => ({
      type: 'turn/added',
      turn: turnView(turn, turns.slice(0, from + index), this.#wording),
    }));
    return [{ type: 'turns/dropped', fromTurnId: turnId }, ...added];
  }

  #replaced(): Change {
    return { type: 'conversation/replaced', turns: turnViews(this.#session.conversation, this.#wording) };
  }

  #outlined(turnId: string): readonly Change[] {
    return this.#ofAnswer(turnId, (turn, answer, earlier) => ({
      type: 'answer/changed',
      turnId,
      outline: answerOutline(turn, answer, earlier, this.#wording),
    }));
  }

  #ofAnswer(
    turnId: string,
    change: (turn: Turn, answer: Answer, earlier: readonly Turn[]) => Change,
  ): readonly Change[] {
    return this.#ofTurn(turnId, (turn, earlier) => turn.answer && change(turn, turn.answer, earlier));
  }

  #ofTurn(
    turnId: string,
    change: (turn: Turn, earlier: readonly Turn[]) => Change | undefined,
  ): readonly Change[] {
    const { turns } = this.#session.conversation;
    const index = turns.findLastIndex((turn) => turn.id === turnId);
    const turn = turns[index];
    const made = turn && change(turn, turns.slice(0, index));
    return made ? [made] : [];
  }
}
