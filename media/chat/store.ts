// What the panel shows, as signals: facts of the host go in, in order, and only what a fact touches is drawn again.
import { batch, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';

import type {
  AnswerOutline,
  AnswerView,
  AttachmentView,
  Change,
  LaneView,
  SendWith,
  StatusView,
  TurnView,
  ViewState,
  ViewWords,
} from '../../src/core/protocol/protocol.ts';
import { GrowingDocument } from './markdown/growingDocument.ts';

/** The thinking of an answer. Read as markdown only once somebody unfolds it. */
export interface ReasoningModel {
  readonly isPresent: Signal<boolean>;
  /** Undefined until it is unfolded for the first time. */
  readonly document: Signal<GrowingDocument | undefined>;
  /** All of it, as received; not observed. */
  received: string;
}

export interface AnswerModel {
  /** Counts up; a retried answer is another one. */
  readonly id: number;
  readonly outline: Signal<AnswerOutline>;
  readonly document: GrowingDocument;
  readonly hasText: Signal<boolean>;
  readonly reasoning: ReasoningModel;
  /** The text as received; not observed. */
  received: string;
}

export interface TurnModel {
  readonly id: string;
  readonly question: TurnView['question'];
  readonly answer: Signal<AnswerModel | undefined>;
}

/** What a change asks of the composer, which holds the user's own text and so is no part of this state. */
export type ComposerNote =
  | { readonly type: 'opened'; readonly draft: string }
  | { readonly type: 'added'; readonly text: string }
  | { readonly type: 'filled'; readonly text: string; readonly focus: boolean }
  | { readonly type: 'taken'; readonly text: string };

export interface StoreListener {
  /** This document has something to draw; `isLive` when it is the answer that is streaming. */
  readonly onGrowth: (document: GrowingDocument, isLive: boolean) => void;
  readonly onComposerNote: (note: ComposerNote) => void;
}

export class Store {
  readonly words: Signal<ViewWords | undefined> = signal(undefined);
  readonly sendWith: Signal<SendWith> = signal('enter');
  readonly lane: Signal<LaneView | undefined> = signal(undefined);
  readonly status: Signal<StatusView> = signal({ busy: false, text: '' });
  readonly attachments: Signal<readonly AttachmentView[]> = signal([]);
  readonly turns: Signal<readonly TurnModel[]> = signal([]);
  readonly #listener: StoreListener;

  constructor(listener: StoreListener) {
    this.#listener = listener;
  }

  open(state: ViewState): void {
    batch(() => {
      this.words.value = state.words;
      this.sendWith.value = state.sendWith;
      this.lane.value = state.lane;
      this.status.value = state.status;
      this.attachments.value = state.attachments;
      this.#replaceTurns(state.turns);
    });
    this.#listener.onComposerNote({ type: 'opened', draft: state.draft });
  }

  apply(changes: readonly Change[]): void {
    batch(() => {
      for (const change of changes) this.#apply(change);
    });
  }

  /** Reads the thinking from now on. */
  unfoldReasoning(reasoning: ReasoningModel, isEnded: boolean): void {
    if (reasoning.document.value) return;
    const document = new GrowingDocument();
    document.append(reasoning.received);
    if (isEnded) document.end();
    reasoning.document.value = document;
    this.#listener.onGrowth(document, false);
  }

  #apply(change: Change): void {
    switch (change.type) {
      case 'conversation/replaced':
        this.#replaceTurns(change.turns);
        return;
      case 'turn/added':
        this.turns.value = [...this.turns.value, this.#turnModel(change.turn)];
        this.#listener.onComposerNote({ type: 'added', text: change.turn.question.text });
        return;
      case 'turns/dropped': {
        const index = this.turns.value.findIndex(({ id }) => id === change.fromTurnId);
        if (index !== -1) this.turns.value = this.turns.value.slice(0, index);
        return;
      }
      case 'answer/started': {
        const turn = this.#turn(change.turnId);
        if (turn) turn.answer.value = this.#answerModel(change.answer, turn.answer.value);
        return;
      }
      case 'answer/grew': {
        const answer = this.#turn(change.turnId)?.answer.value;
        if (answer) this.#grow(answer, change.text ?? '', change.reasoning ?? '');
        return;
      }
      case 'answer/changed': {
        const answer = this.#turn(change.turnId)?.answer.value;
        if (answer) this.#setOutline(answer, change.outline);
        return;
      }
      case 'status/changed':
        this.status.value = change.status;
        return;
      case 'lane/changed':
        this.lane.value = change.lane;
        return;
      case 'attachments/changed':
        this.attachments.value = change.attachments;
        return;
      case 'composer/filled':
        this.#listener.onComposerNote({ type: 'filled', text: change.text, focus: change.focus });
        return;
      case 'composer/taken':
        this.#listener.onComposerNote({ type: 'taken', text: change.text });
        return;
      case 'settings/changed':
        this.sendWith.value = change.sendWith;
    }
  }

  /** The turn that grows is nearly always the last one. */
  #turn(id: string): TurnModel | undefined {
    return this.turns.value.findLast((turn) => turn.id === id);
  }

  /** Newest first, since that is what is looked at; turns that are shown already keep what is drawn of them. */
  #replaceTurns(turns: readonly TurnView[]): void {
    const shown = new Map(this.turns.value.map((turn) => [turn.id, turn]));
    this.turns.value = turns
      .toReversed()
      .map((turn) => this.#turnModel(turn, shown.get(turn.id)))
      .toReversed();
  }

  #turnModel(turn: TurnView, shown?: TurnModel): TurnModel {
    const answer = turn.answer && this.#answerModel(turn.answer, shown?.answer.value);
    if (shown?.question.text !== turn.question.text) {
      return { id: turn.id, question: turn.question, answer: signal(answer) };
    }
    shown.answer.value = answer;
    return shown;
  }

  /** A new model, or the shown one when the view only continues it. */
  #answerModel(view: AnswerView, shown: AnswerModel | undefined): AnswerModel {
    const continues =
      shown !== undefined &&
      view.text.startsWith(shown.received) &&
      view.reasoning.startsWith(shown.reasoning.received);
    const answer = continues ? shown : emptyAnswer(view);
    const text = view.text.slice(answer.received.length);
    const reasoning = view.reasoning.slice(answer.reasoning.received.length);
    this.#grow(answer, text, reasoning, isLive(view));
    this.#setOutline(answer, view);
    return answer;
  }

  #grow(answer: AnswerModel, text: string, reasoning: string, live = true): void {
    if (text !== '') {
      answer.received += text;
      answer.hasText.value = true;
      answer.document.append(text);
      this.#listener.onGrowth(answer.document, live);
    }
    if (reasoning !== '') {
      answer.reasoning.received += reasoning;
      answer.reasoning.isPresent.value = true;
      const document = answer.reasoning.document.value;
      if (document) {
        document.append(reasoning);
        this.#listener.onGrowth(document, live);
      }
    }
  }

  #setOutline(answer: AnswerModel, outline: AnswerOutline): void {
    answer.outline.value = outline;
    if (isLive(outline)) return;
    for (const document of [answer.document, answer.reasoning.document.value]) {
      if (!document) continue;
      document.end();
      this.#listener.onGrowth(document, false);
    }
  }
}

/** Whether more of this answer is to be expected. */
export function isLive(outline: Pick<AnswerOutline, 'state'>): boolean {
  return outline.state === 'waiting' || outline.state === 'answering';
}

let answerCount = 0;

function emptyAnswer(view: AnswerView): AnswerModel {
  return {
    id: ++answerCount,
    outline: signal<AnswerOutline>(view),
    document: new GrowingDocument(),
    hasText: signal(false),
    reasoning: { isPresent: signal(false), document: signal(undefined), received: '' },
    received: '',
  };
}
