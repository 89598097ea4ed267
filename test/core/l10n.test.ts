// English and Simplified Chinese have the same sentences with the same blanks, for all that a person reads.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { l10nStrings } from '../support/l10nStrings.ts';
import { root } from '../support/sourceFiles.ts';

const read = (path: string): Record<string, string> =>
  JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, string>;

const pairs = [
  { english: read('package.nls.json'), chinese: read('package.nls.zh-cn.json'), where: 'package.nls' },
  {
    english: read('l10n/bundle.l10n.json'),
    chinese: read('l10n/bundle.l10n.zh-cn.json'),
    where: 'l10n/bundle',
  },
];

for (const { english, chinese, where } of pairs) {
  test(`${where} has the same keys in both languages`, () => {
    assert.ok(Object.keys(english).length > 0);
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
  });

  test(`${where} has the same blanks in both languages`, () => {
    const blanks = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    const different = Object.keys(english).filter(
      (key) => blanks(english[key] ?? '').join() !== blanks(chinese[key] ?? '').join(),
    );
    assert.deepEqual(different, []);
  });

  test(`${where} is translated, not copied`, () => {
    const translated = Object.values(chinese).filter((text) => /\p{Script=Han}/u.test(text));
    assert.ok(translated.length / Object.keys(chinese).length > 0.9);
  });
}

test('every sentence in the source is in the bundle, and the bundle has no other', () => {
  const { strings, unreadable } = l10nStrings();
  assert.deepEqual(unreadable, [], 'sentences must be literals');
  assert.deepEqual(Object.keys(read('l10n/bundle.l10n.json')).sort(), strings);
});

test('no sentence shouts', () => {
  const all = pairs.flatMap(({ english, chinese }) => [...Object.values(english), ...Object.values(chinese)]);
  assert.deepEqual(
    all.filter((text) => /[!！]/.test(text)),
    [],
  );
});
