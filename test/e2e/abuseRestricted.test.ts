// A hostile folder in Restricted Mode (A01–A03): typed text and explicit attachments are answered, the folder says nothing.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { folderCanary, writeHostileFolder } from '../support/abuse/hostileWorkspace.ts';
import { simulatedKey } from '../support/ark/keys.ts';
import { startStranger } from '../support/editor/startStranger.ts';
import { openWorkbench } from '../support/editor/workbench.ts';
import type { Workbench } from '../support/editor/workbench.ts';

async function inHostileFolder(
  version: 'newest' | 'floor',
  walk: (workbench: Workbench, seen: readonly unknown[]) => Promise<void>,
): Promise<void> {
  const stranger = await startStranger();
  try {
    const workbench = await openWorkbench({
      version,
      hasKey: true,
      trust: 'asked',
      // Left alone, the newest editor is restricted without a question.
      settings: { 'security.workspace.trust.startupPrompt': 'always' },
      prepare: async (folder) => {
        await writeHostileFolder(folder, stranger.origin);
        return undefined;
      },
    });
    try {
      workbench.page.setDefaultTimeout(20_000);
      await walk(workbench, stranger.seen);
    } catch (error) {
      await workbench.screenshot(`abuse-restricted-${version}-failed`);
      throw error;
    } finally {
      await workbench.close();
    }
  } finally {
    await stranger.close();
  }
}

suite('a hostile folder that nobody trusts', () => {
  for (const version of ['newest', 'floor'] as const) {
    test(`A01 A02 A03 is not heard, while its reader is answered (${version})`, async () => {
      await inHostileFolder(version, async (workbench, seen) => {
        const { ark, chat } = workbench;
        assert.deepEqual(seen, [], 'nothing is asked before the question about trust is answered');
        await workbench.answerTrust(false);
        await workbench.page.getByText('Restricted Mode').first().waitFor();
        if (version === 'floor') {
          // Later editors take such settings away before an extension could see them.
          await workbench.page
            .getByText(/This folder tries to change .*baseUrl/)
            .first()
            .waitFor();
        }
        await workbench.command('Coding Lane: Open Chat');
        const message = chat.getByRole('textbox', { name: 'Message' });
        await message.fill('What is a lane?');
        await message.press('Enter');
        const typed = await ark.ledger.waitFor(
          (ledger) => ledger.coding.find((entry) => entry.outcome === 'answered' && entry.body),
          { timeoutMs: 30_000 },
        );
        assert.ok(typed.keyIs(simulatedKey));
        assert.match(typed.bodyText, /What is a lane\?/);
        await chat
          .getByRole('article', { name: /^Assistant/ })
          .first()
          .waitFor();
        await chat.getByRole('button', { name: 'Stop' }).waitFor({ state: 'hidden' });

        await workbench.openFile('src/cart.ts');
        await workbench.selectLines(10, 17);
        await workbench.command('Coding Lane: Add Selection to Chat');
        await chat.getByText('cart.ts').first().waitFor();
        await message.fill('And this?');
        await message.press('Enter');
        const attached = await ark.ledger.waitFor(
          (ledger) => ledger.coding.find((entry) => entry.bodyText.includes('And this?')),
          { timeoutMs: 30_000 },
        );
        assert.match(attached.bodyText, /sum \+= line\.price/);

        for (const { bodyText, model } of ark.ledger.coding) {
          assert.ok(!bodyText.includes(folderCanary), 'a file that nobody attached was sent');
          assert.notEqual(model, 'evil-model');
        }
        assert.deepEqual([seen, ark.ledger.general, ark.ledger.other], [[], [], []]);
      });
    });
  }
});
