// The chat as the view shows it: a conversation and its surroundings as worded, plain data.
import type { Activity } from '../../core/chat/activity.ts';
import { isBusy } from '../../core/chat/activity.ts';
import { canContinue } from '../../core/chat/canContinue.ts';
import type { Answer, AnswerNote, Attachment, Conversation, Turn } from '../../core/chat/conversation.ts';
import type { ActiveLane } from '../../core/lane/activeLane.ts';
import type {
  AnswerOutline,
  AnswerView,
  AttachmentView,
  LaneView,
  StatusView,
  TurnView,
} from '../../core/protocol/protocol.ts';
import { shortBillWords } from '../billWords.ts';
import { errorCard, errorSentence } from '../errorCard.ts';
import type { L10n } from '../l10n.ts';
import { wordedNumber, wordedSize } from '../l10n.ts';

export interface Wording {
  readonly l10n: L10n;
  /** The lane has a console that we know the address of. */
  readonly hasConsole: (laneId: string) => boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function turnViews({ turns }: Conversation, wording: Wording): readonly TurnView[] {
  return turns.map((turn, index) => turnView(turn, turns.slice(0, index), wording));
}

/** `earlier`: the turns before it, for what has changed since. */
export function turnView(turn: Turn, earlier: readonly Turn[], wording: Wording): TurnView {
  const { text, attachments } = turn.question;
  return {
    id: turn.id,
    question: { text, attachments: attachmentViews(attachments, wording.l10n) },
    ...(turn.answer && { answer: answerView(turn, turn.answer, earlier, wording) }),
  };
}

export function answerView(
  turn: Turn,
  answer: Answer,
  earlier: readonly Turn[],
  wording: Wording,
): AnswerView {
  return {
    ...answerOutline(turn, answer, earlier, wording),
    text: answer.text,
    reasoning: answer.reasoning,
  };
}

export function answerOutline(
  turn: Turn,
  answer: Answer,
  earlier: readonly Turn[],
  wording: Wording,
): AnswerOutline {
  const footer = footerOf(answer, wording.l10n);
  const goesOn = canContinue(answer);
  return {
    state: answer.state,
    model: answer.model,
    laneLabel: answer.laneLabel,
    notes: notesOf(answer, earlier, wording.l10n),
    canContinue: goesOn,
    ...(footer !== '' && { footer }),
    ...(answer.error && {
      error: errorCard(wording.l10n, answer.error, {
        canContinue: goesOn,
        hasAttachments: turn.question.attachments.length > 0,
        hasConsole: wording.hasConsole(answer.laneId),
        now: wording.now(),
      }),
    }),
  };
}

export function attachmentViews(attachments: readonly Attachment[], l10n: L10n): readonly AttachmentView[] {
  return attachments.map(({ id, label, lines, text }) => {
    // What it costs to send, not what it weighs on disk: near enough for a glance.
    const size = wordedSize(l10n, text.length);
    if (lines === undefined) return { id, label, detail: size };
    const range =
      lines.first === lines.last
        ? l10n.t('line {line}', { line: lines.first })
        : l10n.t('lines {first}–{last}', { first: lines.first, last: lines.last });
    return { id, label, detail: `${range} · ${size}` };
  });
}

export function statusView(activity: Activity, wording: Wording): StatusView {
  const { l10n } = wording;
  const busy = isBusy(activity);
  switch (activity.type) {
    case 'idle':
      return { busy, text: endedWords(activity.ended, l10n) };
    case 'connecting':
      return { busy, text: l10n.t('Connecting') };
    case 'waiting':
      return {
        busy,
        text: l10n.t('Waiting for {model}', { model: activity.model }),
        waitingSince: activity.since,
      };
    case 'retrying':
      return {
        busy,
        text: errorSentence(l10n, activity.because, wording.now()),
        retryAt: activity.at,
      };
    case 'thinking':
    case 'answering':
      return {
        busy,
        text: activity.type === 'thinking' ? l10n.t('Thinking') : l10n.t('Answering'),
        ...(activity.silentSince !== undefined && { waitingSince: activity.silentSince }),
      };
  }
}

export function laneView({ lane, shownModel, hasKey, problem }: ActiveLane, wording: Wording): LaneView {
  return {
    laneLabel: lane.label,
    model: shownModel,
    bill: shortBillWords(lane.billing, wording.l10n),
    hasKey,
    ...(problem && { problem: errorSentence(wording.l10n, problem.toRecord(), wording.now()) }),
  };
}

function endedWords(ended: Answer['state'] | undefined, l10n: L10n): string {
  switch (ended) {
    case 'done':
      return l10n.t('Answered');
    case 'stopped':
      return l10n.t('Stopped');
    case 'interrupted':
      return l10n.t('Interrupted');
    case 'failed':
      return l10n.t('Not answered');
    default:
      return '';
  }
}

function notesOf(answer: Answer, earlier: readonly Turn[], l10n: L10n): readonly string[] {
  const notes = answer.notes.map((note) => noteWords(note, answer, l10n));
  const before = earlier.findLast((turn) => turn.answer !== undefined && turn.answer.text !== '')?.answer;
  // Before its request is made nobody knows which model it will be.
  const isKnown = answer.state !== 'waiting' && answer.notes.length === 0;
  if (before && isKnown && (before.laneId !== answer.laneId || before.model !== answer.model)) {
    notes.unshift(
      l10n.t('From here {model} on {lane} answers; before, it was {earlierModel} on {earlierLane}.', {
        model: answer.model,
        lane: answer.laneLabel,
        earlierModel: before.model,
        earlierLane: before.laneLabel,
      }),
    );
  }
  if (answer.finishReason === 'length') notes.push(l10n.t('Stopped at the token limit.'));
  return notes;
}

function noteWords(note: AnswerNote, answer: Answer, l10n: L10n): string {
  switch (note.type) {
    case 'model-moved':
      return l10n.t('{from} is not available here; {to} is used instead.', { from: note.from, to: note.to });
    case 'degraded':
      return note.limit === undefined
        ? l10n.t('{model} does not take {field}; it was left out.', {
            model: answer.model,
            field: note.field,
          })
        : l10n.t('{model} allows at most {limit} output tokens; the request was lowered to that.', {
            model: answer.model,
            limit: wordedNumber(l10n, note.limit),
          });
  }
}

/** What the provider says it used, the tokens it counted and the time it took, as far as they are known. */
function footerOf({ model, echoedModel, usage, startedAt, endedAt }: Answer, l10n: L10n): string {
  if (endedAt === undefined) return '';
  const seconds = Math.max(0, endedAt - startedAt) / 1_000;
  const time = new Intl.NumberFormat(l10n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return [
    echoedModel === undefined || echoedModel === model ? '' : echoedModel,
    usage && l10n.t('{count} tokens in', { count: wordedNumber(l10n, usage.promptTokens) }),
    usage && l10n.t('{count} tokens out', { count: wordedNumber(l10n, usage.completionTokens) }),
    l10n.t('{seconds} s', { seconds: time.format(seconds) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
