// The panel as a person, a screen reader and a test find it, and what each of its buttons asks the host.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { closeBrowser, openChatPage } from './chatPage.ts';
import type { ChatPage } from './chatPage.ts';
import { answer, lane, turn, viewState } from './sampleState.ts';

after(closeBrowser);

async function withPage(
  use: (chat: ChatPage) => Promise<void>,
  options: Parameters<typeof openChatPage>[0] = {},
) {
  const chat = await openChatPage({ state: viewState(), ...options });
  try {
    await use(chat);
    assert.deepEqual(chat.complaints, []);
  } finally {
    await chat.close();
  }
}

const code = '```ts\nconst a = 1;\n```\n\n- item\n\n  ```js\n  two();\n  ```\n';

test('The page asks for everything as soon as it has loaded, and says when it is drawn', () =>
  withPage(async ({ posted }) => {
    const intents = await posted();
    assert.equal(intents[0]?.type, 'view/ready');
    assert.deepEqual(intents.at(-1), { type: 'view/caughtUp', sequence: 1 });
  }));

test('Everything has the role and the name that the contract promises', () =>
  withPage(
    async ({ page }) => {
      const log = page.getByRole('log', { name: 'Conversation', exact: true });
      assert.equal(await log.getAttribute('aria-live'), 'off');
      assert.equal(await log.getByRole('article', { name: 'You', exact: true }).count(), 1);
      assert.equal(await log.getByRole('article', { name: 'Assistant, glm-5.2', exact: true }).count(), 1);
      assert.equal(await page.getByRole('textbox', { name: 'Message', exact: true }).count(), 1);
      const names = [
        'Send',
        'New chat',
        'History',
        'Attach',
        'Retry',
        'Edit message',
        'Copy message',
        'Continue',
      ];
      for (const name of [...names, 'Copy code', 'Insert at cursor', 'Model: glm-5.2 on BytePlus Coding']) {
        const count = await page.getByRole('button', { name, exact: true }).count();
        assert.equal(count, name === 'Copy code' || name === 'Insert at cursor' ? 2 : 1, name);
      }
      const reasoning = page.getByRole('button', { name: 'Reasoning', exact: true });
      assert.equal(await reasoning.getAttribute('aria-expanded'), 'false');
      assert.equal(await page.getByRole('status').innerText(), 'Answered');
    },
    {
      state: viewState({
        status: { busy: false, text: 'Answered' },
        turns: [turn('t1', 'Why?', answer({ text: code, reasoning: 'Because', canContinue: true }))],
      }),
    },
  ));

test('Every button posts its intent and nothing else', () =>
  withPage(
    async ({ page, posted }) => {
      const before = (await posted()).length;
      for (const name of [
        'New chat',
        'History',
        'Model: glm-5.2 on BytePlus Coding',
        'Attach',
        'Remove a.ts',
        'Edit message',
        'Copy message',
        'Retry',
        'Continue',
      ]) {
        await page.getByRole('button', { name, exact: true }).click();
      }
      for (let index = 0; index < 3; index++) {
        await page.getByRole('button', { name: 'Copy code' }).nth(index).click();
        await page.getByRole('button', { name: 'Insert at cursor' }).nth(index).click();
      }
      assert.deepEqual((await posted()).slice(before), [
        { type: 'chat/new' },
        { type: 'chat/history' },
        { type: 'model/switch' },
        { type: 'attachment/pick' },
        { type: 'attachment/remove', id: 'a' },
        { type: 'turn/edit', turnId: 't1' },
        { type: 'turn/copy', turnId: 't1' },
        { type: 'turn/retry', turnId: 't1' },
        { type: 'turn/continue', turnId: 't1' },
        { type: 'code/copy', turnId: 't1', block: 0, length: 'const a = 1;'.length },
        { type: 'code/insert', turnId: 't1', block: 0, length: 'const a = 1;'.length },
        { type: 'code/copy', turnId: 't1', block: 1, length: 'two();'.length },
        { type: 'code/insert', turnId: 't1', block: 1, length: 'two();'.length },
        { type: 'code/copy', turnId: 't1', block: 2, length: 'indented\n'.length },
        { type: 'code/insert', turnId: 't1', block: 2, length: 'indented\n'.length },
      ]);
    },
    {
      state: viewState({
        attachments: [{ id: 'a', label: 'a.ts', detail: 'lines 1–3' }],
        turns: [turn('t1', 'Why?', answer({ text: `${code}\ntext\n\n    indented\n`, canContinue: true }))],
      }),
    },
  ));

test('Copying is confirmed where it happened and to a screen reader', () =>
  withPage(
    async ({ page }) => {
      await page.getByRole('button', { name: 'Copy code' }).first().click();
      await page.locator('.code-buttons .feedback', { hasText: 'Copied' }).waitFor();
      assert.equal(await page.locator('[aria-live=polite]:not([role])').innerText(), 'Copied');
      await page.locator('.feedback').waitFor({ state: 'detached' });
    },
    { state: viewState({ turns: [turn('t1', 'Why?', answer({ text: code }))] }) },
  ));

test('Thinking is folded away, read only when unfolded, and its code has no buttons', () =>
  withPage(
    async ({ page }) => {
      assert.equal(await page.getByText('deep thought').count(), 0);
      await page.getByRole('button', { name: 'Reasoning' }).click();
      await page.locator('.reasoning-text strong', { hasText: 'deep thought' }).waitFor();
      assert.equal(
        await page.getByRole('button', { name: 'Reasoning' }).getAttribute('aria-expanded'),
        'true',
      );
      assert.equal(await page.locator('.reasoning-text pre').count(), 1);
      assert.equal(await page.getByRole('button', { name: 'Copy code' }).count(), 0);
      await page.reload();
    },
    {
      state: viewState({
        turns: [
          turn('t1', 'Why?', answer({ reasoning: '**deep thought**\n\n```js\nx\n```\n', text: 'So.' })),
        ],
      }),
    },
  ));

test('An error is an alert with its sentence, its remedies and the details folded away', () =>
  withPage(
    async ({ page, postedOf }) => {
      const alert = page.getByRole('alert');
      await alert.getByText('The plan is used up.').waitFor();
      assert.equal(await alert.getByText('Request id: 42').count(), 0);
      await alert.getByRole('button', { name: 'Details' }).click();
      await alert.getByText('Request id: 42').waitFor();
      await alert.getByRole('button', { name: 'Switch Model' }).click();
      assert.deepEqual(await postedOf('remedy/take'), [
        { type: 'remedy/take', turnId: 't1', remedy: 'switch-model' },
      ]);
      assert.equal(await page.getByRole('button', { name: 'Retry', exact: true }).count(), 1);
      await page.getByText('partial answer').waitFor();
    },
    {
      state: viewState({
        turns: [
          turn(
            't1',
            'Why?',
            answer({
              state: 'failed',
              text: 'partial answer',
              error: {
                sentence: 'The plan is used up.',
                remedies: [
                  { id: 'switch-model', label: 'Switch Model' },
                  { id: 'retry', label: 'Retry' },
                ],
                details: ['Request id: 42'],
              },
            }),
          ),
        ],
      }),
    },
  ));

test('Without a key the one primary action of the empty panel is setting it', () =>
  withPage(
    async ({ page, postedOf }) => {
      assert.equal(await page.locator('button.primary').count(), 1);
      await page.getByRole('button', { name: 'Set API key' }).click();
      assert.equal((await postedOf('key/set')).length, 1);
    },
    { state: viewState({ lane: { ...lane, hasKey: false } }) },
  ));

test('A countdown and a long silence are counted beside the live region, not in it', () =>
  withPage(async ({ page, change, postedOf }) => {
    await change({
      type: 'status/changed',
      status: { busy: true, text: 'Retrying', retryAt: Date.now() + 5_000 },
    });
    await page.getByText(/^Retrying in [45] s$/).waitFor();
    await page.getByText('Retrying in 3 s').waitFor();
    assert.equal(await page.getByRole('status').innerText(), 'Retrying');
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal((await postedOf('turn/stop')).length, 1);
    await change({
      type: 'status/changed',
      status: { busy: true, text: 'Waiting', waitingSince: Date.now() - 13_500 },
    });
    assert.equal(await page.getByText(/No data/).count(), 0);
    await page.getByText('No data for 15 s').waitFor();
    assert.equal(await page.getByRole('status').innerText(), 'Waiting');
  }));

test('A missing fact makes the view ask for everything again, and what was drawn stays', () =>
  withPage(async ({ page, change, send, postedOf, until }) => {
    await change({
      type: 'turn/added',
      turn: turn('t1', 'Why?', answer({ state: 'answering', text: 'First ' })),
    });
    const paragraph = await page.locator('.markdown p').elementHandle();
    await send({
      type: 'view/changed',
      sequence: 9,
      changes: [{ type: 'answer/grew', turnId: 't1', text: 'lost' }],
    });
    await until(`posted.filter(({ type }) => type === 'view/ready').length === 2`);
    await send({
      type: 'view/opened',
      sequence: 10,
      state: viewState({ turns: [turn('t1', 'Why?', answer({ text: 'First second.' }))] }),
    });
    await page.getByText('First second.').waitFor();
    assert.equal(
      await page.evaluate((node) => (node as { isConnected: boolean } | null)?.isConnected, paragraph),
      true,
    );
    assert.equal((await postedOf('view/ready')).length, 2);
  }));

test('A retried answer takes the place of the former one', () =>
  withPage(
    async ({ page, change }) => {
      await change({ type: 'answer/started', turnId: 't1', answer: answer({ state: 'waiting' }) });
      assert.equal(await page.getByText('old text').count(), 0);
      await change({ type: 'answer/grew', turnId: 't1', text: 'new text' });
      await page.getByText('new text').waitFor();
      await change({ type: 'turns/dropped', fromTurnId: 't1' });
      assert.equal(await page.getByRole('article').count(), 0);
    },
    { state: viewState({ turns: [turn('t1', 'Why?', answer({ text: 'old text' }))] }) },
  ));

test('A hidden panel still takes facts and says so', () =>
  withPage(async ({ page, change }) => {
    await page.evaluate(`globalThis.requestAnimationFrame = () => 0`);
    await change({
      type: 'turn/added',
      turn: turn('t1', 'Why?', answer({ text: 'Drawn without a frame.' })),
    });
    await page.getByText('Drawn without a frame.').waitFor();
  }));
