// What axe finds in each state of the panel, in four themes; and that the keyboard reaches everything.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';

import { closeBrowser, openChatPage } from './chatPage.ts';
import { samples } from './samples.ts';
import { themeNames } from './viewServer.ts';

after(closeBrowser);

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const theme of themeNames) {
  test(`axe finds nothing in any state of the panel (${theme})`, async () => {
    const chat = await openChatPage({ theme });
    try {
      await chat.page.evaluate(axe);
      const found: string[] = [];
      for (const [name, state] of Object.entries(samples)) {
        await chat.open(state);
        if (name === 'code') await chat.until(`document.querySelectorAll('[class^=syntax]').length > 20`);
        for (const button of await chat.page.locator('[aria-expanded=false]').all()) await button.click();
        const { violations } = await chat.page.evaluate<AxeResult>(
          `axe.run(document, { resultTypes: ['violations'] })`,
        );
        for (const { id, nodes } of violations) {
          for (const { html, failureSummary } of nodes)
            found.push(`${name}: ${id}: ${html}: ${failureSummary}`);
        }
      }
      assert.deepEqual(found, []);
      assert.deepEqual(chat.complaints, []);
    } finally {
      await chat.close();
    }
  });
}

test('The keyboard reaches everything, from the head over the conversation to the composer', async () => {
  const chat = await openChatPage({ state: samples['error']! });
  try {
    // The page begins with the focus in the composer; from its upper edge on, Tab meets everything in order.
    await chat.page.mouse.click(2, 2);
    const reached: string[] = [];
    await chat.page.getByRole('button', { name: /^Model/ }).focus();
    for (;;) {
      const name = await chat.page.evaluate<string>(
        `document.activeElement.ariaLabel ?? document.activeElement.textContent`,
      );
      const outline = await chat.page.evaluate<string>(
        `(() => { const element = document.activeElement.localName === 'textarea' ? document.activeElement.closest('.composer-box') : document.activeElement;
          const style = getComputedStyle(element); return element === document.activeElement ? style.outlineStyle : style.borderColor; })()`,
      );
      assert.notEqual(outline, 'none', `${name} shows its focus`);
      reached.push(name);
      if (name === 'Attach' || reached.length > 20) break;
      await chat.page.keyboard.press('Tab');
    }
    assert.deepEqual(reached, [
      'Model: glm-5.2 on BytePlus Coding',
      'History',
      'New chat',
      'Conversation',
      'Edit message',
      'Switch Model',
      'Open Console',
      'Retry',
      'Details',
      'Copy message',
      'Continue',
      'Message',
      'Attach',
    ]);
  } finally {
    await chat.close();
  }
});
