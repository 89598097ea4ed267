// `auto`, as the contract tells it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompletionError, completionError } from '../../../src/core/completion/completionError.ts';
import { autoCandidates, isAuto, type Listing, pinnedCandidate } from '../../../src/core/lane/candidates.ts';
import { parseCatalog } from '../../../src/core/lane/catalog.ts';
import type { Lane } from '../../../src/core/lane/lane.ts';
import { readLanes } from '../../../src/core/lane/laneSettings.ts';
import { catalogRows } from '../../support/ark/catalog.ts';
import { laneValues } from './laneValues.ts';

function lane(id: 'coding' | 'general' | 'proxy', preferredModels: readonly string[]): Lane {
  const lanes = readLanes({
    ...laneValues,
    lanes: [{ id: 'proxy', kind: 'openai_compatible', baseUrl: 'http://localhost:4000' }],
  }).lanes;
  const found = lanes.find((each) => each.lane.id === id);
  assert(found);
  return { ...found.lane, preferredModels };
}

function listed(...rows: readonly unknown[]): Listing {
  return { type: 'listed', listedAt: 5, models: parseCatalog(rows) };
}

const ids = (candidates: ReturnType<typeof autoCandidates>) => candidates.models.map(({ id }) => id);
const because = completionError('overloaded', 'busy', { status: 500 });

test('a pinned model is alone and word for word, whatever the list says', () => {
  const listing = listed({ id: 'glm-5-2-260617', status: 'Shutdown' });
  const candidates = pinnedCandidate(lane('general', ['kimi-k2.5']), 'ep-20260801-abcde', listing);
  assert.deepEqual(ids(candidates), ['ep-20260801-abcde']);
  assert.deepEqual(candidates.source, { type: 'pinned' });
  assert(isAuto(' AUTO ') && isAuto('') && !isAuto('automatic'));
});

test('the coding lane sends the preferred aliases in their order, less those shut down, and nothing of the list', () => {
  const candidates = autoCandidates(
    lane('coding', ['Kimi-K2.5', 'glm-5.2', 'skylark-pro', 'glm-5.2', 'not-listed']),
    listed(
      { id: 'glm-5-2-260617' },
      { id: 'kimi-k2-5-260127' },
      { id: 'skylark-pro-250215', status: 'Shutdown' },
      { id: 'extra-1' },
    ),
  );
  assert.deepEqual(ids(candidates), ['Kimi-K2.5', 'glm-5.2', 'not-listed']);
  assert.deepEqual(candidates.source, { type: 'listed', listedAt: 5 });
});

test('a preferred alias lives as long as one of its dated ids does', () => {
  const preferring = lane('coding', ['glm-5.2']);
  const rows = [
    { id: 'glm-5-2-260101', status: 'Shutdown', created: 9 },
    { id: 'glm-5-2-260617', status: 'Retiring' },
  ];
  assert.deepEqual(ids(autoCandidates(preferring, listed(...rows))), ['glm-5.2']);
  assert.throws(
    () => autoCandidates(preferring, listed(rows[0])),
    (error) => error instanceof CompletionError && error.reason === 'no-model-known',
  );
});

test('the general lane sends dated ids: the preferred that are listed, then live before retiring, newest first', () => {
  const candidates = autoCandidates(
    lane('general', ['glm-5.2', 'not-listed', 'KIMI-k2-5-260127']),
    listed(
      { id: 'old-1-250101', created: 1 },
      { id: 'retiring-1-260901', created: 9, status: 'Retiring' },
      { id: 'glm-5-2-260617', created: 3 },
      { id: 'new-1-260801', created: 8 },
      { id: 'kimi-k2-5-260127', created: 2 },
      { id: 'gone-1-250101', status: 'Shutdown' },
      { id: 'seedream-4-5-251128', domain: 'ImageGeneration' },
    ),
  );
  assert.deepEqual(ids(candidates), [
    'glm-5-2-260617',
    'kimi-k2-5-260127',
    'new-1-260801',
    'old-1-250101',
    'retiring-1-260901',
  ]);
});

test('another server’s models are sent as it lists them', () => {
  const candidates = autoCandidates(lane('proxy', ['Gemma-3']), listed({ id: 'a' }, { id: 'gemma-3' }));
  assert.deepEqual(ids(candidates), ['gemma-3', 'a']);
});

test('on the simulated platform the default order stands and its best coder comes first', () => {
  const coding = lane('coding', readLanes(laneValues).lanes[0]?.lane.preferredModels ?? []);
  const candidates = autoCandidates(coding, listed(...catalogRows()));
  assert.deepEqual(ids(candidates), coding.preferredModels);
  assert.equal(candidates.models[0]?.maxInputTokens, 224_000);
});

test('a failed list leaves the preferred models word for word, and says why', () => {
  const candidates = autoCandidates(lane('general', ['glm-5.2', 'ep-1']), { type: 'failed', because });
  assert.deepEqual(ids(candidates), ['glm-5.2', 'ep-1']);
  assert.deepEqual(candidates.source, { type: 'preferred', because });
});

test('an old list is used and marked with its age and the reason', () => {
  const listing: Listing = { type: 'stale', listedAt: 7, because, models: parseCatalog(['glm-5-2-260617']) };
  const candidates = autoCandidates(lane('general', ['glm-5.2']), listing);
  assert.deepEqual(ids(candidates), ['glm-5-2-260617']);
  assert.deepEqual(candidates.source, { type: 'stale', listedAt: 7, because });
});

test('with neither a list nor preferred models there is an error that knows why', () => {
  assert.throws(
    () => autoCandidates(lane('general', []), { type: 'failed', because }),
    (error) =>
      error instanceof CompletionError &&
      error.kind === 'model-unavailable' &&
      error.reason === 'no-model-known' &&
      error.details.lane === 'BytePlus General' &&
      error.cause === because,
  );
});

test('five thousand models are put in order without waiting', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => ({ id: `model-${index}`, created: index }));
  const candidates = autoCandidates(lane('proxy', []), listed(...rows));
  assert.equal(candidates.models.length, 5000);
  assert.equal(candidates.models[0]?.id, 'model-4999');
});
