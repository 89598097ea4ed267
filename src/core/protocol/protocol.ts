// All that the chat panel and its host say to each other: intents (wishes of the view) and facts (truth of the host).
// Nobody awaits an answer. The view holds no truth: `view/opened` gives it everything, `view/changed` the rest in order.

/** view → host */
export type Intent =
  /** The page has loaded and knows nothing. */
  | { readonly type: 'view/ready' }
  /** The batch with this number is drawn; the host may send the next. */
  | { readonly type: 'view/caughtUp'; readonly sequence: number }
  | { readonly type: 'turn/send'; readonly text: string }
  | { readonly type: 'turn/stop' }
  | { readonly type: 'turn/retry'; readonly turnId: string }
  | { readonly type: 'turn/continue'; readonly turnId: string }
  /** Takes the question back into the composer; sending it drops that turn and all after it. */
  | { readonly type: 'turn/edit'; readonly turnId: string }
  | { readonly type: 'turn/copy'; readonly turnId: string }
  /** `block` counts the code blocks of the answer in document order from 0; `length` guards against a mismatch. */
  | { readonly type: 'code/copy'; readonly turnId: string; readonly block: number; readonly length: number }
  | { readonly type: 'code/insert'; readonly turnId: string; readonly block: number; readonly length: number }
  | { readonly type: 'link/open'; readonly turnId: string; readonly href: string }
  | { readonly type: 'draft/changed'; readonly text: string }
  | { readonly type: 'attachment/pick' }
  | { readonly type: 'attachment/remove'; readonly id: string }
  | { readonly type: 'chat/new' }
  | { readonly type: 'chat/history' }
  | { readonly type: 'model/switch' }
  /** A remedy button of the error card of this turn. */
  | { readonly type: 'remedy/take'; readonly turnId: string; readonly remedy: RemedyId }
  /** The key is missing and no turn failed yet: the welcome's button. */
  | { readonly type: 'key/set' };

/** What an error card's button does. */
export type RemedyId =
  | 'retry'
  | 'continue'
  | 'set-key'
  | 'switch-model'
  | 'open-settings'
  | 'open-network-settings'
  | 'open-proxy-settings'
  | 'open-console'
  | 'open-page'
  | 'drop-attachments'
  | 'new-chat'
  | 'show-log'
  | 'confirm-lane';

/** host → view */
export type Fact =
  | { readonly type: 'view/opened'; readonly sequence: number; readonly state: ViewState }
  | { readonly type: 'view/changed'; readonly sequence: number; readonly changes: readonly Change[] };

export type Change =
  | { readonly type: 'conversation/replaced'; readonly turns: readonly TurnView[] }
  | { readonly type: 'turn/added'; readonly turn: TurnView }
  | { readonly type: 'turns/dropped'; readonly fromTurnId: string }
  /** A new or retried answer: replaces the one that was shown. */
  | { readonly type: 'answer/started'; readonly turnId: string; readonly answer: AnswerView }
  /** Append-only. */
  | {
      readonly type: 'answer/grew';
      readonly turnId: string;
      readonly text?: string;
      readonly reasoning?: string;
    }
  /** Everything of the answer but its text and reasoning. */
  | { readonly type: 'answer/changed'; readonly turnId: string; readonly outline: AnswerOutline }
  | { readonly type: 'status/changed'; readonly status: StatusView }
  | { readonly type: 'lane/changed'; readonly lane: LaneView }
  | { readonly type: 'attachments/changed'; readonly attachments: readonly AttachmentView[] }
  /** The host puts text into the composer: a failed send, an edit, a restored draft. Empty: only the focus moves. */
  | { readonly type: 'composer/filled'; readonly text: string; readonly focus: boolean }
  /** This text leaves the composer again, if it still stands there: it is asked from elsewhere, or put aside. */
  | { readonly type: 'composer/taken'; readonly text: string }
  | { readonly type: 'settings/changed'; readonly sendWith: SendWith };

export type SendWith = 'enter' | 'ctrlEnter';

export interface ViewState {
  readonly words: ViewWords;
  readonly sendWith: SendWith;
  readonly lane: LaneView;
  readonly status: StatusView;
  readonly draft: string;
  readonly attachments: readonly AttachmentView[];
  readonly turns: readonly TurnView[];
}

export interface LaneView {
  readonly laneLabel: string;
  readonly model: string;
  /** "plan" or "per token", in the user's language. */
  readonly bill: string;
  readonly hasKey: boolean;
  /** Why the lane cannot work, one sentence. */
  readonly problem?: string;
}

/** A few words at a change, never a token; read politely by a screen reader. */
export interface StatusView {
  readonly busy: boolean;
  readonly text: string;
  /** Epoch milliseconds of the next attempt, for the countdown. */
  readonly retryAt?: number;
  /** Epoch milliseconds since which there has been no data; shown as "no data for n s" from 15 s. */
  readonly waitingSince?: number;
}

export interface AttachmentView {
  readonly id: string;
  readonly label: string;
  /** Line range and size, worded. */
  readonly detail: string;
}

export interface TurnView {
  readonly id: string;
  readonly question: { readonly text: string; readonly attachments: readonly AttachmentView[] };
  readonly answer?: AnswerView;
}

export interface AnswerView extends AnswerOutline {
  readonly text: string;
  readonly reasoning: string;
}

export interface AnswerOutline {
  readonly state: 'waiting' | 'answering' | 'done' | 'stopped' | 'interrupted' | 'failed';
  readonly model: string;
  readonly laneLabel: string;
  /** Lines such as "glm-5.2 is not available here; glm-5.1 answered". */
  readonly notes: readonly string[];
  /** "1,204 in · 356 out · 4.2 s", when finished. */
  readonly footer?: string;
  readonly canContinue: boolean;
  readonly error?: ErrorCard;
}

export interface ErrorCard {
  readonly sentence: string;
  /** The first is primary; at most three. */
  readonly remedies: readonly { readonly id: RemedyId; readonly label: string }[];
  /** Lines of name and value: status, code, request id, the provider's words. */
  readonly details: readonly string[];
}

/** Every word the view itself shows; made by the host, so that the view needs no catalogue of its own. */
export interface ViewWords {
  readonly conversation: string;
  readonly you: string;
  readonly assistant: string;
  readonly message: string;
  readonly placeholder: string;
  readonly send: string;
  readonly stop: string;
  readonly newChat: string;
  readonly history: string;
  readonly attach: string;
  readonly removeAttachment: string;
  readonly retry: string;
  readonly continue: string;
  readonly editMessage: string;
  readonly copyMessage: string;
  readonly copyCode: string;
  readonly insertAtCursor: string;
  readonly copied: string;
  readonly reasoning: string;
  readonly thinking: string;
  readonly details: string;
  readonly interrupted: string;
  readonly stopped: string;
  readonly cancel: string;
  readonly setApiKey: string;
  readonly welcome: string;
  readonly welcomeNoKey: string;
  /** "{0} s" placeholders are filled by the view. */
  readonly retryIn: string;
  readonly noDataFor: string;
  /** "{0} on {1}": model and lane, the accessible name of the model button. */
  readonly modelOnLane: string;
  readonly codeLanguage: string;
  readonly imageNotLoaded: string;
  readonly jumpToLatest: string;
}
