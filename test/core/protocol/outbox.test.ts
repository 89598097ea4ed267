// The outbox: at once when it is quiet, one batch at a time when it is not, bounded when nobody reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchInterval, Outbox } from '../../../src/core/protocol/outbox.ts';
import type { Change, Fact, ViewState } from '../../../src/core/protocol/protocol.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const state = {} as ViewState;
const grew = (text: string, turnId = 't1'): Change => ({ type: 'answer/grew', turnId, text });
const status = (text: string): Change => ({ type: 'status/changed', status: { busy: true, text } });
const outline = (state: 'answering' | 'done'): Change => ({
  type: 'answer/changed',
  turnId: 't1',
  outline: { state, model: 'm', laneLabel: 'Coding', notes: [], canContinue: false },
});

class Bench {
  readonly clock = new FakeClock();
  readonly facts: Fact[] = [];
  readonly outbox = new Outbox({
    clock: this.clock,
    post: (fact) => this.facts.push(fact),
    viewState: () => state,
  });

  /** Opened and drawn, and quiet since. */
  static ready(): Bench {
    const bench = new Bench();
    bench.outbox.opened();
    bench.acknowledge();
    bench.clock.advance(1_000);
    bench.facts.length = 0;
    return bench;
  }

  acknowledge(): void {
    this.outbox.caughtUp(this.facts.at(-1)?.sequence ?? 0);
  }

  get batches(): readonly (readonly Change[])[] {
    return this.facts.map((fact) => (fact.type === 'view/changed' ? fact.changes : []));
  }
}

const moment = (): Promise<void> => Promise.resolve().then(() => undefined);

test('a view that is ready gets everything once, and nothing before', async () => {
  const bench = new Bench();
  bench.outbox.add(grew('lost on nobody'));
  await moment();
  assert.deepEqual(bench.facts, []);
  bench.outbox.opened();
  assert.deepEqual(bench.facts, [{ type: 'view/opened', sequence: 1, state }]);
});

test('the first change of a quiet time goes at once, with what belongs to the same moment', async () => {
  const bench = Bench.ready();
  bench.outbox.add(status('Answering'));
  bench.outbox.add(grew('a'));
  await moment();
  assert.deepEqual(bench.batches, [[status('Answering'), grew('a')]]);
});

test('then there is one batch in forty milliseconds', async () => {
  const bench = Bench.ready();
  bench.outbox.add(grew('a'));
  await moment();
  bench.acknowledge();
  bench.outbox.add(grew('b'));
  bench.clock.advance(batchInterval - 1);
  bench.outbox.add(grew('c'));
  await moment();
  assert.equal(bench.batches.length, 1);
  bench.clock.advance(1);
  assert.deepEqual(bench.batches[1], [grew('bc')]);
});

test('nothing is sent while a batch is not drawn, then all of it at once', async () => {
  const bench = Bench.ready();
  bench.outbox.add(grew('a'));
  await moment();
  for (let index = 0; index < 20_000; index += 1) {
    bench.outbox.add(grew('x'));
    if (index % 100 === 0) bench.outbox.add(status(`${String(index)}`));
  }
  bench.clock.advance(5_000);
  await moment();
  assert.equal(bench.facts.length, 1);
  assert.ok(bench.outbox.waiting <= 2, `${String(bench.outbox.waiting)} changes wait`);
  bench.acknowledge();
  await moment();
  assert.deepEqual(bench.batches[1], [grew('x'.repeat(20_000)), status('19900')]);
});

test('sequence numbers rise by one and only the latest counts as drawn', async () => {
  const bench = Bench.ready();
  bench.outbox.add(grew('a'));
  await moment();
  const first = bench.facts[0]?.sequence ?? 0;
  bench.outbox.add(grew('b'));
  bench.outbox.caughtUp(first - 1);
  bench.outbox.caughtUp(first + 1);
  bench.clock.advance(batchInterval);
  assert.equal(bench.facts.length, 1);
  bench.outbox.caughtUp(first);
  await moment();
  assert.equal(bench.facts[1]?.sequence, first + 1);
});

test('a page that is thrown away and comes back is opened anew, without what waited', async () => {
  const bench = Bench.ready();
  bench.outbox.add(grew('a'));
  await moment();
  bench.outbox.add(grew('b'));
  bench.outbox.closed();
  bench.outbox.add(grew('c'));
  bench.clock.advance(1_000);
  bench.outbox.opened();
  await moment();
  assert.deepEqual(
    bench.facts.map((fact) => fact.type),
    ['view/changed', 'view/opened'],
  );
  assert.equal(bench.clock.pendingTimers, 0);
});

test('growth is joined across changes that it may pass, never across those it may not', async () => {
  const bench = Bench.ready();
  const turn = { id: 't2', question: { text: 'q', attachments: [] } };
  bench.outbox.add(grew('a'));
  bench.outbox.add(outline('answering'));
  bench.outbox.add(grew('b'));
  bench.outbox.add({ type: 'turn/added', turn });
  bench.outbox.add(grew('c', 't2'));
  bench.outbox.add(outline('done'));
  bench.outbox.add({ type: 'turns/dropped', fromTurnId: 't2' });
  bench.outbox.add(grew('d'));
  await moment();
  assert.deepEqual(bench.batches, [
    [
      grew('ab'),
      { type: 'turn/added', turn },
      grew('c', 't2'),
      outline('done'),
      { type: 'turns/dropped', fromTurnId: 't2' },
      grew('d'),
    ],
  ]);
});

test('a new answer and a new conversation make what waited for the old one needless', async () => {
  const bench = Bench.ready();
  const started: Change = {
    type: 'answer/started',
    turnId: 't1',
    answer: {
      state: 'waiting',
      model: 'm',
      laneLabel: 'Coding',
      notes: [],
      canContinue: false,
      text: '',
      reasoning: '',
    },
  };
  bench.outbox.add(grew('old'));
  bench.outbox.add(outline('done'));
  bench.outbox.add(grew('other', 't0'));
  bench.outbox.add(started);
  bench.outbox.add(grew('new'));
  await moment();
  assert.deepEqual(bench.batches[0], [grew('other', 't0'), started, grew('new')]);
  bench.acknowledge();
  bench.outbox.add(grew('more'));
  bench.outbox.add(status('x'));
  bench.outbox.add({ type: 'conversation/replaced', turns: [] });
  bench.clock.advance(batchInterval);
  assert.deepEqual(bench.batches[1], [status('x'), { type: 'conversation/replaced', turns: [] }]);
});
