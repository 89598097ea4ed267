// Text that is not ours: hidden characters are spelt out, only harmless targets become links, and pieces stay whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { splitHidden, spellHidden } from '../../media/chat/hiddenCharacters.ts';
import { decodeEntities } from '../../media/chat/markdown/entities.ts';
import { entriesOf } from '../../media/chat/markdown/groups.ts';
import { highlightLines } from '../../media/chat/markdown/highlight.ts';
import { chunksOf, LineChunks } from '../../media/chat/markdown/lineChunks.ts';
import { safeLink } from '../../media/chat/markdown/safeLink.ts';
import { refusedTargets } from './hostileText.ts';

test('Characters that hide or reorder text are spelt out', () => {
  assert.equal(spellHidden('a\u202eb'), 'a[U+202E]b');
  assert.equal(spellHidden('a\u200bb\u2060c\ufeffd\u00ade'), 'a[U+200B]b[U+2060]c[U+FEFF]d[U+00AD]e');
  assert.equal(spellHidden('x\u{e0041}'), 'x[U+E0041]');
  assert.equal(spellHidden('\u001b[31m'), '[U+001B][31m');
  assert.equal(spellHidden('a\u200db'), 'a[U+200D]b');
  assert.deepEqual(splitHidden('a\u202eb'), ['a', { codePoint: 'U+202E' }, 'b']);
});

test('Where such characters do what they are for, text stays as it is', () => {
  const england = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
  for (const text of ['plain\ttext\n', '👩‍💻', '👩🏽‍🚀', '❤️', 'نامه\u200cای', england])
    assert.equal(spellHidden(text), text);
});

test('Only the web and mail are linked to', () => {
  for (const target of refusedTargets) assert.equal(safeLink(decodeEntities(target)), undefined, target);
  assert.equal(safeLink('https://example.com/a?b#c'), 'https://example.com/a?b#c');
  assert.equal(safeLink('HTTP://EXAMPLE.com'), 'http://example.com/');
  assert.equal(safeLink('mailto:a@example.com'), 'mailto:a@example.com');
  assert.equal(safeLink('https://аpple.com/'), 'https://xn--pple-43d.com/', 'a foreign letter shows');
});

test('Character references become characters, and nothing else', () => {
  assert.equal(decodeEntities('&lt;b&gt; &amp;amp; &quot;&#39;&#x41;&nbsp;'), '<b> &amp; "\'A\u00a0');
  assert.equal(
    decodeEntities('&unknown; &constructor; &#0; &#xD800; a&b'),
    '&unknown; &constructor; \ufffd \ufffd a&b',
  );
});

test('Lines are cut into pieces that give the text back', () => {
  const text = Array.from({ length: 100 }, (_, line) => `line ${String(line)}`).join('\n');
  const chunks = [...entriesOf(chunksOf(text))];
  assert.deepEqual(
    chunks.map((chunk) => chunk.split('\n').length),
    [40, 40, 20],
  );
  assert.equal(chunks.join('\n'), text);
  const grown = new LineChunks();
  for (const character of text) grown.append(character);
  assert.deepEqual([...entriesOf(grown.chunks)], chunks);
});

test('A line too long for one piece is broken, but never inside a character', () => {
  const lines = new LineChunks();
  lines.append('👩'.repeat(5_000));
  const chunks = [...entriesOf(lines.chunks)];
  assert.equal(chunks.join(''), '👩'.repeat(5_000));
  assert.ok(chunks.every((chunk) => chunk.length <= 4_096 && chunk.length % 2 === 0));
});

test('Coloured code is the code, line by line', () => {
  const code = 'const a = `x ${b}\n`;\n\n// end <b>';
  const lines = highlightLines(code, 'ts');
  assert.equal(lines?.map((runs) => runs.map(({ text }) => text).join('')).join('\n'), code);
  assert.ok(lines?.[0]?.some(({ kind, text }) => kind === 'keyword' && text === 'const'));
  assert.equal(highlightLines(code, 'no-such-language'), undefined);
  assert.equal(
    highlightLines('<style>a{}</style>', 'html')?.[0]
      ?.map(({ text }) => text)
      .join(''),
    '<style>a{}</style>',
  );
});
