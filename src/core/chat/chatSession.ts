// The chat of one window: its conversation, its composer, and at most one answer under way.
import type { RequestPurpose } from '../usage/requestRecord.ts';
import type { Activity } from './activity.ts';
import { isBusy } from './activity.ts';
import { AnswerRun } from './answerRun.ts';
import type { AnswerPlan, AnswerPorts } from './answerRun.ts';
import { apply } from './applyEvent.ts';
import { canContinue } from './canContinue.ts';
import { Composer } from './composer.ts';
import type { Attachment, Conversation, Question, Turn } from './conversation.ts';
import { conversationFormat } from './conversationEvent.ts';
import type { ConversationEvent } from './conversationEvent.ts';
import type { ConversationStore } from './conversationStore.ts';
import { ConversationWriter } from './conversationWriter.ts';
import { readConversation } from './readConversation.ts';
import type { SessionChange } from './sessionChange.ts';

export interface ChatSessionPorts extends Omit<AnswerPorts, 'tokensPerEstimate'> {
  readonly store: ConversationStore;
  /** Lower-case letters, digits and hyphens; unique for ever. */
  readonly newId: () => string;
  /** What the window would use now: shown with an answer until its request knows better. */
  readonly shownLane: () => { readonly laneId: string; readonly laneLabel: string; readonly model: string };
}

/** `busy`: an answer is under way · `empty`: nothing was asked · `unknown`: no such turn, or nothing to go on from. */
export type Asked = 'asked' | 'busy' | 'empty' | 'unknown';

export class ChatSession {
  readonly #ports: ChatSessionPorts;
  readonly #tell: (change: SessionChange) => void;
  readonly #composer = new Composer();
  readonly #tokensPerEstimate = new Map<string, number>();
  #conversation: Conversation;
  #writer: ConversationWriter;
  #isStored = false;
  #activity: Activity = { type: 'idle' };
  #run: AnswerRun | undefined;
  #openings = 0;

  constructor(ports: ChatSessionPorts, tell: (change: SessionChange) => void) {
    this.#ports = ports;
    this.#tell = tell;
    this.#conversation = this.#emptyConversation();
    this.#writer = this.#writerFor(this.#conversation.id);
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  get activity(): Activity {
    return this.#activity;
  }

  get draft(): string {
    return this.#composer.text;
  }

  get attachments(): readonly Attachment[] {
    return this.#composer.attachments;
  }

  // -- the composer

  /** What the user has typed so far. */
  setDraft(text: string): void {
    if (text === this.#composer.text) return;
    this.#composer.text = text;
    if (text === '') this.#composer.endEdit();
    this.#tell({ type: 'draft/changed' });
  }

  /** Puts a text there as if it had been typed. */
  fillComposer(text: string, focus: boolean): void {
    this.#composer.text = text;
    this.#tell({ type: 'composer/filled', text, focus });
    this.#tell({ type: 'draft/changed' });
  }

  /** What lies there stays there, also what the user typed a moment ago and we have not heard of yet. */
  focusComposer(): void {
    this.#tell({ type: 'composer/filled', text: '', focus: true });
  }

  /** Returns how many found no place. */
  attach(attachments: readonly Attachment[]): number {
    const leftOut = this.#composer.attach(attachments);
    this.#tell({ type: 'attachments/changed' });
    return leftOut;
  }

  removeAttachment(attachmentId: string): void {
    this.#composer.remove(attachmentId);
    this.#tell({ type: 'attachments/changed' });
  }

  /** Takes a question back into the composer; sending it drops that turn and all after it. */
  edit(turnId: string): void {
    const turn = this.#turn(turnId);
    if (turn === undefined) return;
    const { text } = this.#composer;
    this.#composer.edit(turnId, turn.question);
    if (text !== '') this.#tell({ type: 'composer/taken', text });
    this.#tell({ type: 'attachments/changed' });
    this.fillComposer(turn.question.text, true);
  }

  // -- asking

  /** Sends what the composer holds. A refused text is back in the composer. */
  send(text: string): Asked {
    const refusal = isBusy(this.#activity) ? 'busy' : text.trim() === '' ? 'empty' : undefined;
    if (refusal !== undefined) {
      this.fillComposer(text, true);
      return refusal;
    }
    const { attachments, replaces } = this.#composer;
    if (replaces !== undefined && this.#turn(replaces) !== undefined) {
      this.#event({ type: 'turns/dropped', fromTurnId: replaces });
    }
    this.#composer.clear();
    const turnId = this.#ask({ text, attachments, at: this.#ports.clock.now() });
    this.#tell({ type: 'attachments/changed' });
    this.#tell({ type: 'draft/changed' });
    const { text: setAside } = this.#composer;
    if (setAside !== '') this.#tell({ type: 'composer/filled', text: setAside, focus: false });
    this.#answer(turnId, 'chat', { takeBack: true });
    return 'asked';
  }

  /** Asks what a code task asks, past the composer: what lies there stays there. */
  ask(question: Omit<Question, 'at'>, purpose: RequestPurpose): Asked {
    if (isBusy(this.#activity)) return 'busy';
    this.#answer(this.#ask({ ...question, at: this.#ports.clock.now() }), purpose);
    return 'asked';
  }

  /** Asks the same again; the new answer replaces the old. */
  retry(turnId: string, options: { withoutAttachments?: boolean } = {}): Asked {
    const turn = this.#turn(turnId);
    if (isBusy(this.#activity)) return 'busy';
    if (turn === undefined) return 'unknown';
    if (this.#composer.giveBack(turnId, turn.question)) {
      this.#tell({ type: 'attachments/changed' });
      this.#tell({ type: 'composer/taken', text: turn.question.text });
      this.#tell({ type: 'draft/changed' });
    }
    if (options.withoutAttachments) this.#event({ type: 'question/trimmed', turnId });
    this.#answer(turnId, turn.question.task === 'explain' ? 'explain' : 'chat');
    return 'asked';
  }

  /** Asks for the rest of an answer that was cut. */
  continue(turnId: string): Asked {
    const answer = this.#turn(turnId)?.answer;
    if (isBusy(this.#activity)) return 'busy';
    if (answer === undefined || !canContinue(answer)) return 'unknown';
    this.#answer(turnId, 'continue');
    return 'asked';
  }

  /** The answer is over when this returns, whatever its request is doing. */
  stop(): void {
    this.#run?.stop();
  }

  // -- conversations

  newChat(): void {
    this.#openings += 1;
    this.#show(this.#emptyConversation(), false);
  }

  /** Throws when it cannot be read; the conversation shown stays then. */
  async open(id: string): Promise<void> {
    this.#openings += 1;
    const opening = this.#openings;
    if (id === this.#conversation.id) return;
    const lines = await this.#ports.store.read(id);
    const { conversation } = readConversation(id, lines);
    // Something else was opened while this was read: the later wish counts.
    if (opening === this.#openings) this.#show(conversation, true);
  }

  /** Opens what the window showed before a reload. Returns whether it is still there; throws when it is unreadable. */
  async restore(id: string): Promise<boolean> {
    try {
      await this.open(id);
      return true;
    } catch (error) {
      const stored = await this.#ports.store.list();
      if (stored.some((conversation) => conversation.id === id)) throw error;
      return false;
    }
  }

  /** The window closes: writes what is not written yet and lets the request go. */
  async close(): Promise<void> {
    this.#run?.abandon();
    this.#run = undefined;
    await this.#writer.settled();
  }

  // -- within

  #emptyConversation(): Conversation {
    return { id: this.#ports.newId(), createdAt: this.#ports.clock.now(), turns: [] };
  }

  #show(conversation: Conversation, isStored: boolean): void {
    this.stop();
    this.#run = undefined;
    this.#composer.endEdit();
    this.#conversation = conversation;
    this.#writer = this.#writerFor(conversation.id);
    this.#isStored = isStored;
    this.#setActivity({ type: 'idle' });
    this.#tell({ type: 'conversation/opened' });
  }

  #writerFor(id: string): ConversationWriter {
    const { store, clock } = this.#ports;
    return new ConversationWriter(id, {
      store,
      clock,
      onFailed: (error) => this.#tell({ type: 'storage/failed', error }),
    });
  }

  #turn(turnId: string): Turn | undefined {
    return this.#conversation.turns.find((turn) => turn.id === turnId);
  }

  #ask(question: Question): string {
    const turnId = this.#ports.newId();
    this.#event({ type: 'turn/asked', turnId, question });
    return turnId;
  }

  #answer(turnId: string, purpose: RequestPurpose, options: { takeBack?: boolean } = {}): void {
    // A conversation that is still being opened must not push this answer aside.
    this.#openings += 1;
    const lane = this.#ports.shownLane();
    const type = purpose === 'continue' ? 'answer/continued' : 'answer/started';
    this.#event({ type, turnId, ...lane, at: this.#ports.clock.now() });
    const last = this.#conversation.turns.findIndex((turn) => turn.id === turnId);
    const plan: AnswerPlan = {
      turnId,
      purpose,
      turns: this.#conversation.turns.slice(0, last + 1),
      laneLabel: lane.laneLabel,
      model: lane.model,
    };
    const writer = this.#writer;
    const run = new AnswerRun(
      plan,
      { ...this.#ports, tokensPerEstimate: this.#tokensPerEstimate },
      {
        event: (event) => {
          this.#event(event);
          const hasFailed = event.type === 'answer/ended' && event.ending.state === 'failed';
          if (hasFailed && options.takeBack) this.#takeBack(turnId);
        },
        activity: (activity) => this.#setActivity(activity),
        settled: () => writer.settled(),
        unexpected: (error) => this.#tell({ type: 'unexpected', error }),
      },
    );
    this.#run = run;
    void run.start();
  }

  /** Nothing typed is ever lost: the text of a failed send is in the composer again. */
  #takeBack(turnId: string): void {
    const turn = this.#turn(turnId);
    if (turn === undefined || !this.#composer.takeBack(turnId, turn.question)) return;
    this.#tell({ type: 'attachments/changed' });
    // Without the focus: the user may be writing code by now.
    this.fillComposer(turn.question.text, false);
  }

  #setActivity(activity: Activity): void {
    this.#activity = activity;
    this.#tell({ type: 'activity/changed' });
  }

  #event(event: ConversationEvent): void {
    if (!this.#isStored) {
      const { id, createdAt } = this.#conversation;
      this.#writer.write({ type: 'conversation/created', version: conversationFormat, id, at: createdAt });
      this.#isStored = true;
    }
    this.#conversation = apply(this.#conversation, event);
    this.#writer.write(event);
    this.#tell({ type: 'conversation/event', event });
  }
}
