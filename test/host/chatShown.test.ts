// The chat as the view shows it, and what it is told when something changes.
import assert from 'node:assert/strict';
import { apply } from '../../src/core/chat/applyEvent.ts';
import type { Activity } from '../../src/core/chat/activity.ts';
import type { Answer, Attachment, Conversation, Turn } from '../../src/core/chat/conversation.ts';
import type { ConversationEvent } from '../../src/core/chat/conversationEvent.ts';
import { completionError } from '../../src/core/completion/completionError.ts';
import type { Change } from '../../src/core/protocol/protocol.ts';
import { chatHtml } from '../../src/host/chat/chatHtml.ts';
import { ViewChanges } from '../../src/host/chat/viewChanges.ts';
import type { ShownSession } from '../../src/host/chat/viewChanges.ts';
import { attachmentViews, statusView, turnViews } from '../../src/host/chat/viewState.ts';
import type { Wording } from '../../src/host/chat/viewState.ts';
import { viewWords } from '../../src/host/chat/viewWords.ts';
import { englishL10n } from '../support/chat/englishL10n.ts';

const wording: Wording = { l10n: englishL10n, hasConsole: () => true, now: () => 1_000_000 };

const answer: Answer = {
  laneId: 'coding',
  laneLabel: 'BytePlus Coding',
  model: 'glm-5.2',
  state: 'done',
  reasoning: 'Hm.',
  text: 'An answer.',
  finishReason: 'stop',
  notes: [],
  startedAt: 1_000,
  endedAt: 5_200,
};

function turn(id: string, parts: Partial<Answer> = {}): Turn {
  return {
    id,
    question: { text: `question ${id}`, attachments: [], at: 0 },
    answer: { ...answer, ...parts },
  };
}

function conversation(...turns: readonly Turn[]): Conversation {
  return { id: 'c', createdAt: 0, turns };
}

function notes(...turns: readonly Turn[]): readonly string[] | undefined {
  return turnViews(conversation(...turns), wording).at(-1)?.answer?.notes;
}

suite('the chat as it is shown', () => {
  test('a finished answer with its usage and time', () => {
    const usage = { promptTokens: 1_204, completionTokens: 356, totalTokens: 1_560 };
    const [view] = turnViews(conversation(turn('t1', { usage, echoedModel: 'glm-5-2-260601' })), wording);
    assert.deepEqual(view, {
      id: 't1',
      question: { text: 'question t1', attachments: [] },
      answer: {
        state: 'done',
        model: 'glm-5.2',
        laneLabel: 'BytePlus Coding',
        notes: [],
        canContinue: false,
        footer: 'glm-5-2-260601 · 1,204 tokens in · 356 tokens out · 4.2 s',
        text: 'An answer.',
        reasoning: 'Hm.',
      },
    });
  });

  test('a change of lane or model since the last answer is said', () => {
    assert.deepEqual(notes(turn('t1'), turn('t2')), []);
    assert.deepEqual(
      notes(turn('t1'), turn('t2', { laneId: 'general', laneLabel: 'BytePlus General', model: 'x' })),
      ['From here x on BytePlus General answers; before, it was glm-5.2 on BytePlus Coding.'],
    );
    assert.deepEqual(notes(turn('t1'), turn('t2', { state: 'waiting', model: 'auto', text: '' })), []);
  });

  test('a move, a dropped parameter and the token limit are said', () => {
    const said = notes(
      turn('t1', {
        model: 'glm-5.1',
        finishReason: 'length',
        notes: [
          { type: 'model-moved', from: 'glm-5.2', to: 'glm-5.1' },
          { type: 'degraded', field: 'thinking' },
          { type: 'degraded', field: 'max_tokens', limit: 32_768 },
        ],
      }),
    );
    assert.deepEqual(said, [
      'glm-5.2 is not available here; glm-5.1 is used instead.',
      'glm-5.1 does not take thinking; it was left out.',
      'glm-5.1 allows at most 32,768 output tokens; the request was lowered to that.',
      'Stopped at the token limit.',
    ]);
  });

  test('what is attached says how much of it', () => {
    const attachment: Attachment = {
      id: 'a',
      label: 'a.ts',
      path: 'a.ts',
      languageId: '',
      text: 'x'.repeat(1_234),
    };
    const details = attachmentViews(
      [
        attachment,
        { ...attachment, lines: { first: 3, last: 20 } },
        { ...attachment, lines: { first: 3, last: 3 } },
      ],
      englishL10n,
    ).map(({ detail }) => detail);
    assert.deepEqual(details, ['1.2 KB', 'lines 3–20 · 1.2 KB', 'line 3 · 1.2 KB']);
  });

  test('the status is a few words at each phase', () => {
    const because = completionError('overloaded', 'busy', {
      lane: 'BytePlus Coding',
      status: 503,
    }).toRecord();
    const phases: readonly (readonly [Activity, object])[] = [
      [{ type: 'idle' }, { busy: false, text: '' }],
      [
        { type: 'idle', ended: 'done' },
        { busy: false, text: 'Answered' },
      ],
      [{ type: 'connecting' }, { busy: true, text: 'Connecting' }],
      [
        { type: 'waiting', model: 'glm-5.2', since: 7 },
        { busy: true, text: 'Waiting for glm-5.2', waitingSince: 7 },
      ],
      [
        { type: 'retrying', at: 9, because },
        { busy: true, text: 'BytePlus Coding is busy (503).', retryAt: 9 },
      ],
      [{ type: 'thinking' }, { busy: true, text: 'Thinking' }],
      [
        { type: 'answering', silentSince: 5 },
        { busy: true, text: 'Answering', waitingSince: 5 },
      ],
    ];
    for (const [activity, shown] of phases) assert.deepEqual(statusView(activity, wording), shown);
  });

  test('every word of the view is there, with the blanks that the view fills', () => {
    const words = viewWords(englishL10n);
    for (const [name, word] of Object.entries(words)) assert.notEqual(word, '', name);
    for (const name of ['retryIn', 'noDataFor', 'modelOnLane', 'codeLanguage', 'imageNotLoaded'] as const) {
      assert.match(words[name], /\{0\}/, name);
    }
  });

  test('the page allows its own script and style and nothing else', () => {
    const html = chatHtml({
      cspSource: 'https://view.example',
      scriptUri: 'https://view.example/dist/chat.js?a=1&b="2"',
      styleUri: 'https://view.example/dist/chat.css',
      nonce: 'bm9uY2U=',
      language: 'en"><script>alert(1)</script>',
      title: '<Chat>',
    });
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; img-src https://view.example data:; script-src 'nonce-bm9uY2U='; " +
        "style-src https://view.example; font-src https://view.example; connect-src 'none'; " +
        "form-action 'none'; base-uri 'none'",
    );
    assert.match(html, /<meta http-equiv="x-dns-prefetch-control" content="off">/);
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.match(
      html,
      /<script nonce="bm9uY2U=" src="https:\/\/view\.example\/dist\/chat\.js\?a=1&amp;b=&quot;2&quot;">/,
    );
    assert.match(html, /<title>&lt;Chat&gt;<\/title>/);
  });
});

/** A session as the mapping sees it: events applied, nothing else going on. */
class PlayedSession implements ShownSession {
  conversation: Conversation = conversation();
  readonly activity = { type: 'idle' } as const;
  readonly attachments = [];
  readonly draft = 'the draft';
  readonly changes = new ViewChanges(this, wording);

  play(event: ConversationEvent): readonly Change[] {
    this.conversation = apply(this.conversation, event);
    return this.changes.of({ type: 'conversation/event', event });
  }
}

suite('what the view is told', () => {
  const at = 0;
  const source = { laneId: 'coding', laneLabel: 'BytePlus Coding', model: 'auto' };

  test('an answer from its question to its end', () => {
    const session = new PlayedSession();
    const told = [
      session.play({ type: 'turn/asked', turnId: 't1', question: { text: 'q', attachments: [], at } }),
      session.play({ type: 'answer/started', turnId: 't1', ...source, at }),
      session.play({ type: 'answer/routed', turnId: 't1', ...source, model: 'glm-5.2' }),
      session.play({ type: 'answer/grew', turnId: 't1', reasoning: 'hm' }),
      session.play({ type: 'answer/grew', turnId: 't1', text: 'a' }),
      session.play({ type: 'answer/grew', turnId: 't1', text: 'b' }),
      session.play({ type: 'answer/ended', turnId: 't1', ending: { state: 'done', endedAt: 4_200 } }),
    ];
    assert.deepEqual(
      told.map((changes) => changes.map(({ type }) => type)),
      [
        ['turn/added'],
        ['answer/started'],
        ['answer/changed'],
        ['answer/changed', 'answer/grew'],
        ['answer/grew'],
        ['answer/grew'],
        ['answer/changed'],
      ],
    );
    assert.deepEqual(told[4], [{ type: 'answer/grew', turnId: 't1', text: 'a' }]);
    const last = told[6]?.[0];
    assert.deepEqual(last?.type === 'answer/changed' && [last.outline.state, last.outline.footer], [
      'done',
      '4.2 s',
    ]);
  });

  test('an event about a turn that is gone tells nothing', () => {
    const session = new PlayedSession();
    assert.deepEqual(
      session.play({ type: 'answer/ended', turnId: 'x', ending: { state: 'done', endedAt: 1 } }),
      [],
    );
  });

  test('a question without its attachments is shown anew, and what stood after it too', () => {
    const session = new PlayedSession();
    for (const turnId of ['t1', 't2']) {
      session.play({ type: 'turn/asked', turnId, question: { text: turnId, attachments: [], at } });
    }
    assert.deepEqual(
      session.play({ type: 'question/trimmed', turnId: 't1' }).map(({ type }) => type),
      ['turns/dropped', 'turn/added', 'turn/added'],
    );
  });
});
