// Pictures of the panel in every state, for people to look at, and that nothing ever widens it.
// `GALLERY=all` makes them in four themes; otherwise one is enough.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { outputs } from '../support/editor/places.ts';
import { closeBrowser, openChatPage } from './chatPage.ts';
import { samples } from './samples.ts';
import { themeNames } from './viewServer.ts';

after(closeBrowser);

const folder = join(outputs, 'screenshots', 'view');
await mkdir(folder, { recursive: true });

/** What is wider than the panel although it has no scroll bar of its own. */
const tooWide = `[...document.querySelectorAll('#chat *')]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('pre, .table, .unseen'))
  .map((element) => element.outerHTML.slice(0, 100))`;

for (const theme of process.env['GALLERY'] === 'all' ? themeNames : (['dark'] as const)) {
  for (const width of [280, 420, 900]) {
    test(`Every state fits a panel of ${String(width)} pixels (${theme})`, async () => {
      const chat = await openChatPage({ theme, width, height: 900 });
      try {
        for (const [name, state] of Object.entries(samples)) {
          await chat.open(state);
          if (name === 'code') await chat.until(`document.querySelectorAll('[class^=syntax]').length > 20`);
          if (name === 'thinking') await chat.page.getByRole('button', { name: 'Reasoning' }).click();
          await chat.page.screenshot({ path: join(folder, `${name}-${theme}-${String(width)}.png`) });
          assert.deepEqual(await chat.page.evaluate(tooWide), [], name);
        }
        assert.deepEqual(chat.complaints, []);
      } finally {
        await chat.close();
      }
    });
  }
}
