// What the panel looks like comes from VS Code: its codicons, its theme's variables.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { icons } from '../../media/chat/icons.ts';
import { repository } from '../support/editor/places.ts';
import { themeNames } from './viewServer.ts';

const codicons = join(
  dirname(createRequire(import.meta.url).resolve('@vscode/codicons/package.json')),
  'src',
  'icons',
);

test('The pictures are those of the codicons package', async () => {
  for (const [name, { codicon, paths }] of Object.entries(icons)) {
    const svg = await readFile(join(codicons, `${codicon}.svg`), 'utf8');
    assert.deepEqual(
      [...svg.matchAll(/ d="([^"]+)"/g)].map(([, path]) => path),
      [...paths],
      name,
    );
  }
});

test('The icon of the extension is a picture that stands at 128 pixels and more', async () => {
  const png = await readFile(join(repository, 'media', 'icon.png'));
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [256, 256]);
});

test('Every variable of the theme that is used exists in VS Code, and every colour is one of them', async () => {
  const css = await readFile(join(repository, 'media', 'chat', 'chat.css'), 'utf8');
  const known = new Set<string>();
  for (const theme of themeNames) {
    const text = await readFile(join(repository, 'test', 'fixtures', 'themes', `${theme}.json`), 'utf8');
    for (const name of Object.keys(JSON.parse(text) as object)) known.add(name);
  }
  const used = [...css.matchAll(/--vscode-[\w-]+/g)].map(([name]) => name);
  assert.deepEqual(
    used.filter((name) => !known.has(name)),
    [],
  );
  assert.deepEqual(css.match(/#[\da-f]{3,8}\b(?! \{)|rgba?\(|hsla?\(/gi) ?? [], []);
  assert.deepEqual(css.match(/url\(|@import/g) ?? [], [], 'and nothing is fetched');
});
