// The table of settings: defaults read back as they are, and a value that does not parse is named.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingNames, type SettingRow, settingRows } from '../../../src/host/settingRows.ts';

test('every default reads back as itself', () => {
  for (const name of settingNames) {
    const row: SettingRow<unknown> = settingRows[name];
    assert.deepEqual(row.read(row.default), { value: row.default, problems: [] }, row.key);
  }
  assert.equal(new Set(settingNames.map((name) => settingRows[name].key)).size, settingNames.length);
});

test('what does not parse is named and nothing of it is used', () => {
  const cases: readonly (readonly [SettingRow<unknown>, unknown, string])[] = [
    [settingRows.defaultLane, 7, 'wrong-type'],
    [settingRows.codingModel, 'two\nlines', 'unusable-text'],
    [settingRows.codingBaseUrl, { evil: true }, 'wrong-type'],
    [settingRows.generalRegion, 'mars-1', 'not-one-of'],
    [settingRows.generalRegion, '__proto__', 'not-one-of'],
    [settingRows.lanes, {}, 'wrong-type'],
    [settingRows.codingPreferredModels, 'glm-5.2', 'wrong-type'],
    [settingRows.maxOutputTokens, -1, 'out-of-range'],
    [settingRows.maxOutputTokens, 1.5, 'out-of-range'],
    [settingRows.maxOutputTokens, NaN, 'out-of-range'],
    [settingRows.firstByteTimeout, 291, 'out-of-range'],
    [settingRows.firstByteTimeout, '120', 'wrong-type'],
    [settingRows.reasoningEffort, 'maximum', 'not-one-of'],
    [settingRows.networkTransport, null, 'wrong-type'],
  ];
  for (const [row, value, fault] of cases) {
    const read = row.read(value);
    assert.equal(read.value, undefined, row.key);
    assert.deepEqual(
      read.problems.map((problem) => [problem.path, problem.fault.type]),
      [['', fault]],
      row.key,
    );
  }
});

test('a list keeps its good entries and names the others by their place', () => {
  assert.deepEqual(settingRows.codingPreferredModels.read(['a', 1, ' b ', '']), {
    value: ['a', 'b'],
    problems: [
      { path: '[1]', fault: { type: 'wrong-type', expected: 'text' } },
      { path: '[3]', fault: { type: 'unusable-text' } },
    ],
  });
});

test('a pasted text is trimmed', () => {
  assert.equal(settingRows.codingBaseUrl.read(' https://x/api/coding/v3\n').value, 'https://x/api/coding/v3');
});
