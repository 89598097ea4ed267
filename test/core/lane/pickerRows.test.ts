// What the picker offers: every lane with what stands in its way, its models, and what was typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completionError } from '../../../src/core/completion/completionError.ts';
import type { Listing } from '../../../src/core/lane/candidates.ts';
import { parseCatalog } from '../../../src/core/lane/catalog.ts';
import { readLanes } from '../../../src/core/lane/laneSettings.ts';
import { type LaneGroup, type PickerRow, pickerRows } from '../../../src/core/lane/pickerRows.ts';
import { planAliases } from '../../../src/core/lane/planModels.ts';
import { catalogRows } from '../../support/ark/catalog.ts';
import { laneValues } from './laneValues.ts';

const because = completionError('overloaded', 'busy', { status: 500 });
const platform: Listing = { type: 'listed', listedAt: 0, models: parseCatalog(catalogRows()) };

function groups(coding: Partial<LaneGroup> = {}, general: Partial<LaneGroup> = {}): readonly LaneGroup[] {
  const lanes = readLanes(laneValues).lanes;
  return [coding, general].map((over, index) => ({
    ...lanes[index]!,
    hasKey: true,
    listing: undefined,
    ...over,
  }));
}

/** `coding: auto, glm-5.2, …` */
function told(rows: readonly PickerRow[]): readonly string[] {
  return rows.map((row) => {
    const mark = 'isChosen' in row && row.isChosen ? '*' : '';
    const what = row.type === 'model' ? row.model.id : row.type === 'typed' ? `“${row.model}”` : row.type;
    return `${row.lane.id} ${what}${mark}`;
  });
}

const auto = { laneId: 'coding', model: 'auto' };

test('before any list the coding lane offers its plan, and a lane without models only auto', () => {
  const rows = told(pickerRows(groups(), auto, ''));
  assert.deepEqual(rows, [
    'coding lane',
    'coding auto*',
    ...[...planAliases, 'glm-5.3-flash'].map((alias) => `coding ${alias}`),
    'general lane',
    'general auto',
  ]);
});

test('the platform’s list is the general lane’s, and adds nothing to the plan', () => {
  const rows = told(pickerRows(groups({ listing: platform }, { listing: platform }), auto, ''));
  assert.equal(rows.filter((row) => row.startsWith('coding ')).length, planAliases.length + 3);
  const general = rows.filter((row) => row.startsWith('general '));
  assert(general.includes('general glm-5-2-260617'));
  assert(!general.some((row) => /skylark|seedream|hitem3d|glm-4-5/.test(row)), general.join());
  assert.equal(general.at(-1), 'general seed-1-6-250915');
});

test('a model that was shut down is not offered, unless it is the one in use', () => {
  const listing: Listing = {
    type: 'listed',
    listedAt: 0,
    models: parseCatalog([{ id: 'glm-5-2-260617', status: 'Shutdown' }]),
  };
  assert(!told(pickerRows(groups({ listing }), auto, '')).includes('coding glm-5.2'));
  const pinned = { laneId: 'coding', model: 'glm-5.2' };
  assert(told(pickerRows(groups({ listing }), pinned, '')).includes('coding glm-5.2*'));
});

test('what stands in a lane’s way comes before its models', () => {
  const problem = completionError('wrong-lane', 'misrouted');
  const rows = told(
    pickerRows(groups({ hasKey: false, listing: { type: 'failed', because } }, { problem }), auto, ''),
  );
  assert.deepEqual(rows.slice(0, 4), ['coding lane', 'coding set-key', 'coding listing', 'coding auto*']);
  assert.deepEqual(rows.slice(-2), ['general lane', 'general problem']);
});

test('an id that no lane shows can be used on each lane that works', () => {
  const typed = (text: string) =>
    told(pickerRows(groups({}, { listing: platform }), auto, text)).filter((row) => row.includes('“'));
  assert.deepEqual(typed(' ep-20260801-abcde '), [
    'coding “ep-20260801-abcde”',
    'general “ep-20260801-abcde”',
  ]);
  assert.deepEqual(typed('GLM-5.2'), ['general “GLM-5.2”']);
  assert.deepEqual(typed('auto'), []);
  assert.deepEqual(typed('two words'), []);
  assert.deepEqual(typed(''), []);
  assert.deepEqual(typed('x'.repeat(201)), []);
});

test('auto shows what it would take first, as far as is known', () => {
  const first = (group: readonly LaneGroup[], id: string) =>
    pickerRows(group, auto, '').flatMap((row) =>
      row.type === 'auto' && row.lane.id === id ? [row.first] : [],
    )[0];
  assert.equal(first(groups(), 'coding'), planAliases[0]);
  assert.equal(first(groups(), 'general'), 'auto');
  assert.equal(first(groups({}, { listing: platform }), 'general'), 'kimi-k2-7-code-260715');
});
