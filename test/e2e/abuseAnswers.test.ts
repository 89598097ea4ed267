// Hostile answers, lists, names and messages in the real panel (A08–A17, A31–A33, A36, A37): the listener hears nothing.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Frame, Locator } from 'playwright-core';

import { hostileFileName, writeHostileFolder } from '../support/abuse/hostileWorkspace.ts';
import { simulatedKey } from '../support/ark/keys.ts';
import type { LedgerEntry } from '../support/ark/ledger.ts';
import { scenarioNamed } from '../support/ark/scenarios.ts';
import { startStranger } from '../support/editor/startStranger.ts';
import type { Stranger } from '../support/editor/startStranger.ts';
import { openWorkbench } from '../support/editor/workbench.ts';
import type { Workbench } from '../support/editor/workbench.ts';

let workbench: Workbench;
let stranger: Stranger;
/** Addresses of the attacker that the browser wanted, whether or not something kept it from asking. */
const wanted: string[] = [];
let settingsBefore = '';

/**
 * Runs in every frame before the page's own scripts: notes each element and attribute that ever was there, and keeps
 * the page's one handle to the extension, for a script that would have got in.
 */
const spy = `(() => {
  const seen = (globalThis.seen = new Set());
  const look = (node) => {
    if (node.nodeType !== 1) return;
    seen.add(node.localName);
    for (const { name } of node.attributes) seen.add(node.localName + '@' + name);
    for (const child of node.children) look(child);
  };
  globalThis.lookAt = look;
  Object.defineProperty(globalThis, 'acquireVsCodeApi', {
    configurable: true,
    set(make) {
      const value = () => {
        const api = make();
        globalThis.forge = (message) => api.postMessage(message);
        return api;
      };
      Object.defineProperty(globalThis, 'acquireVsCodeApi', { configurable: true, writable: true, value });
    },
  });
})()`;

/** Our own script stands beside `#chat`, so it is from there that everything is looked at. */
const watch = `{
  lookAt(document.querySelector('#chat'));
  globalThis.watching ??= new MutationObserver((records) => {
    for (const { target, addedNodes, attributeName } of records) {
      if (attributeName !== null) seen.add(target.localName + '@' + attributeName);
      for (const node of addedNodes) lookAt(node);
    }
  });
  watching.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
}`;

/** All that the panel is made of. */
const ownElements = new Set(
  'a article blockquote body br button code del div em h1 h2 h3 h4 h5 h6 header hr li main ol p path pre section span strong svg table tbody td textarea th thead tr ul'.split(
    ' ',
  ),
);

before(async () => {
  stranger = await startStranger();
  workbench = await openWorkbench({
    size: { width: 1400, height: 860 },
    settings: { 'codingLane.coding.model': 'glm-5.2' },
    prepare: async (folder) => {
      await writeHostileFolder(folder, stranger.origin);
      return undefined;
    },
  });
  const { page } = workbench;
  page.setDefaultTimeout(20_000);
  await page.context().addInitScript({ content: spy });
  page.context().on('request', (request) => {
    if (request.url().startsWith(stranger.origin)) wanted.push(request.url());
  });
  settingsBefore = await userSettings();
  await workbench.command('Coding Lane: Open Chat');
});

after(async () => {
  await workbench.close();
  await stranger.close();
});

const message = (): Locator => workbench.chat.getByRole('textbox', { name: 'Message' });
const stop = (): Locator => workbench.chat.getByRole('button', { name: 'Stop' });
const chats = (): readonly LedgerEntry[] =>
  workbench.ark.ledger.coding.filter(({ path }) => path.endsWith('/chat/completions'));
const answers = (): Locator => workbench.chat.getByRole('article', { name: /^Assistant/ });

/** The user's settings but for those that the editor rewrites in a newer spelling. */
async function userSettings(): Promise<string> {
  const text = await readFile(join(workbench.editor.userFolder, 'User', 'settings.json'), 'utf8');
  assert.ok(!text.includes(simulatedKey));
  const rewritten = ['workbench.colorTheme', 'extensions.autoUpdate'];
  const settings = Object.entries(JSON.parse(text) as Record<string, unknown>);
  return JSON.stringify(settings.filter(([name]) => !rewritten.includes(name)));
}

async function chatFrame(): Promise<Frame> {
  const body = await workbench.chat.locator('body').elementHandle();
  const frame = await body?.ownerFrame();
  return frame ?? assert.fail('the chat is in no frame');
}

async function startWatching(): Promise<void> {
  await message().waitFor();
  await (await chatFrame()).evaluate(watch);
}

/** Nothing that was ever drawn is active, and nobody was told anything. */
async function assertInert(what: string): Promise<void> {
  const seen = await (await chatFrame()).evaluate<string[]>('[...seen]');
  const elements = seen.filter((name) => !name.includes('@') && !ownElements.has(name));
  const attributes = seen.filter((name) =>
    /@(?:on.*|style|src|srcset|poster|action|formaction|background|data|srcdoc)$/.test(name),
  );
  // VS Code gives the body its theme in a style, and the composer grows with its text.
  const own = ['body@style', 'textarea@style'];
  assert.deepEqual([elements, attributes.filter((name) => !own.includes(name))], [[], []], what);
  assert.deepEqual([stranger.seen, wanted], [[], []], what);
  assert.deepEqual(workbench.ark.ledger.other, [], what);
}

/** Asks and waits until the answer has ended in whatever way. */
async function ask(text: string): Promise<Locator> {
  assert.ok(hasKey, 'the key was not set');
  const asked = chats().length;
  await message().fill(text);
  await message().press('Enter');
  await workbench.ark.ledger.waitFor(() => chats()[asked]?.finishedAt, { timeoutMs: 60_000 });
  await stop().waitFor({ state: 'hidden', timeout: 60_000 });
  // A failed question gives way to the next one, so that counting would miss it.
  return answers().last();
}

async function askFor(scenario: string): Promise<Locator> {
  workbench.ark.setScenario(scenario, { to: stranger.origin, endpoint: 'chat' });
  try {
    return await ask(`Show me ${scenario}.`);
  } finally {
    workbench.ark.clearScenarios();
  }
}

/** Without a key nothing can be asked, so nothing would be proved. */
let hasKey = false;
let pictures = 0;

function step(name: string, walk: () => Promise<void>): void {
  test(name, async () => {
    try {
      await walk();
    } catch (error) {
      pictures += 1;
      await workbench.screenshot(`abuse-answers-failed-${String(pictures)}`);
      throw error;
    }
  });
}

step('A33 a key is typed masked, and goes into no setting, no environment and no command line', async () => {
  await startWatching();
  await workbench.command('Coding Lane: Set API Key');
  const row = workbench.quickPickItems.filter({ hasText: 'BytePlus Coding' }).first();
  const box = workbench.quickInput.locator('input[type="password"]');
  await row.or(box).first().waitFor();
  if (await row.isVisible()) await row.click();
  await box.waitFor();
  await workbench.answerQuickInput(simulatedKey);
  await workbench.page.getByText('accepted the key').first().waitFor();
  assert.equal(await userSettings(), settingsBefore);
  assert.ok(!(await workbench.page.content()).includes(simulatedKey));
  const told = await processesOfEditor();
  if (process.platform === 'linux') assert.ok(told.length > 1, 'the editor’s processes were found');
  for (const text of told) assert.ok(!text.includes(simulatedKey));
  hasKey = true;
});

const shown: readonly (readonly [rows: string, scenario: string])[] = [
  ['A09', 'hostile-images'],
  ['A10', 'hostile-html'],
  ['A11', 'hostile-html-by-character'],
  ['A11', 'hostile-unclosed'],
  ['A13 A14', 'hostile-links'],
  ['A15', 'hostile-diagrams'],
  ['A16', 'hostile-bare-urls'],
  ['A12', 'hostile-tool-arguments'],
  ['A08 A12', 'hostile-model-name'],
  ['A08 A12', 'hostile-error'],
];

for (const [rows, scenario] of shown) {
  step(`${rows} is drawn as text and asks nobody for anything: ${scenario}`, async () => {
    assert.ok(rows.split(' ').some((row) => scenarioNamed(scenario).rows.includes(row)));
    const answer = await askFor(scenario);
    assert.ok((await answer.innerText()).length > 10);
    await assertInert(scenario);
  });
}

step('A12 the same in what the user pasted, and in the name of a file that is attached', async () => {
  await message().fill('');
  const pasted = `<img src="${stranger.origin}/pasted.png"> ![x](${stranger.origin}/pasted-markdown.png)`;
  await ask(pasted);
  await assertInert('pasted text');
  await workbench.openFile('onerror');
  await workbench.command('Coding Lane: Add Selection to Chat');
  await workbench.chat.locator('.chip').getByText(hostileFileName).first().waitFor();
  await ask('And in this file?');
  await assertInert('the name of a file');
});

step('A13 only web and mail addresses are links, and the editor asks before it opens one', async () => {
  const answer = await askFor('hostile-links');
  const titles = await answer
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => String(link.getAttribute('title'))));
  for (const title of titles) assert.match(title, /^(?:https?:\/\/127\.0\.0\.1|mailto:)/);
  assert.ok(titles.length >= 4, titles.join('\n'));
  // The editor trusts addresses of this machine, so what is clicked is one that is nowhere.
  workbench.ark.setAnswer({ content: 'Read [this](https://docs.example.invalid/fine).' }, { times: 1 });
  const other = await ask('Where can I read more?');
  await other.getByRole('link', { name: 'this' }).click();
  await workbench.dialog.getByText('docs.example.invalid/fine').first().waitFor();
  await workbench.page.keyboard.press('Escape');
  await workbench.dialog.waitFor({ state: 'hidden' });
  await assertInert('a link that was not opened');
});

step('A14 where a link really leads is shown, and one that carries much is asked about first', async () => {
  const answer = await askFor('hostile-links');
  const disguised = answer.getByRole('link', { name: 'https://www.byteplus.com' });
  assert.equal(await disguised.getAttribute('title'), `${stranger.origin}/not-byteplus`);
  await answer.getByRole('link', { name: 'long', exact: true }).click();
  await workbench.dialog.getByText('Open this address?').waitFor();
  await workbench.dialog.getByText(`data=${'A'.repeat(300)}`).waitFor();
  await workbench.page.keyboard.press('Escape');
  await workbench.dialog.waitFor({ state: 'hidden' });
  await assertInert('a long link that was not opened');
});

step('A09 A12 a restored history is as inert as it was', async () => {
  const count = await answers().count();
  await workbench.reload();
  await workbench.command('Coding Lane: Open Chat');
  await startWatching();
  await answers()
    .nth(count - 1)
    .waitFor();
  for (let index = 0; index < count; index += 1) await answers().nth(index).scrollIntoViewIfNeeded();
  await assertInert('the restored history');
});

step(
  'A17 A18 messages that a script in the page would forge do nothing that the page could not',
  async () => {
    const frame = await chatFrame();
    const before = workbench.ark.ledger.coding.length;
    await workbench.openFile('src/cart.ts');
    const editor = workbench.page.locator('.editor-instance .view-lines').first();
    const code = await editor.innerText();
    const forged = [
      'null',
      '"turn/stop"',
      '{ type: "command/run", command: "workbench.action.terminal.new" }',
      '{ type: "turn/send", text: "x", command: "workbench.action.quit" }',
      '{ type: "turn/send", text: { toString: "x" } }',
      '{ type: "turn/send", text: "x".repeat(5_000_000) }',
      'JSON.parse(\'{"type":"turn/send","text":"x","__proto__":{"admin":true}}\')',
      '{ type: "code/insert", turnId: "nobody", block: 0, length: 3 }',
      '{ type: "code/insert", turnId: "nobody", block: 0, length: 3, text: "rm -rf /" }',
      '{ type: "turn/retry", turnId: "nobody" }',
      '{ type: "turn/continue", turnId: "nobody" }',
      '{ type: "remedy/take", turnId: "nobody", remedy: "confirm-lane" }',
      '{ type: "attachment/pick", path: "/etc/passwd" }',
      '{ type: "attachment/add", path: "/etc/passwd" }',
      `{ type: "link/open", turnId: "nobody", href: "${stranger.origin}/forged" }`,
      `{ type: "settings/write", key: "codingLane.coding.baseUrl", value: "${stranger.origin}" }`,
    ];
    assert.equal(
      await frame.evaluate<string>('typeof forge'),
      'function',
      'the forger has the page’s own handle',
    );
    for (const text of forged) await frame.evaluate(`forge(${text})`);
    await frame.evaluate(
      `window.postMessage({ type: "command/run", command: "workbench.action.quit" }, "*")`,
    );
    // Messages arrive in order: when the last is answered, all have been looked at.
    await workbench.page.getByText('This link was not opened').first().waitFor();
    assert.equal(workbench.ark.ledger.coding.length, before);
    assert.equal(await editor.innerText(), code);
    assert.equal(await workbench.dialog.count(), 0);
    assert.equal(await userSettings(), settingsBefore);
    await assertInert('forged messages');
    await ask('Are you still there?');
    assert.equal(workbench.ark.ledger.coding.length, before + 1);
  },
);

for (const scenario of ['heavy-nesting', 'heavy-brackets', 'heavy-backticks', 'heavy-table']) {
  step(
    `A36 text that is costly to read is drawn, not too deep, and the panel lives: ${scenario}`,
    async () => {
      const answer = await askFor(scenario);
      const depth = await answer.locator('*').evaluateAll((elements) => {
        const depths = new Map<unknown, number>();
        let deepest = 0;
        for (const element of elements as unknown as readonly { parentElement: unknown }[]) {
          const depth = (depths.get(element.parentElement) ?? 0) + 1;
          depths.set(element, depth);
          deepest = Math.max(deepest, depth);
        }
        return deepest;
      });
      assert.ok(depth > 1 && depth < 150, String(depth));
      await message().fill('still here');
      assert.equal(await message().inputValue(), 'still here');
      await message().fill('');
    },
  );
}

step('A37 an answer without end has a Stop that works, and else ends at its cap with Continue', async () => {
  // A notice may lie over the button.
  await workbench.command('Notifications: Clear All Notifications');
  await workbench.command('Coding Lane: New Chat');
  // At full speed it could reach its cap before a slow machine has moved the pointer.
  workbench.ark.setPace(1);
  workbench.ark.setScenario('runaway', { endpoint: 'chat' });
  await message().fill('Never end.');
  await message().press('Enter');
  const entry = await workbench.ark.ledger.waitFor(({ coding }) =>
    coding.find(({ scenario, finishedAt }) => scenario === 'runaway' && finishedAt === undefined),
  );
  await answers().last().getByText('an answer that does not know').first().waitFor();
  await stop().click();
  await workbench.ark.ledger.waitFor(() => entry.clientHungUp);
  await stop().waitFor({ state: 'hidden' });
  workbench.ark.clearScenarios();
  workbench.ark.setPace(0);
  // What has come by then may already be too long for the model to be asked again.
  await workbench.command('Coding Lane: New Chat');
  workbench.ark.setScenario('runaway', { endpoint: 'chat', bytes: 3_000_000 });
  const capped = await ask('Nearly never end.');
  await capped.getByRole('button', { name: 'Continue' }).waitFor();
  workbench.ark.clearScenarios();
});

step(
  'A31 after all this the key is in no file of the editor, no store of the browser and on no page',
  async () => {
    const { page, editor } = workbench;
    const files = await filesBelow(editor.userFolder);
    const conversations = files.filter(({ path }) => path.endsWith('.jsonl'));
    assert.ok(
      conversations.some(({ text }) => text.includes('hostile-images')),
      'the search would find what is there',
    );
    for (const { path, text } of files) assert.ok(!text.includes(simulatedKey), path);
    const stored = await page.evaluate<string>(browserStores);
    assert.match(stored, /codingLane/, 'the window’s state is among what was searched');
    assert.ok(!stored.includes(simulatedKey));
    for (const frame of page.frames()) assert.ok(!(await frame.content()).includes(simulatedKey));
  },
);

/** Everything that the editor keeps in the browser; secrets lie there too, encrypted. */
const browserStores = `(async () => {
  const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
      const texts = values.map((value) => ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value);
      parts.push(JSON.stringify([name, store, keys, texts]));
    }
    database.close();
  }
  return parts.join('\\n');
})()`;

async function filesBelow(folder: string): Promise<readonly { path: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        // Sockets and files that the editor takes away meanwhile.
        return { path, text: await readFile(path, 'latin1').catch(() => '') };
      }),
  );
}

/** Command line and environment of each process that was started with the editor's folder; Linux only. */
async function processesOfEditor(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const texts = await Promise.all(
    ids.map(async (id) => {
      const parts = ['cmdline', 'environ'].map((name) =>
        readFile(`/proc/${id}/${name}`, 'latin1').catch(() => ''),
      );
      return (await Promise.all(parts)).join('\0');
    }),
  );
  return texts.filter((text) => text.includes(workbench.editor.userFolder));
}
