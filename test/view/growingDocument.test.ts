// An answer read piece by piece is what marked reads at once, and its finished blocks keep their identity.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lexer } from 'marked';
import type { Token, Tokens } from 'marked';

import type { Block } from '../../media/chat/markdown/block.ts';
import { codeTokens, lexMarkdown } from '../../media/chat/markdown/boundedLexer.ts';
import { codeAddress } from '../../media/chat/markdown/codeBlocks.ts';
import type { CodeSource } from '../../media/chat/markdown/codeBlocks.ts';
import { entriesOf } from '../../media/chat/markdown/groups.ts';
import { GrowingDocument } from '../../media/chat/markdown/growingDocument.ts';
import { codeBlock } from '../../src/core/chat/codeBlocks.ts';
import { costlyTexts } from './hostileText.ts';

/** Pieces of markdown that change the meaning of what stands before them. */
// prettier-ignore
const pieces = [
  '# Head\n', 'para one\n', 'para **two** `c`\n', '\n', '\n\n', '- item\n', '- ', '* star\n', '1. one\n', '2) two\n',
  '  nested\n', '    indented\n', '   - deep\n', '```js\n', '```\n', '~~~\n', '````\n', '> quote\n', '> - in quote\n', '>\n',
  '| a | b |\n', '|---|---|\n', '| 1 | 2 |\n', '---\n', '===\n', '***\n', '<div>\n', '</div>\n', '<!-- c\n', '-->\n',
  'text', 'code();\n', '\tcode\n', '  ```\n', '   ```py\n', '- ```\n', '- [ ] task\n', '[a]: http://x\n', '\\', '  \n',
  '+ p\n', '10. ten\n', 'word ', '#', '\n\n\n', '  > q\n', '-\n', '- a\n\n  b\n',
];

/** A row of numbers from 0 to 1, the same on each run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

function read(text: string, step: number, limit = 10_000): GrowingDocument {
  const document = new GrowingDocument();
  for (let start = 0; start < text.length; start += step) {
    document.append(text.slice(start, start + step));
    while (document.advance(limit));
  }
  document.end();
  while (document.advance(limit));
  return document;
}

function blocksOf(document: GrowingDocument): Block[] {
  return [...entriesOf(document.blocks.value)];
}

/** What is comparable of a block and of a token: its kind and its text. */
function shapeOfToken(token: Token): unknown {
  if (token.type === 'list') {
    const { ordered, items } = token as Tokens.List;
    return ['list', ordered, items.map(({ raw }) => raw.trimEnd())];
  }
  if (token.type === 'table')
    return ['table', (token as Tokens.Table).rows.map((row) => row.map(({ text }) => text))];
  if (token.type === 'code' && (token as Tokens.Code).codeBlockStyle !== 'indented') {
    return ['fence', (token as Tokens.Code).text.replace(/\n+$/, '')];
  }
  return [token.type, token.raw.trimEnd()];
}

function shapeOfBlock(block: Block): unknown {
  switch (block.kind) {
    case 'list':
      return ['list', block.isOrdered, [...entriesOf(block.items)].map(({ raw }) => raw.trimEnd())];
    case 'table':
      return ['table', [...entriesOf(block.rows)].map((row) => row.map(({ text }) => text))];
    case 'fence':
      return ['fence', [...entriesOf(block.chunks)].join('\n').replace(/\n+$/, '')];
    case 'plain':
      return ['plain'];
    case 'token':
      return shapeOfToken(block.token);
  }
}

function codeSources(document: GrowingDocument): CodeSource[] {
  return blocksOf(document).flatMap((block): CodeSource[] => {
    if (block.kind === 'fence') return [block];
    if (block.kind === 'list')
      return [...entriesOf(block.items)].flatMap(({ tokens }) => [...codeTokens(tokens)]);
    return block.kind === 'token' ? [...codeTokens([block.token])] : [];
  });
}

function wholeCode(markdown: string): string[] {
  return [...codeTokens(lexer(markdown))].map(({ text }) => text);
}

test('Text cut at any place ends as the blocks that marked reads at once, and its code blocks have the same numbers', () => {
  const random = randomNumbers(7);
  const pick = <Entry>(entries: readonly Entry[]): Entry => entries[Math.floor(random() * entries.length)]!;
  for (let run = 0; run < 1_500; run++) {
    const text = Array.from({ length: 1 + Math.floor(random() * 14) }, () => pick(pieces)).join('');
    const document = read(text, pick([1, 1, 2, 3, 7]));
    const tokens = lexer(text).filter(({ type }) => type !== 'space');
    assert.deepEqual(blocksOf(document).map(shapeOfBlock), tokens.map(shapeOfToken), JSON.stringify(text));
    const addresses = codeSources(document).map((source) =>
      codeAddress(document.blocks.value, document.source, source),
    );
    const expected = wholeCode(text).map((code, block) => ({ block, length: code.length }));
    assert.deepEqual(addresses, expected, JSON.stringify(text));
    for (const [block, code] of wholeCode(text).entries()) {
      assert.equal(codeBlock(text, block, code.length)?.text, code, 'and the host finds them');
    }
  }
});

test('Line endings of every kind and characters of two units survive any cut', () => {
  const text = 'a 👩‍💻\r\n\r\n- b\r- c\r\n\r\n```js\r\nlet d = "🏴";\r\n```\r\n';
  const whole = blocksOf(read(text, text.length)).map(shapeOfBlock);
  for (const step of [1, 2, 3, 5]) {
    assert.deepEqual(blocksOf(read(text, step)).map(shapeOfBlock), whole);
    assert.equal(read(text, step, 2).source, text.replace(/\r\n?/g, '\n'));
  }
});

test('Half a character or half a line ending is no work to wait for', () => {
  const document = new GrowingDocument();
  document.append('a\ud83d');
  assert.equal(document.advance(100), false);
  assert.equal(document.source, 'a');
  document.append('\udc69\r');
  assert.equal(document.advance(100), false);
  assert.equal(document.source, 'a👩');
  document.append('\n');
  document.advance(100);
  assert.equal(document.source, 'a👩\n');
});

test('A finished block, item or row is the same object ever after', () => {
  const text =
    '# T\n\npara\n\n- a\n- b\n  - c\n- d\n\n| h |\n|---|\n| 1 |\n| 2 |\n\n```js\nx\n```\n\n> q\n\nend\n';
  const document = new GrowingDocument();
  const finished = new Map<string, unknown>();
  const parts = (): Map<string, unknown> => {
    const blocks = blocksOf(document);
    const entries = new Map<string, unknown>();
    for (const [number, block] of blocks.slice(0, -1).entries())
      entries.set(`block ${String(number)}`, block);
    const last = blocks.at(-1);
    const own =
      last?.kind === 'list'
        ? [...entriesOf(last.items)]
        : last?.kind === 'table'
          ? [...entriesOf(last.rows)]
          : [];
    // The last part may still change, and the one before it until the first line of the last is complete.
    for (const [number, part] of own.slice(0, -2).entries())
      entries.set(`part ${String(blocks.length)}.${String(number)}`, part);
    return entries;
  };
  for (const character of text) {
    document.append(character);
    document.advance(10);
    const isLineStart = character === '\n';
    for (const [name, part] of isLineStart ? parts() : []) {
      const known = finished.get(name);
      if (known !== undefined) assert.equal(part, known, name);
      finished.set(name, part);
    }
  }
  assert.ok(finished.size >= 7, [...finished.keys()].join());
});

test('Inside an open item or quote, too, what reads the same again is the same object', () => {
  const inner = (text: string, document = new GrowingDocument()): [Token[], GrowingDocument] => {
    document.append(text);
    document.advance(1_000);
    const [block] = blocksOf(document);
    if (block?.kind === 'list') return [[...entriesOf(block.items)][0]!.tokens, document];
    assert.ok(block?.kind === 'token');
    return [(block.token as Tokens.Blockquote).tokens, document];
  };
  for (const [start, rest] of [
    ['- a\n\n  b\n\n  c', 'd'],
    ['> a\n>\n> b\n>\n> c', 'd'],
  ] as const) {
    const [before, document] = inner(start);
    const [now] = inner(rest, document);
    assert.deepEqual(
      now.map((token, index) => token === before[index]),
      [true, true, true, true, false],
      start,
    );
  }
});

test('What a definition names is a link in what follows it', () => {
  const document = read('[1]: https://example.com/one\n\nnow\n\nsee [the page][1]\n', 3);
  const last = blocksOf(document).at(-1);
  assert.ok(last?.kind === 'token');
  const link =
    last.token.type === 'paragraph'
      ? (last.token.tokens ?? []).find(({ type }) => type === 'link')
      : undefined;
  assert.equal((link as Tokens.Link | undefined)?.href, 'https://example.com/one');
});

test('An answer that goes on after its end goes on where it was', () => {
  const document = read('- a\n- **b', 2);
  document.append(' c**\n- d');
  document.advance(100);
  document.end();
  document.advance(100);
  assert.deepEqual(blocksOf(document).map(shapeOfBlock), [['list', false, ['- a', '- **b c**', '- d']]]);
});

test('Costly text is read to its end without overflowing, and none of it is lost', (context) => {
  for (const [name, text] of Object.entries(costlyTexts(60_000))) {
    const document = new GrowingDocument();
    document.append(text);
    let longest = 0;
    for (let more = true; more;) {
      const started = performance.now();
      more = document.advance(2_000);
      longest = Math.max(longest, performance.now() - started);
    }
    assert.equal(document.source, text, name);
    context.diagnostic(`${name}: longest read ${longest.toFixed(1)} ms`);
  }
});

test('A paragraph that is too long goes on as plain text until it ends, and so does a quote', () => {
  const paragraph = `${'word '.repeat(6_000)}\n\nnext\n`;
  assert.deepEqual(
    blocksOf(read(paragraph, 1_000)).map(({ kind }) => kind),
    ['token', 'plain', 'token'],
  );
  const interrupted = `${'word '.repeat(6_000)}\n# heading\n`;
  assert.deepEqual(blocksOf(read(interrupted, 1_000)).map(shapeOfBlock).at(-1), ['heading', '# heading']);
  const quote = `${'> line of a quote\n'.repeat(3_000)}\nnext\n\n\`\`\`js\nx\n\`\`\`\n`;
  const document = read(quote, 1_000);
  assert.deepEqual(
    blocksOf(document).map(({ kind }) => kind),
    ['plain', 'token', 'fence'],
  );
});

test('Code inside what is drawn as plain text is still counted', () => {
  const item = `- top\n\n  \`\`\`js\n  one\n  \`\`\`\n${'  - an item below it\n'.repeat(2_000)}\nend\n\n\`\`\`js\ntwo two\n\`\`\`\n`;
  const document = read(item, 1_000);
  const fence = blocksOf(document).find(({ kind }) => kind === 'fence');
  assert.ok(fence?.kind === 'fence');
  assert.deepEqual(codeAddress(document.blocks.value, document.source, fence), { block: 1, length: 7 });
});

test('Text that cannot be read comes back as text', () => {
  const [token] = lexMarkdown('> '.repeat(50_000));
  assert.equal(token?.type, 'blockquote');
  assert.deepEqual(
    lexMarkdown('(*a'.repeat(5_000)).map(({ type }) => type),
    ['paragraph'],
  );
});
