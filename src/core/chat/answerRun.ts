// One request for one answer, from asking for a connection to the answer's end. Its state lives and ends with it.
import type { Clock } from '../completion/clock.ts';
import { CompletionError, completionError } from '../completion/completionError.ts';
import type {
  CompletionOptions,
  CompletionRequest,
  Connect,
  Connection,
  Progress,
} from '../completion/connection.ts';
import type { Delta, Finish } from '../completion/delta.ts';
import type { ReasoningEffort, ThinkingType } from '../lane/modelFacts.ts';
import { fit, learnTokensPerEstimate } from '../prompt/fit.ts';
import type { RequestPurpose } from '../usage/requestRecord.ts';
import type { Activity } from './activity.ts';
import type { AnswerNote, Turn } from './conversation.ts';
import type { ConversationEvent, Ending } from './conversationEvent.ts';
import { conversationMessages } from './conversationMessages.ts';
import { SilenceWatch } from './silenceWatch.ts';

/** Characters of one request's answer and reasoning after which it is stopped as a runaway (A37). */
export const longestAnswer = 2_000_000;

/** A disk that hangs must not keep an answer from being shown as done. */
const longestWaitForDisk = 2_000;

export interface AnswerSettings {
  readonly thinking: ThinkingType | 'default';
  readonly reasoningEffort: ReasoningEffort | 'default';
  /** 0: the model's own limit. */
  readonly maxOutputTokens: number;
  /** The editor's display language as a tag. */
  readonly language: string;
}

export type StreamCompletion = (
  connection: Connection,
  request: CompletionRequest,
  options: CompletionOptions,
) => AsyncIterable<Delta>;

export interface AnswerPorts {
  readonly connect: Connect;
  readonly streamCompletion: StreamCompletion;
  readonly clock: Clock;
  readonly settings: () => AnswerSettings;
  /** By model id, learned from the usage that answers report; outlives the requests. */
  readonly tokensPerEstimate: Map<string, number>;
}

export interface AnswerPlan {
  readonly turnId: string;
  readonly purpose: RequestPurpose;
  /** Up to and with the turn that is to be answered. */
  readonly turns: readonly Turn[];
  readonly laneLabel: string;
  readonly model: string;
}

export interface AnswerSink {
  event(event: ConversationEvent): void;
  activity(activity: Activity): void;
  /** Resolves when what was told so far is on disk, or cannot be. */
  settled(): Promise<void>;
  /** An error that is nobody's answer: a mistake in this program. */
  unexpected(error: unknown): void;
}

export class AnswerRun {
  readonly #plan: AnswerPlan;
  readonly #ports: AnswerPorts;
  readonly #sink: AnswerSink;
  readonly #controller = new AbortController();
  readonly #hadText: boolean;
  #laneLabel: string;
  #model: string;
  /** Characters of text and reasoning that this request brought. */
  #received = 0;
  #hasToolCalls = false;
  #estimatedTokens: number | undefined;
  #activity: Activity['type'] = 'connecting';
  #isSilent = false;
  readonly #silence: SilenceWatch;
  /** The provider's proof of success arrived; only the disk is waited for. */
  #finished: Ending | undefined;
  #isOver = false;

  constructor(plan: AnswerPlan, ports: AnswerPorts, sink: AnswerSink) {
    this.#plan = plan;
    this.#ports = ports;
    this.#sink = sink;
    this.#silence = new SilenceWatch(ports.clock, (since) => this.#hint(since));
    this.#laneLabel = plan.laneLabel;
    this.#model = plan.model;
    this.#hadText = plan.purpose === 'continue' && (plan.turns.at(-1)?.answer?.text ?? '') !== '';
  }

  /** Resolves when the request has let go of everything; the answer's end comes earlier, through the sink. */
  async start(): Promise<void> {
    this.#sink.activity({ type: 'connecting' });
    try {
      const connection = await this.#ports.connect(this.#plan.purpose, this.#controller.signal);
      if (this.#isOver) return;
      await this.#receive(connection);
    } catch (error) {
      // After its end nobody waits for this answer: what the request says then is the echo of our own abort.
      if (!this.#isOver) this.#fail(error);
    }
  }

  /** At once, whatever the request is doing; the socket follows on its own. */
  stop(): void {
    this.#end(this.#finished ?? { state: 'stopped', endedAt: this.#ports.clock.now() });
  }

  /** Leaves without a word: the window closes, and the next one finds the answer unfinished. */
  abandon(): void {
    this.#isOver = true;
    this.#silence.stop();
    this.#controller.abort();
  }

  async #receive(connection: Connection): Promise<void> {
    const settings = this.#ports.settings();
    const [model] = connection.candidates.models;
    this.#laneLabel = connection.lane.label;
    if (model === undefined) {
      throw completionError('model-unavailable', 'no-model-known', {}, { neverSent: true });
    }
    this.#route(connection, model.id);
    const messages = conversationMessages({
      turns: this.#plan.turns,
      purpose: this.#plan.purpose === 'continue' ? 'continue' : 'answer',
      language: settings.language,
    });
    const fitted = fit({
      messages,
      model,
      maxOutputTokens: settings.maxOutputTokens,
      tokensPerEstimate: this.#ports.tokensPerEstimate.get(model.id) ?? 1,
    });
    this.#estimatedTokens = fitted.estimatedTokens;
    const request: CompletionRequest = {
      purpose: this.#plan.purpose,
      messages,
      maxOutputTokens: fitted.maxOutputTokens,
      thinking: settings.thinking,
      reasoningEffort: settings.reasoningEffort,
    };
    const deltas = this.#ports.streamCompletion(connection, request, {
      signal: this.#controller.signal,
      onProgress: (progress) => this.#progress(progress),
    });
    for await (const delta of deltas) {
      if (this.#isOver) return;
      if (delta.type === 'finish') {
        await this.#finish(delta);
        return;
      }
      this.#take(delta);
    }
    if (!this.#isOver) throw completionError('truncated', 'no-finish', { characters: this.#received });
  }

  #route(connection: Connection, model: string): void {
    this.#model = model;
    this.#sink.event({
      type: 'answer/routed',
      turnId: this.#plan.turnId,
      laneId: connection.lane.id,
      laneLabel: connection.lane.label,
      model,
    });
  }

  #progress(progress: Progress): void {
    if (this.#isOver) return;
    const { clock } = this.#ports;
    switch (progress.type) {
      case 'sent':
        this.#show({ type: 'waiting', model: progress.model, since: clock.now() });
        break;
      case 'first-byte':
        break;
      case 'retrying':
        this.#show({
          type: 'retrying',
          at: clock.now() + progress.inMs,
          because: progress.because.toRecord(),
        });
        break;
      case 'model-moved':
        this.#model = progress.to;
        this.#note({ type: 'model-moved', from: progress.from, to: progress.to });
        break;
      case 'degraded':
        this.#note({
          type: 'degraded',
          field: progress.field,
          ...(progress.limit !== undefined && { limit: progress.limit }),
        });
        break;
    }
  }

  #note(note: AnswerNote): void {
    this.#sink.event({ type: 'answer/noted', turnId: this.#plan.turnId, note });
  }

  #take(delta: Exclude<Delta, Finish>): void {
    if (delta.type === 'tool-call') {
      this.#hasToolCalls = true;
      return;
    }
    const { turnId } = this.#plan;
    this.#received += delta.text.length;
    this.#silence.heard();
    const type = delta.type === 'text' ? 'answering' : 'thinking';
    if (this.#activity !== type || this.#isSilent) this.#show({ type });
    this.#sink.event(
      delta.type === 'text'
        ? { type: 'answer/grew', turnId, text: delta.text }
        : { type: 'answer/grew', turnId, reasoning: delta.text },
    );
    if (this.#received > longestAnswer) {
      this.#fail(completionError('truncated', 'cut', { characters: this.#received, limit: longestAnswer }));
    }
  }

  async #finish(finish: Finish): Promise<void> {
    const { clock, tokensPerEstimate } = this.#ports;
    if (finish.usage !== undefined && this.#estimatedTokens !== undefined) {
      const learned = learnTokensPerEstimate(this.#estimatedTokens, finish.usage.promptTokens);
      tokensPerEstimate.set(this.#model, learned);
    }
    const known = {
      ...(finish.model !== undefined && { echoedModel: finish.model }),
      ...(finish.usage !== undefined && { usage: finish.usage }),
      ...(finish.requestId !== undefined && { requestId: finish.requestId }),
    };
    if (finish.reason === 'content-filter') {
      this.#fail(completionError('content-filter', 'output'), known);
      return;
    }
    if (this.#received === 0 && this.#hasToolCalls) {
      // No tools were offered, so a bare call of one is no answer.
      this.#fail(completionError('malformed', 'not-an-answer'), known);
      return;
    }
    this.#silence.stop();
    this.#finished = { state: 'done', endedAt: clock.now(), finishReason: finish.reason, ...known };
    await this.#disk();
    this.#end(this.#finished);
  }

  async #disk(): Promise<void> {
    let cancel = (): void => undefined;
    const patience = new Promise<void>((resolve) => {
      cancel = this.#ports.clock.after(longestWaitForDisk, resolve);
    });
    await Promise.race([this.#sink.settled(), patience]);
    cancel();
  }

  /** What had arrived stays; with nothing to keep the turn has failed. */
  #fail(error: unknown, known: Partial<Ending> = {}): void {
    if (!(error instanceof CompletionError)) this.#sink.unexpected(error);
    const failure = error instanceof CompletionError ? error : completionError('network', 'unknown');
    const record = failure.with({ lane: this.#laneLabel, model: this.#model }).toRecord();
    this.#end({
      ...known,
      state: this.#received > 0 || this.#hadText ? 'interrupted' : 'failed',
      endedAt: this.#ports.clock.now(),
      error: record,
    });
  }

  #end(ending: Ending): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#silence.stop();
    this.#controller.abort();
    this.#sink.event({ type: 'answer/ended', turnId: this.#plan.turnId, ending });
    this.#sink.activity({ type: 'idle', ended: ending.state });
  }

  #show(activity: Activity): void {
    this.#activity = activity.type;
    this.#isSilent = false;
    if (activity.type === 'thinking' || activity.type === 'answering') this.#silence.start();
    else this.#silence.stop();
    this.#sink.activity(activity);
  }

  #hint(silentSince: number): void {
    if (this.#activity !== 'thinking' && this.#activity !== 'answering') return;
    this.#isSilent = true;
    this.#sink.activity({ type: this.#activity, silentSince });
  }
}
