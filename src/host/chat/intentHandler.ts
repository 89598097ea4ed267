// What each wish of the view makes happen. A wish names turns and blocks; all content is looked up here.
import type { ChatSession } from '../../core/chat/chatSession.ts';
import type { Turn } from '../../core/chat/conversation.ts';
import { insertableCode } from '../../core/chat/insertableCode.ts';
import { linkTarget } from '../../core/chat/linkTarget.ts';
import type { LinkTarget } from '../../core/chat/linkTarget.ts';
import type { Intent, RemedyId } from '../../core/protocol/protocol.ts';
import { answerOutline } from './viewState.ts';
import type { Wording } from './viewState.ts';

/** What the handler needs of the editor; `editorDesk` has it, tests play it. */
export interface Desk {
  copy(text: string): Promise<void>;
  /** Says itself why nothing could be inserted. */
  insert(code: string): Promise<void>;
  /** Shows the whole target first where that is wanted. */
  openLink(target: LinkTarget): Promise<void>;
  openSettings(query: string): Promise<void>;
  pickAttachments(): Promise<void>;
  showHistory(): Promise<void>;
  /** Without a lane the one that the window uses. */
  setApiKey(laneId?: string): Promise<void>;
  switchModel(): Promise<void>;
  showLog(): Promise<void>;
  /** A short sentence that asks for nothing. */
  say(sentence: string): void;
}

export interface IntentParts {
  readonly session: ChatSession;
  readonly desk: Desk;
  readonly wording: Wording;
  /** The web console of a lane; undefined where none is known. */
  readonly consoleOf: (laneId: string) => string | undefined;
}

/** All but what the outbox answers. */
export type ChatIntent = Exclude<Intent, { type: `view/${string}` }>;

type Handlers = {
  readonly [T in ChatIntent['type']]: (intent: Extract<ChatIntent, { type: T }>) => unknown;
};

const ownSettings = '@ext:codinglane.coding-lane';

export function intentHandler(parts: IntentParts): (intent: ChatIntent) => Promise<void> {
  const { session, desk } = parts;
  const { l10n } = parts.wording;
  const turnOf = (turnId: string): Turn | undefined =>
    session.conversation.turns.find((turn) => turn.id === turnId);
  const codeOf = async ({ turnId, block, length }: Extract<ChatIntent, { type: `code/${string}` }>) => {
    // The lexer is a quarter of all the code, and lies in a file of its own that is read at the first click.
    const { codeBlock } = await import('../../core/chat/codeBlocks.ts');
    const code = codeBlock(turnOf(turnId)?.answer?.text ?? '', block, length)?.text;
    if (code === undefined) desk.say(l10n.t('This code block has just changed. Try again.'));
    return code;
  };

  const handlers: Handlers = {
    'turn/send': ({ text }) => session.send(text),
    'turn/stop': () => session.stop(),
    'turn/retry': ({ turnId }) => session.retry(turnId),
    'turn/continue': ({ turnId }) => session.continue(turnId),
    'turn/edit': ({ turnId }) => session.edit(turnId),
    'turn/copy': ({ turnId }) => {
      const turn = turnOf(turnId);
      return turn && desk.copy(turn.answer?.text || turn.question.text);
    },
    'code/copy': async (intent) => {
      const code = await codeOf(intent);
      if (code !== undefined) await desk.copy(code);
    },
    'code/insert': async (intent) => {
      const code = await codeOf(intent);
      if (code !== undefined) await desk.insert(insertableCode(code));
    },
    'link/open': ({ turnId, href }) => {
      const { text = '', reasoning = '' } = turnOf(turnId)?.answer ?? {};
      const target = linkTarget(`${text}\n${reasoning}`, href);
      if (target === undefined) {
        desk.say(l10n.t('This link was not opened: only web and mail links in the answer can be.'));
        return undefined;
      }
      return desk.openLink(target);
    },
    'draft/changed': ({ text }) => session.setDraft(text),
    'attachment/pick': () => desk.pickAttachments(),
    'attachment/remove': ({ id }) => session.removeAttachment(id),
    'chat/new': () => session.newChat(),
    'chat/history': () => desk.showHistory(),
    'model/switch': () => desk.switchModel(),
    'remedy/take': ({ turnId, remedy }) => {
      const turn = turnOf(turnId);
      return turn && takeRemedy(parts, turn, remedy);
    },
    'key/set': () => desk.setApiKey(),
  };

  return async (intent) => {
    // The table has a row for each type, which the compiler cannot follow through the index.
    await (handlers[intent.type] as (intent: ChatIntent) => unknown)(intent);
  };
}

/** Only what the turn's card offers: a page cannot ask for what it was not shown. */
async function takeRemedy(parts: IntentParts, turn: Turn, remedy: RemedyId): Promise<void> {
  const { session, desk, wording, consoleOf } = parts;
  const error = turn.answer?.error;
  if (turn.answer === undefined || error === undefined) return;
  const { error: card } = answerOutline(turn, turn.answer, [], wording);
  if (!card?.remedies.some(({ id }) => id === remedy)) return;
  switch (remedy) {
    case 'retry':
    case 'confirm-lane':
      session.retry(turn.id);
      return;
    case 'continue':
      session.continue(turn.id);
      return;
    case 'drop-attachments':
      session.retry(turn.id, { withoutAttachments: true });
      return;
    case 'new-chat':
      session.newChat();
      return;
    case 'set-key':
      return desk.setApiKey(turn.answer.laneId);
    case 'switch-model':
      return desk.switchModel();
    case 'show-log':
      return desk.showLog();
    case 'open-settings':
      return desk.openSettings(ownSetting(error.details.setting) ?? ownSettings);
    case 'open-network-settings':
      return desk.openSettings('codingLane.network');
    case 'open-proxy-settings':
      return desk.openSettings('http.proxy');
    case 'open-console':
      return openPage(desk, consoleOf(turn.answer.laneId));
    case 'open-page':
      return openPage(desk, error.details.address ?? `https://${error.details.host ?? ''}`);
  }
}

/** The detail may also name an environment variable, which no settings page knows. */
function ownSetting(setting: string | undefined): string | undefined {
  return setting?.startsWith('codingLane.') ? setting : undefined;
}

async function openPage(desk: Desk, address: string | undefined): Promise<void> {
  const target = address === undefined ? undefined : linkTarget(address, address);
  if (target !== undefined) await desk.openLink(target);
}
