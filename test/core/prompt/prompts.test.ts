// The prompts as they are sent, compared with their checked-in copies; a change of wording is reviewed as a diff.
import { test } from 'node:test';
import type { Attachment, Question } from '../../../src/core/chat/conversation.ts';
import { codeTaskPrompt } from '../../../src/core/prompt/codeTaskPrompt.ts';
import { codeTasks } from '../../../src/core/prompt/codeTasks.ts';
import { continuePrompt, systemPrompt } from '../../../src/core/prompt/systemPrompt.ts';
import { matchesGolden } from '../../support/golden.ts';

const selection: Attachment = {
  id: 'a1',
  label: 'cart.ts',
  path: 'src/cart.ts',
  languageId: 'typescript',
  lines: { first: 3, last: 5 },
  text: 'export function total(items: Item[]): number {\n  return items.reduce((sum, item) => sum + item.price, 0);\n}',
};
const readme: Attachment = {
  id: 'a2',
  label: 'README.md',
  path: 'README.md',
  languageId: 'markdown',
  text: '# Cart\n\n```ts\ntotal([]);\n```\n',
};

function question(text: string, parts: Partial<Question> = {}): Question {
  return { text, attachments: [], at: 0, ...parts };
}

test('the system prompt', () => {
  matchesGolden('prompt/system.txt', `${systemPrompt}\n`);
});

test('the request to continue', () => {
  matchesGolden('prompt/continue.txt', `${continuePrompt}\n`);
});

for (const task of codeTasks) {
  test(`the code task ${task.id}`, () => {
    const asked = question('What does this do?', { task: task.id, attachments: [selection] });
    matchesGolden(`prompt/task-${task.id}.txt`, `${codeTaskPrompt(asked, 'en')}\n`);
  });
}

test('a code task in the language of the editor', () => {
  const asked = question('解释', { task: 'explain', attachments: [selection] });
  matchesGolden('prompt/task-explain-zh-cn.txt', `${codeTaskPrompt(asked, 'zh-cn')}\n`);
});

test('a question with a file that holds fences itself', () => {
  const asked = question('Shorten the readme.', { attachments: [readme, selection] });
  matchesGolden('prompt/question-with-attachments.txt', `${codeTaskPrompt(asked, 'en')}\n`);
});
