// States and turns as the host would send them, for tests of the view.
import type {
  AnswerView,
  LaneView,
  TurnView,
  ViewState,
  ViewWords,
} from '../../src/core/protocol/protocol.ts';

const words: ViewWords = {
  conversation: 'Conversation',
  you: 'You',
  assistant: 'Assistant',
  message: 'Message',
  placeholder: 'Ask about your code',
  send: 'Send',
  stop: 'Stop',
  newChat: 'New chat',
  history: 'History',
  attach: 'Attach',
  removeAttachment: 'Remove {0}',
  retry: 'Retry',
  continue: 'Continue',
  editMessage: 'Edit message',
  copyMessage: 'Copy message',
  copyCode: 'Copy code',
  insertAtCursor: 'Insert at cursor',
  copied: 'Copied',
  reasoning: 'Reasoning',
  thinking: 'Thinking…',
  details: 'Details',
  interrupted: 'Interrupted by a reload of the window.',
  stopped: 'Stopped.',
  cancel: 'Cancel',
  setApiKey: 'Set API key',
  welcome:
    'Ask about the code in front of you.\nBytePlus Coding answers from your Coding Plan and from no other bill.\nSelect code and choose Explain, or just type.',
  welcomeNoKey:
    'This lane has no key yet.\nIt is kept in the keychain of your system and sent to BytePlus only.',
  retryIn: 'Retrying in {0} s',
  noDataFor: 'No data for {0} s',
  modelOnLane: 'Model: {0} on {1}',
  codeLanguage: 'Code, {0}',
  imageNotLoaded: 'Image not loaded: {0}',
  jumpToLatest: 'Jump to latest',
};

export const lane: LaneView = {
  laneLabel: 'BytePlus Coding',
  model: 'glm-5.2',
  bill: 'Coding Plan',
  hasKey: true,
};

export function viewState(state: Partial<ViewState> = {}): ViewState {
  return {
    words,
    sendWith: 'enter',
    lane,
    status: { busy: false, text: '' },
    draft: '',
    attachments: [],
    turns: [],
    ...state,
  };
}

export function answer(view: Partial<AnswerView> = {}): AnswerView {
  return {
    state: 'done',
    model: 'glm-5.2',
    laneLabel: 'BytePlus Coding',
    notes: [],
    canContinue: false,
    text: '',
    reasoning: '',
    ...view,
  };
}

export function turn(id: string, question: string, view?: AnswerView): TurnView {
  const base = { id, question: { text: question, attachments: [] } };
  return view ? { ...base, answer: view } : base;
}
