// Facts are taken in their order, a missing one is noticed, and the host hears when they are drawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createFeed } from '../../media/chat/feed.ts';
import { Store } from '../../media/chat/store.ts';
import type { ComposerNote } from '../../media/chat/store.ts';
import { entriesOf } from '../../media/chat/markdown/groups.ts';
import type { GrowingDocument } from '../../media/chat/markdown/growingDocument.ts';
import type { Change, Intent } from '../../src/core/protocol/protocol.ts';
import { answer, turn, viewState } from './sampleState.ts';

function connected() {
  const posted: Intent[] = [];
  const notes: ComposerNote[] = [];
  const grown: { document: GrowingDocument; isLive: boolean }[] = [];
  const store = new Store({
    onGrowth: (document, isLive) => grown.push({ document, isLive }),
    onComposerNote: (note) => notes.push(note),
  });
  const feed = createFeed(store, (intent) => posted.push(intent));
  let sequence = 0;
  const open = (state = viewState()): void => feed.take({ type: 'view/opened', sequence: ++sequence, state });
  const change = (...changes: Change[]): void =>
    feed.take({ type: 'view/changed', sequence: ++sequence, changes });
  const skip = (): void => void sequence++;
  return { posted, notes, grown, store, feed, open, change, skip };
}

function drawnText(document: GrowingDocument): string {
  while (document.advance(1_000));
  return [...entriesOf(document.blocks.value)]
    .map((block) => (block.kind === 'token' ? block.token.raw : ''))
    .join('|');
}

test('Changes before everything is known, or a second time, mean nothing', () => {
  const { change, feed, open, posted, store } = connected();
  change({ type: 'turn/added', turn: turn('t0', 'early') });
  assert.equal(store.turns.value.length, 0);
  open();
  change({ type: 'turn/added', turn: turn('t1', 'now') });
  feed.take({
    type: 'view/changed',
    sequence: 3,
    changes: [{ type: 'turn/added', turn: turn('t1', 'again') }],
  });
  assert.deepEqual(
    store.turns.value.map(({ id }) => id),
    ['t1'],
  );
  assert.deepEqual(posted, []);
});

test('A missing fact asks for everything, once, and nothing is applied until it comes', () => {
  const { change, open, posted, skip, store } = connected();
  open();
  skip();
  change({ type: 'turn/added', turn: turn('t1', 'after the gap') });
  change({ type: 'turn/added', turn: turn('t2', 'after the gap') });
  assert.deepEqual(posted, [{ type: 'view/ready' }]);
  assert.equal(store.turns.value.length, 0);
  open(viewState({ turns: [turn('t1', 'x'), turn('t2', 'y')] }));
  assert.equal(store.turns.value.length, 2);
});

test('The host hears once about each state that is drawn', () => {
  const { change, feed, open, posted } = connected();
  feed.drawn();
  open();
  feed.drawn();
  feed.drawn();
  change({ type: 'settings/changed', sendWith: 'ctrlEnter' });
  change({ type: 'settings/changed', sendWith: 'enter' });
  feed.drawn();
  assert.deepEqual(posted, [
    { type: 'view/caughtUp', sequence: 1 },
    { type: 'view/caughtUp', sequence: 3 },
  ]);
});

test('Only the answer that grows is drawn again', () => {
  const { change, grown, open, store } = connected();
  open(
    viewState({
      turns: [turn('t1', 'a', answer({ text: 'one' })), turn('t2', 'b', answer({ state: 'answering' }))],
    }),
  );
  const [first, second] = store.turns.value;
  const firstAnswer = first?.answer.value;
  grown.length = 0;
  change({ type: 'answer/grew', turnId: 't2', text: 'two' });
  assert.deepEqual(
    grown.map(({ document, isLive }) => [document === second?.answer.value?.document, isLive]),
    [[true, true]],
  );
  assert.equal(store.turns.value[0]?.answer.value, firstAnswer);
  assert.equal(drawnText(second!.answer.value!.document), 'two');
});

test('Everything told again continues what is drawn where it fits, and replaces it where it does not', () => {
  const { open, store } = connected();
  open(
    viewState({
      turns: [turn('t1', 'a', answer({ text: 'one' })), turn('t2', 'b', answer({ text: 'two' }))],
    }),
  );
  const [first, second] = store.turns.value.map((model) => model.answer.value);
  open(
    viewState({
      turns: [turn('t1', 'a', answer({ text: 'one more' })), turn('t2', 'b', answer({ text: 'other' }))],
    }),
  );
  assert.equal(store.turns.value[0]?.answer.value, first);
  assert.equal(drawnText(first!.document), 'one more');
  assert.notEqual(store.turns.value[1]?.answer.value, second);
  assert.equal(drawnText(store.turns.value[1]!.answer.value!.document), 'other');
});

test('Thinking is only kept until somebody unfolds it', () => {
  const { change, grown, open, store } = connected();
  open(viewState({ turns: [turn('t1', 'a', answer({ state: 'answering', reasoning: 'I ' }))] }));
  change({ type: 'answer/grew', turnId: 't1', reasoning: 'think' });
  const { reasoning } = store.turns.value[0]!.answer.value!;
  assert.equal(reasoning.document.value, undefined);
  assert.deepEqual(grown, []);
  store.unfoldReasoning(reasoning, false);
  change({ type: 'answer/grew', turnId: 't1', reasoning: ' so' });
  assert.equal(drawnText(reasoning.document.value!), 'I think so');
});

test('Dropped turns go with all that follow them, and the composer hears what concerns it', () => {
  const { change, notes, open, store } = connected();
  open(viewState({ draft: 'd', turns: [turn('t1', 'a'), turn('t2', 'b'), turn('t3', 'c')] }));
  change(
    { type: 'turns/dropped', fromTurnId: 't2' },
    { type: 'turn/added', turn: turn('t4', 'e') },
    { type: 'composer/filled', text: 'f', focus: true },
    { type: 'composer/taken', text: 'g' },
  );
  assert.deepEqual(
    store.turns.value.map(({ id }) => id),
    ['t1', 't4'],
  );
  assert.deepEqual(notes, [
    { type: 'opened', draft: 'd' },
    { type: 'added', text: 'e' },
    { type: 'filled', text: 'f', focus: true },
    { type: 'taken', text: 'g' },
  ]);
});
