// The unfinished end of an answer is drawn as it will be: closed where it is half-open, held back where it may be anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { completeEnding } from '../../media/chat/markdown/openEnding.ts';

const cases: Readonly<Record<string, readonly (readonly [tail: string, drawn: string])[]>> = {
  'Emphasis is closed': [
    ['some **bo', 'some **bo**'],
    ['some **bold*', 'some **bold**'],
    ['some **bold**', 'some **bold**'],
    ['some **bold ', 'some **bold**'],
    ['a **b *c', 'a **b *c***'],
    ['~~st', '~~st~~'],
    ['- **x', '- **x**'],
    ['# He **a', '# He **a**'],
    ['> **q', '> **q**'],
    ['| a |\n|---|\n| **x', '| a |\n|---|\n| **x**'],
    ['x\n\n**a\nb', 'x\n\n**a\nb**'],
  ],
  'What is no emphasis is left alone': [
    ['snake_case_na', 'snake_case_na'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['a 5*', 'a 5*'],
    ['word --', 'word --'],
    ['\\*no', '\\*no'],
    ['`**` and', '`**` and'],
  ],
  'Code spans are closed': [
    ['a `co', 'a `co`'],
    ['a ``co`', 'a ``co``'],
    ['see `', 'see'],
    ['`a` **b', '`a` **b**'],
  ],
  'Marks that may become anything are held back': [
    ['hello *', 'hello'],
    ['Text:\n-', 'Text:\n'],
    ['Text:\n- ', 'Text:\n'],
    ['Text:\n==', 'Text:\n'],
    ['Text\n``', 'Text\n'],
    ['Text\n```js', 'Text\n'],
    ['Text\n~~~', 'Text\n'],
    ['Text\n\n1.', 'Text\n\n'],
    ['- a\n  -', '- a\n'],
    ['Text\n#', 'Text\n'],
  ],
  'A table is shown once it is one': [
    ['| a | b |', ''],
    ['| a | b |\n|--', ''],
    ['| a | b |\n|---|---|\n', '| a | b |\n|---|---|\n'],
    ['| a | b |\n|---|---|\n| 1', '| a | b |\n|---|---|\n| 1'],
  ],
  'Links are drawn as their text and images not at all until they are whole': [
    ['see [text](https://exa', 'see text'],
    ['see [te', 'see [te'],
    ['see ![al](htt', 'see '],
    ['see ![al', 'see '],
  ],
  'Inside code and HTML marks are text': [
    ['    **a', '    **a'],
    ['- a\n  ```js\n  **x', '- a\n  ```js\n  **x'],
    ['<div>**a', '<div>**a'],
  ],
};

for (const [name, examples] of Object.entries(cases)) {
  test(name, () => {
    for (const [tail, drawn] of examples) assert.equal(completeEnding(tail), drawn, JSON.stringify(tail));
  });
}

test('Text is drawn however it goes on: nothing longer than a line is ever held back', () => {
  const text = 'A line of text.\n'.repeat(50);
  for (let end = 1; end <= text.length; end++)
    assert.ok(completeEnding(text.slice(0, end)).length > end - 16);
  assert.ok(completeEnding('='.repeat(1_000)).length > 0);
});
