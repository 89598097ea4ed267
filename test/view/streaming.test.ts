// A streaming answer is drawn piece by piece: what is finished is never touched again, and the reader is not moved.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { closeBrowser, openChatPage } from './chatPage.ts';
import type { ChatPage, ChatPageOptions } from './chatPage.ts';
import { costlyTexts } from './hostileText.ts';
import { answer, turn, viewState } from './sampleState.ts';

after(closeBrowser);

const streaming = viewState({
  status: { busy: true, text: 'Answering' },
  turns: [turn('t1', 'Why?', answer({ state: 'answering' }))],
});

async function withPage(
  use: (chat: ChatPage) => Promise<void>,
  options: ChatPageOptions = {},
): Promise<void> {
  const chat = await openChatPage({ state: streaming, ...options });
  try {
    await use(chat);
    assert.deepEqual(chat.complaints, []);
  } finally {
    await chat.close();
  }
}

const document = [
  '# Title\n\nFirst *paragraph* with `code`.\n\n',
  '- one\n- two **bold**\n  - nested\n- three\n\n',
  '```ts\nconst a = 1;\n```\n\n',
  '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n',
  '> quoted\n\nLast paragraph.\n\n',
];

/** Every element that is drawn of the answer. */
const takeNodes = `globalThis.kept = [...document.querySelectorAll('.markdown .section > *, .markdown li, .markdown tr')]
`;
const lostNodes = `kept.filter((node) => !node.isConnected).map((node) => node.textContent)`;
const watchKept = `globalThis.touched = [];
  new MutationObserver((records) => {
    for (const { target } of records) if (kept.some((node) => node.contains(target))) touched.push(target.textContent);
  }).observe(document.body, { attributes: true, characterData: true, subtree: true, childList: true })`;

test('Finished blocks, items and rows keep their nodes untouched while the rest streams in', () =>
  withPage(
    async ({ page, stream }) => {
      const text = document.join('');
      await stream('t1', [text]);
      await stream('t1', ['x\n\n']);
      await page.locator('.syntax-keyword').first().waitFor();
      await page.evaluate(takeNodes);
      assert.ok((await page.evaluate<number>('kept.length')) > 12);
      await page.evaluate(watchKept);
      await stream('t1', [...`Another **paragraph**, then\n\n- a\n- b\n`]);
      assert.deepEqual(await page.evaluate(lostNodes), []);
      assert.deepEqual(await page.evaluate('touched'), []);
    },
    { eagerFrames: true },
  ));

test('Items of a growing list and chunks of a growing fence are finished one by one', () =>
  withPage(
    async ({ page, stream }) => {
      await stream('t1', ['- one\n- two\n- three\n- fo']);
      await page.evaluate(`globalThis.kept = [...document.querySelectorAll('.markdown li')].slice(0, 2)`);
      await page.evaluate(watchKept);
      await stream('t1', [...'ur\n- five\n- six']);
      assert.equal(await page.locator('.markdown li').count(), 6);
      assert.deepEqual(await page.evaluate(lostNodes), []);
      assert.deepEqual(await page.evaluate('touched'), []);
      const line = 'const value = 1;\n';
      await stream('t1', ['\n\n```js\n', line.repeat(100)]);
      await page.evaluate(`globalThis.kept = [...document.querySelectorAll('.chunk')].slice(0, 2)`);
      await stream('t1', [line.repeat(100)]);
      assert.deepEqual(await page.evaluate(lostNodes), []);
      assert.deepEqual(await page.evaluate('touched'), []);
      assert.equal(await page.locator('.code-block .chunk').count(), 5);
    },
    { eagerFrames: true },
  ));

test('Half-open markup is drawn as it will be', () =>
  withPage(async ({ page, stream }) => {
    await stream('t1', ['Some **bold']);
    assert.equal(await page.locator('.markdown strong').innerText(), 'bold');
    await stream('t1', [' text* ']);
    assert.ok(!(await page.locator('.markdown').innerText()).includes('**'));
    await stream('t1', ['\n\n```js\nlet a']);
    assert.equal(await page.locator('.code-block .chunk').innerText(), 'let a');
    assert.equal(await page.locator('.language').innerText(), 'js');
    await stream('t1', ['\n``']);
    assert.equal(await page.locator('.code-block .chunk').innerText(), 'let a');
  }));

test('What was held back is drawn when the answer ends there', () =>
  withPage(async ({ page, stream, change, until }) => {
    await stream('t1', ['It is **not\n\n1']);
    const {
      text: _text,
      reasoning: _reasoning,
      ...outline
    } = answer({ state: 'stopped', canContinue: true });
    await change({ type: 'answer/changed', turnId: 't1', outline });
    await until(`document.querySelector('.markdown').innerText === 'It is **not\\n\\n1'`);
    await page.getByText('Stopped.').waitFor();
    await change({ type: 'answer/grew', turnId: 't1', text: '. one**' });
    await until(`document.querySelector('.markdown li')?.innerText === 'one**'`);
  }));

const long = Array.from({ length: 60 }, (_, index) => `Paragraph ${String(index)} of a long answer.\n\n`);

const scrollState = `(() => { const { scrollTop, clientHeight, scrollHeight } = document.querySelector('.scroller');
  return { top: scrollTop, toEnd: Math.round(scrollHeight - clientHeight - scrollTop) }; })()`;

interface ScrollState {
  readonly top: number;
  readonly toEnd: number;
}

test('The view follows the end only while the reader is there', () =>
  withPage(async ({ page, stream, change, until }) => {
    const scroll = (): Promise<ScrollState> => page.evaluate<ScrollState>(scrollState);
    await stream('t1', long);
    assert.equal((await scroll()).toEnd, 0);
    assert.equal(await page.getByRole('button', { name: 'Jump to latest' }).count(), 0);

    await page.mouse.move(200, 300);
    await page.mouse.wheel(0, -30);
    await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    await until(`${scrollState}.toEnd > 0`);
    const released = await scroll();
    await stream('t1', long);
    assert.equal((await scroll()).top, released.top, 'one small gesture upwards is enough to be left alone');

    await change({ type: 'turn/added', turn: turn('t2', 'Another question', answer({ state: 'waiting' })) });
    await change({ type: 'answer/grew', turnId: 't2', text: long.join('') });
    assert.equal((await scroll()).top, released.top, 'sending does not move a reader who is elsewhere');

    await page.getByRole('button', { name: 'Jump to latest' }).click();
    await until(`${scrollState}.toEnd <= 4`);
    await stream('t2', long);
    await until(`${scrollState}.toEnd <= 4`);
    assert.equal(await page.getByRole('button', { name: 'Jump to latest' }).count(), 0);
  }));

test('Another conversation is shown from its end, wherever the reader was', () =>
  withPage(async ({ page, change, stream, until }) => {
    await stream('t1', long);
    await page.mouse.move(200, 300);
    await page.mouse.wheel(0, -500);
    await page.getByRole('button', { name: 'Jump to latest' }).waitFor();
    await change({
      type: 'conversation/replaced',
      turns: [turn('other', 'Why?', answer({ text: long.join('') }))],
    });
    await until(`${scrollState}.top > 0 && ${scrollState}.toEnd <= 4`);
    assert.equal(await page.getByRole('button', { name: 'Jump to latest' }).count(), 0);
  }));

test('After a reload the reader is where they were', () =>
  withPage(async ({ page, open, postedOf, until }) => {
    const turns = ['t1', 't2', 't3'].map((id) => turn(id, `Question ${id}`, answer({ text: long.join('') })));
    await open(viewState({ turns }));
    await page.mouse.move(200, 300);
    await page.mouse.wheel(0, -2_000);
    await until(`JSON.parse(sessionStorage.getItem('state')).place !== undefined`);
    const visible = `document.elementFromPoint(100, 300).textContent`;
    const before = await page.evaluate<string>(visible);
    await page.reload();
    assert.equal((await postedOf('view/ready')).length, 1);
    await open(viewState({ turns }));
    await until(`${visible} === ${JSON.stringify(before)}`);
  }));

test('A long history is drawn over several frames, the newest answer first', () =>
  withPage(async ({ page, send, until }) => {
    const text = `${long.join('')}\`\`\`ts\n${'const a = 1;\n'.repeat(200)}\`\`\`\n\n`.repeat(4);
    const turns = Array.from({ length: 20 }, (_, index) =>
      turn(`t${String(index)}`, 'Why?', answer({ text })),
    );
    await page.evaluate(`globalThis.drawn = [];
      new MutationObserver(() => drawn.push(document.querySelectorAll('.markdown p').length)).observe(document, { childList: true, subtree: true })`);
    await send({ type: 'view/opened', sequence: 2, state: viewState({ turns }) });
    await until(`document.querySelectorAll('.turn')[19]?.querySelectorAll('.markdown p').length === 240`);
    assert.ok(
      (await page.evaluate<number>(
        `document.querySelectorAll('.turn')[0].querySelectorAll('.markdown p').length`,
      )) < 240,
    );
    await until(`document.querySelectorAll('.markdown p').length === 4800`);
    const steps = await page.evaluate<number[]>('drawn');
    const largest = Math.max(...steps.map((count, index) => count - (steps[index - 1] ?? 0)));
    assert.ok(largest < 1_000, `${String(largest)} paragraphs at once`);
  }));

test('Costly text is drawn to its end, and the panel stays usable (A36)', (context) =>
  withPage(async ({ page, change, stream, until }) => {
    await page.evaluate(`globalThis.tasks = [];
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))))
        .observe({ entryTypes: ['longtask'] })`);
    for (const [name, text] of Object.entries(costlyTexts(30_000))) {
      await page.evaluate('tasks.length = 0');
      await change({ type: 'turn/added', turn: turn(name, name, answer({ state: 'answering' })) });
      await stream(name, text.match(/[^]{1,3000}/g) ?? []);
      const { text: _text, reasoning: _reasoning, ...outline } = answer({ state: 'done' });
      await change({ type: 'answer/grew', turnId: name, text: '\n\n\n# The end of it\n' });
      await change({ type: 'answer/changed', turnId: name, outline });
      await until(
        `document.querySelector('.turn:last-child .markdown').textContent.includes('The end of it')`,
      );
      const longest = await page.evaluate<number>('Math.max(0, ...tasks)');
      context.diagnostic(`${name}: longest task ${String(longest)} ms`);
      await change({ type: 'turns/dropped', fromTurnId: name });
    }
  }));
