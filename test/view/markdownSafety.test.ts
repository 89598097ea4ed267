// Nothing in an answer, a question or a name becomes active, at no moment while it streams in (A08–A16, A27).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { closeBrowser, openChatPage } from './chatPage.ts';
import type { ChatPage } from './chatPage.ts';
import { hostileMarkdown, refusedTargets } from './hostileText.ts';
import { answer, lane, turn, viewState } from './sampleState.ts';

after(closeBrowser);

/** All that the panel itself is made of. */
const ownElements =
  'a article blockquote br button code del div em h1 h2 h3 h4 h5 header hr li main ol p path pre section span strong svg table tbody td textarea th thead tr ul'.split(
    ' ',
  );

/** Notes every element and attribute that ever was in the page from now on. */
const watch = `{
  globalThis.seen = new Set();
  const look = (node) => {
    if (node.nodeType !== 1) return;
    seen.add(node.localName);
    for (const { name } of node.attributes) seen.add(node.localName + '@' + name);
    for (const child of node.children) look(child);
  };
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      look(target);
      for (const node of addedNodes) look(node);
    }
  }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
}`;

async function assertInert(chat: ChatPage): Promise<void> {
  const seen = await chat.page.evaluate<string[]>('[...seen]');
  const elements = seen.filter((name) => !name.includes('@'));
  assert.deepEqual(
    elements.filter((name) => !ownElements.includes(name) && name !== 'body'),
    [],
  );
  const attributes = seen.filter((name) =>
    /@(?:on.*|style|src|srcset|poster|action|formaction|background|data)$/.test(name),
  );
  assert.deepEqual(attributes, []);
  assert.deepEqual(chat.requests, []);
  assert.deepEqual(chat.complaints, []);
}

test('Hostile markdown that arrives character by character is inert in every state in between', async () => {
  const chat = await openChatPage({
    eagerFrames: true,
    state: viewState({ turns: [turn('t1', 'Why?', answer({ state: 'answering' }))] }),
  });
  try {
    await chat.page.evaluate(watch);
    await chat.stream('t1', [...hostileMarkdown(chat.origin)]);
    await assertInert(chat);
    assert.equal(await chat.page.locator('.markdown .level-1').count(), 1, 'the text itself is there');
  } finally {
    await chat.close();
  }
});

test('The same in a restored answer, in questions, names, errors and attachments', async () => {
  const chat = await openChatPage();
  try {
    await chat.page.evaluate(watch);
    const hostile = hostileMarkdown(chat.origin);
    const attachment = { id: 'a', label: hostile, detail: hostile };
    const error = {
      sentence: hostile,
      remedies: [{ id: 'retry' as const, label: 'Retry' }],
      details: [hostile],
    };
    const view = answer({
      state: 'failed',
      text: hostile,
      reasoning: hostile,
      model: hostile,
      laneLabel: hostile,
      notes: [hostile],
      footer: hostile,
      error,
    });
    await chat.open(
      viewState({
        lane: { ...lane, model: hostile, laneLabel: hostile, problem: hostile },
        status: { busy: true, text: hostile },
        attachments: [attachment],
        turns: [{ id: 't1', question: { text: hostile, attachments: [attachment] }, answer: view }],
      }),
    );
    await chat.page.getByRole('button', { name: 'Reasoning', exact: true }).click();
    await chat.page.getByRole('button', { name: 'Details', exact: true }).click();
    await chat.page.locator('.reasoning-text .level-1').waitFor();
    await assertInert(chat);
  } finally {
    await chat.close();
  }
});

test('An image is replaced by its description and its address', async () => {
  const chat = await openChatPage({
    state: viewState({
      turns: [turn('t1', 'Why?', answer({ text: '![a diagram](https://evil.example/x.png?q=1)' }))],
    }),
  });
  try {
    const text = await chat.page.locator('.markdown').innerText();
    assert.equal(text, 'a diagram (Image not loaded: https://evil.example/x.png?q=1)');
  } finally {
    await chat.close();
  }
});

test('Only web and mail addresses become links; a click asks the host and leads nowhere', async () => {
  const refused = refusedTargets.map(
    (target, index) => `- [refused ${String(index)}](<${target}>) [r${String(index)}](${target})`,
  );
  const allowed = [
    '[web](https://example.com/a?b=1)',
    'http://example.org/x',
    '[mail](mailto:a@example.com)',
  ];
  const chat = await openChatPage({
    state: viewState({
      turns: [turn('t1', 'Why?', answer({ text: [...refused, '', ...allowed].join('\n') }))],
    }),
  });
  try {
    const links = chat.page.getByRole('link');
    assert.equal(await links.count(), 3);
    const titles = await links.evaluateAll((elements) =>
      elements.map((element) => (element as unknown as { title: string }).title),
    );
    assert.deepEqual(titles, ['https://example.com/a?b=1', 'http://example.org/x', 'mailto:a@example.com']);
    for (let index = 0; index < 3; index++) await links.nth(index).click();
    await links.nth(0).click({ button: 'middle' });
    await links.nth(1).focus();
    await chat.page.keyboard.press('Enter');
    const hrefs = (await chat.postedOf('link/open')).map(({ href }) => href);
    assert.deepEqual(hrefs, [
      'https://example.com/a?b=1',
      'http://example.org/x',
      'mailto:a@example.com',
      'https://example.com/a?b=1',
      'http://example.org/x',
    ]);
    assert.equal(chat.page.url(), `${chat.origin}/`);
    assert.equal(chat.page.context().pages().length, 1);
  } finally {
    await chat.close();
  }
});

test('Characters that hide or reorder text are shown by their number, in prose, code and names', async () => {
  const hidden = 'a\u202eb\u200bc\u{e0041}d';
  const chat = await openChatPage({
    state: viewState({
      turns: [
        turn(
          't1',
          hidden,
          answer({ model: hidden, text: `${hidden}\n\n\`${hidden}\`\n\n\`\`\`js\n${hidden}\n\`\`\`\n` }),
        ),
      ],
    }),
  });
  try {
    const shown = 'aU+202EbU+200BcU+E0041d';
    assert.equal(await chat.page.locator('.question-text').innerText(), shown);
    assert.equal(await chat.page.locator('.markdown p').first().innerText(), shown);
    assert.equal(await chat.page.locator('.markdown p code').innerText(), shown);
    assert.equal(await chat.page.locator('.code-block pre').innerText(), shown);
    const names = await chat.page
      .getByRole('article')
      .evaluateAll((elements) =>
        elements.map((element) => (element as unknown as { ariaLabel: string }).ariaLabel),
      );
    assert.deepEqual(names, ['You', 'Assistant, a[U+202E]b[U+200B]c[U+E0041]d']);
  } finally {
    await chat.close();
  }
});
