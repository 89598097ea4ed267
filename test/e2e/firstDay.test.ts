// A person's first day: no key, set key, ask, stop, retry, switch model, explain a selection, reload. On one bill.
import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { foreignRegionKey, simulatedKey } from '../support/ark/keys.ts';
import { openWorkbench } from '../support/editor/workbench.ts';
import type { Workbench } from '../support/editor/workbench.ts';
import { root } from '../support/sourceFiles.ts';

let workbench: Workbench;

before(async () => {
  workbench = await openWorkbench({ size: { width: 1400, height: 860 } });
  workbench.page.setDefaultTimeout(15_000);
  await openChat();
});

after(async () => {
  await workbench.close();
});

const message = (): Locator => workbench.chat.getByRole('textbox', { name: 'Message' });
const stop = (): Locator => workbench.chat.getByRole('button', { name: 'Stop' });
const answers = (): Locator => workbench.chat.getByRole('article', { name: /^Assistant/ });
const questions = (): Locator => workbench.chat.getByRole('article', { name: 'You' });

/** Opening ends with the focus in the composer; only then is the keyboard free for something else. */
async function openChat(): Promise<void> {
  await workbench.command('Coding Lane: Open Chat');
  await workbench.chat.locator('textarea:focus').waitFor();
}

async function ask(text: string): Promise<void> {
  await message().fill(text);
  await message().press('Enter');
}

/** The status line says "answered" at the end and Stop gives way to Send. */
async function untilAnswered(count: number): Promise<Locator> {
  const answer = answers().nth(count - 1);
  await answer.waitFor();
  await stop().waitFor({ state: 'hidden' });
  return answer;
}

/** The day goes on from step to step: after one that failed the rest says so instead of waiting for what cannot come. */
let failedStep: string | undefined;

function step(name: string, walk: () => Promise<void>): void {
  test(name, async () => {
    assert.equal(failedStep, undefined, 'an earlier step failed');
    try {
      await walk();
    } catch (error) {
      failedStep = name;
      await workbench.screenshot('first-day-failed');
      throw error;
    }
  });
}

step('without a key the chat says so, and asking sends nothing and loses nothing', async () => {
  await workbench.statusBar.getByText('Set API key').waitFor();
  await ask('What does total() do?');
  const card = workbench.chat.getByRole('alert');
  await card.getByText(/no API key/i).waitFor();
  assert.equal(await message().inputValue(), 'What does total() do?');
  assert.equal(workbench.ark.ledger.coding.length, 0);
  await card.getByRole('button', { name: 'Set API key' }).click();
  await workbench.quickInput.waitFor();
});

step('a key that the lane refuses is named as refused, and a good one is checked and kept', async () => {
  await workbench.answerQuickInput(foreignRegionKey);
  await workbench.ark.ledger.waitFor((ledger) => ledger.coding.find((entry) => entry.status === 401));
  await workbench.page
    .getByText(/refused/)
    .first()
    .waitFor();
  await workbench.page.keyboard.press('Escape');
  await workbench.command('Coding Lane: Set API Key');
  await pickCodingLaneIfAsked();
  await workbench.answerQuickInput(`Bearer ${simulatedKey} `);
  await workbench.ark.ledger.waitFor((ledger) =>
    ledger.coding.find((entry) => entry.path.endsWith('/models') && entry.keyIs(simulatedKey)),
  );
  await workbench.statusBar.getByText('BytePlus Coding').waitFor();
  assert.equal(workbench.ark.ledger.general.length, 0);
});

step(
  'the first question is answered on the coding lane, streaming, with the text still there from before',
  async () => {
    workbench.ark.setPace(8);
    assert.equal(await message().inputValue(), 'What does total() do?');
    await message().press('Enter');
    await stop().waitFor();
    const answer = await untilAnswered(await answers().count());
    await answer.getByRole('button', { name: /^Reasoning/ }).waitFor();
    assert.equal(await message().inputValue(), '');
    const asked = workbench.ark.ledger.coding.filter((entry) => entry.path.endsWith('/chat/completions'));
    assert.equal(asked.length, 1);
    assert.equal(asked[0]?.outcome, 'answered');
  },
);

step('Stop closes the socket at once and keeps what had arrived', async () => {
  workbench.ark.setPace(20);
  const before = await answers().count();
  await ask('Tell me in detail, a long answer please.');
  const entry = await workbench.ark.ledger.waitFor((ledger) =>
    ledger.coding.find((candidate) => candidate.deltasSent > 20 && candidate.finishedAt === undefined),
  );
  await answers().nth(before).waitFor();
  await stop().click();
  await workbench.ark.ledger.waitFor(() => entry.clientHungUp);
  await stop().waitFor({ state: 'hidden' });
  const text = await answers().nth(before).innerText();
  assert.ok(text.length > 20, text);
  assert.equal(await workbench.chat.getByRole('alert').count(), 0, 'stopping is not an error');
});

step('Retry asks again and shows one answer', async () => {
  workbench.ark.setPace(0);
  const before = await answers().count();
  await answers().last().getByRole('button', { name: 'Retry' }).click();
  await workbench.ark.ledger.waitFor(
    (ledger) => ledger.coding.filter((entry) => entry.outcome === 'answered' && entry.body).length >= 2,
  );
  await untilAnswered(before);
  assert.equal(await answers().count(), before);
});

step('a failure keeps the question, says why, and its button cures it', async () => {
  workbench.ark.setScenario('unauthorized', { endpoint: 'chat', times: 1 });
  await ask('And discountFor()?');
  const card = workbench.chat.getByRole('alert').last();
  await card.getByText(/refused/).waitFor();
  assert.equal(await message().inputValue(), 'And discountFor()?');
  await card.getByRole('button', { name: 'Set API key' }).click();
  await workbench.quickInput.waitFor();
  await workbench.page.keyboard.press('Escape');
});

step('another model is chosen from the keyboard, said, and used for the next question', async () => {
  await workbench.command('Coding Lane: Switch Lane or Model');
  await workbench.answerQuickInput('glm-5.1');
  await workbench.statusBar.getByText('glm-5.1 · BytePlus Coding').waitFor();
  await message().fill('Which model are you?');
  await message().press('Enter');
  await workbench.chat.getByRole('article', { name: 'Assistant, glm-5.1' }).last().waitFor();
  await stop().waitFor({ state: 'hidden' });
  const last = workbench.ark.ledger.coding.filter((entry) => entry.path.endsWith('/chat/completions')).at(-1);
  assert.equal(last?.model, 'glm-5.1');
});

step('Explain sends the selected lines and nothing else of the file', async () => {
  workbench.ark.setPace(4);
  await workbench.openFile('src/cart.ts');
  await workbench.selectLines(10, 17);
  await workbench.command('Coding Lane: Explain');
  await untilAnswered((await answers().count()) + 0);
  const sent = await workbench.ark.ledger.waitFor((ledger) =>
    ledger.coding.find(
      (entry) => entry.bodyText.includes('sum += line.price') && entry.outcome === 'answered',
    ),
  );
  assert.doesNotMatch(sent.bodyText, /function addLine/);
  await answers().last().getByText(/total/).first().waitFor();
  await stop().waitFor({ state: 'hidden' });
});

step('after a reload the conversation, the model and the key are still there', async () => {
  const [asked, answered] = [await questions().count(), await answers().count()];
  await workbench.reload();
  await openChat();
  await questions()
    .nth(asked - 1)
    .waitFor();
  assert.equal(await answers().count(), answered);
  await workbench.statusBar.getByText('glm-5.1 · BytePlus Coding').waitFor();
});

step('a reload in the middle of an answer keeps the part that had arrived and marks it', async () => {
  workbench.ark.setPace(25);
  const before = await answers().count();
  await ask('Once more in detail, a long answer please.');
  await workbench.ark.ledger.waitFor((ledger) => (ledger.coding.at(-1)?.deltasSent ?? 0) > 60);
  await answers().nth(before).getByText(/\w{4}/).first().waitFor();
  await workbench.reload();
  await openChat();
  const cut = answers().nth(before);
  await cut
    .getByText(/interrupted/i)
    .first()
    .waitFor();
  await cut.getByRole('button', { name: 'Continue' }).waitFor();
});

step(
  'the general lane was never touched, asks first, and then is billed for exactly one question',
  async () => {
    const { general, other } = workbench.ark.ledger;
    assert.deepEqual([...general, ...other], []);
    workbench.ark.setPace(0);
    await workbench.command('Coding Lane: Set API Key');
    await workbench.quickPickItems.filter({ hasText: 'BytePlus General' }).first().click();
    await workbench.answerQuickInput(simulatedKey);
    await workbench.dialog.getByText('bills per token').waitFor();
    assert.deepEqual([...general, ...other], [], 'nothing is sent before the answer to the question');
    await workbench.dialog.getByRole('button', { name: 'Use This Lane' }).click();
    await workbench.ark.ledger.waitFor(() => general.some((entry) => entry.path.endsWith('/models')));
    await workbench.command('Coding Lane: Switch Lane or Model');
    await workbench.quickInput.locator('input').first().fill('glm-5-2-260617');
    await workbench.quickPickItems.filter({ hasText: 'glm-5-2-260617' }).first().click();
    await workbench.statusBar.getByText('BytePlus General').waitFor();
    const onPlan = workbench.ark.ledger.coding.length;
    await ask('Answer on the other lane.');
    const chats = () => general.filter((entry) => entry.path.endsWith('/chat/completions'));
    await workbench.ark.ledger.waitFor(() => chats().some((entry) => entry.outcome === 'answered'));
    assert.equal(chats().length, 1);
    assert.equal(workbench.ark.ledger.coding.length, onPlan, 'the plan paid nothing for it');
  },
);

step('a picture of it all is taken for the README', async () => {
  await workbench.command('Coding Lane: Switch Lane or Model');
  await workbench.quickInput.locator('input').first().fill('glm-5.2');
  await workbench.quickPickItems.filter({ hasText: 'glm-5.2' }).first().click();
  await workbench.statusBar.getByText('glm-5.2 · BytePlus Coding').waitFor();
  await workbench.command('Coding Lane: New Chat');
  await questions().first().waitFor({ state: 'detached' });
  await workbench.command('Notifications: Clear All Notifications');
  await workbench.command('View: Close Primary Side Bar');
  await widenChat(560);
  await workbench.openFile('src/cart.ts');
  await workbench.selectLines(10, 17);
  await workbench.command('Coding Lane: Explain');
  await untilAnswered(1);
  await answers().first().getByRole('button', { name: 'Copy message' }).waitFor();
  await questions().first().scrollIntoViewIfNeeded();
  const picture = await workbench.screenshot('readme');
  if (process.env['UPDATE_PICTURES'] === '1') {
    await cp(picture, join(root, 'media/readme/chat.png'));
  }
});

/** Drags the border between the editor and the chat, as a person does. */
async function widenChat(width: number): Promise<void> {
  const { page } = workbench;
  const bar = page.locator('.part.auxiliarybar');
  const box = await bar.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - width, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
}

async function pickCodingLaneIfAsked(): Promise<void> {
  const row = workbench.quickPickItems.filter({ hasText: 'BytePlus Coding' }).first();
  const box = workbench.quickInput.locator('input[type="password"]');
  await row.or(box).first().waitFor();
  if (await row.isVisible()) await row.click();
}
