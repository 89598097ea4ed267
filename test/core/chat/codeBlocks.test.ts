// Code blocks are found by number, as the view counts them, and guarded by their length.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lexer, walkTokens } from 'marked';
import { codeBlock, codeBlocks } from '../../../src/core/chat/codeBlocks.ts';
import { insertableCode } from '../../../src/core/chat/insertableCode.ts';

const answer = [
  'Two ways:',
  '',
  '```ts',
  'const a = 1;',
  '```',
  '',
  '- first',
  '',
  '  ```',
  '  in a list',
  '  ```',
  '  - deeper',
  '',
  '    ~~~sh',
  '    echo "```"',
  '    ~~~',
  '',
  '> quoted',
  '> ```json',
  '> {}',
  '> ```',
  '',
  '    indented',
  '',
  '`not a block`',
  '',
  '```py',
  'open = "until the end',
].join('\n');

test('blocks are counted depth first in document order, also in lists and quotes', () => {
  assert.deepEqual(codeBlocks(answer), [
    { language: 'ts', text: 'const a = 1;' },
    { language: '', text: 'in a list' },
    { language: 'sh', text: 'echo "```"' },
    { language: 'json', text: '{}' },
    { language: '', text: 'indented' },
    { language: 'py', text: 'open = "until the end' },
  ]);
});

test('reading only blocks finds what the whole lexer finds', () => {
  const whole: string[] = [];
  void walkTokens(lexer(answer), (token) => {
    if (token.type === 'code') whole.push(token.text as string);
  });
  assert.deepEqual(
    codeBlocks(answer).map((block) => block.text),
    whole,
  );
});

test('a block of another length is not the block that was clicked', () => {
  assert.equal(codeBlock(answer, 0, 12)?.text, 'const a = 1;');
  assert.equal(codeBlock(answer, 0, 11), undefined);
  assert.equal(codeBlock(answer, 6, 0), undefined);
});

test('nesting beyond what the view shows is text, and never overflows', () => {
  assert.deepEqual(codeBlocks(`${'> '.repeat(20_000)}x`), []);
  assert.equal(codeBlocks(`${'> '.repeat(16)}\`\`\`\n${'> '.repeat(16)}code\n`).length, 1);
  assert.equal(codeBlocks(`${'> '.repeat(17)}\`\`\`\n${'> '.repeat(17)}code\n`).length, 0);
});

test('hostile inline text does not slow the search down', () => {
  const hostile = `${'['.repeat(100_000)}\n\n${'*'.repeat(100_000)}a\n\n\`\`\`\ncode\n\`\`\`\n`;
  assert.equal(codeBlock(hostile, 0, 4)?.text, 'code');
});

test('inserted code has no control characters and no line end that would run it', () => {
  assert.equal(insertableCode('\u001b[31mrm -rf\u0007 x\r\n\ty\u0085\n\n'), '[31mrm -rf x\n\ty');
});
