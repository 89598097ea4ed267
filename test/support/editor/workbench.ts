// The editor as a person has it, in a real browser: the hands and eyes of the end-to-end tests.
//
//   const workbench = await openWorkbench({ hasKey: true });        // packaged VSIX, simulated ModelArk, sample folder
//   await workbench.command('Coding Lane: Open Chat');
//   await workbench.chat.getByRole('textbox', { name: 'Message' }).fill('hello');
//   await workbench.ark.ledger.waitFor((ledger) => ledger.coding.length > 0);
//   await workbench.screenshot('first-answer');                     // out/screenshots/first-answer.png
//   await workbench.close();
import { cp, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';

import { simulatedKey } from '../ark/keys.ts';
import { startArk } from '../ark/startArk.ts';
import type { Ark, ArkOptions } from '../ark/startArk.ts';
import type { EditorVersion } from './editorVersions.ts';
import { openPage } from './openPage.ts';
import { outputs, packagedVsix, removeFolder, repository, temporaryFolder } from './places.ts';
import { startEditor } from './startEditor.ts';
import type { RunningEditor } from './startEditor.ts';

export interface WorkbenchOptions {
  readonly version?: EditorVersion;
  /** A folder of `test/fixtures`, copied before it is opened; default `sample`; null opens an empty window. */
  readonly workspace?: string | null;
  /** Writes into the copied folder before it is opened; a returned path (a `.code-workspace`) is opened instead. */
  readonly prepare?: (folder: string) => Promise<string | undefined>;
  /** The user's settings, over those that point both built-in lanes at the simulated ModelArk. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** true: the simulated key is in the editor's `BYTEPLUS_API_KEY`. Default: no key anywhere. */
  readonly hasKey?: boolean;
  /** `given` (default): no question. `asked`: VS Code's question is left open, see `answerTrust`. */
  readonly trust?: 'given' | 'asked';
  /** For the simulated ModelArk that is started with the workbench. */
  readonly ark?: ArkOptions;
  /** A VS Code theme, for example `Default High Contrast`; default Dark Modern. */
  readonly theme?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** Default: the one that `npm run package` wrote. */
  readonly vsix?: string;
}

export interface Workbench {
  readonly page: Page;
  readonly ark: Ark;
  readonly editor: RunningEditor;
  /** The copied workspace folder; undefined in an empty window. */
  readonly folder: string | undefined;
  /** The chat in the secondary side bar; every use of it waits until it is there. */
  readonly chat: FrameLocator;
  /** The chat in an editor tab. */
  readonly chatEditor: FrameLocator;
  /** The extension's status bar item. */
  readonly statusBar: Locator;
  /** Notification toasts, newest first. */
  readonly notifications: Locator;
  /** The open Quick Pick or input box. */
  readonly quickInput: Locator;
  /** Rows of the open Quick Pick. */
  readonly quickPickItems: Locator;
  /** A modal dialog of VS Code. */
  readonly dialog: Locator;
  /** Runs a command by its full title as the palette shows it, for example `Coding Lane: Open Chat`. */
  readonly command: (title: string) => Promise<void>;
  /** Opens a file of the workspace and waits until its tab is the active one. */
  readonly openFile: (path: string) => Promise<void>;
  /** Selects whole lines (both counted from 1) of the file in the active editor. */
  readonly selectLines: (first: number, last: number) => Promise<void>;
  /** Types into the open input box or Quick Pick and accepts it; in a Quick Pick the row must show the text. */
  readonly answerQuickInput: (text: string) => Promise<void>;
  /** Answers the question whether the authors of the folder are trusted. */
  readonly answerTrust: (trust: boolean) => Promise<void>;
  /** Reloads the window and waits until the extension is back. */
  readonly reload: () => Promise<void>;
  /** Writes `out/screenshots/<name>.png` and returns its path. */
  readonly screenshot: (name: string) => Promise<string>;
  /** Errors that the page threw or printed. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

const extensionId = 'codinglane.coding-lane';

/** A window takes some 12 s to come up on two cores; a loaded machine several times that. */
const readyTimeout = 120_000;

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const vsix = options.vsix ?? process.env['CODING_LANE_TEST_VSIX'] ?? packagedVsix();
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run \`npm run package\` first.`);
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const ark = await startArk(options.ark ?? {});
    undo.push(async () => ark.close());
    const temporary = temporaryFolder('workspace');
    undo.push(async () => removeFolder(temporary));
    const folder = options.workspace === null ? undefined : await copyFixture(temporary, options.workspace);
    const prepared = folder && options.prepare ? await options.prepare(folder) : undefined;
    const workspace = prepared ?? folder;
    const editor = await startEditor({
      version: options.version ?? 'newest',
      mode: 'user',
      trust: options.trust !== 'asked',
      vsix,
      ...(workspace === undefined ? {} : { workspace }),
      settings: {
        'codingLane.coding.baseUrl': ark.codingBaseUrl,
        'codingLane.general.baseUrl': ark.generalBaseUrl,
        'workbench.colorTheme': options.theme ?? 'Default Dark Modern',
        ...options.settings,
      },
      env: { ...(options.hasKey ? { BYTEPLUS_API_KEY: simulatedKey } : {}), ...options.env },
    });
    undo.push(editor.close);
    const opened = await openPage({ url: editor.url, ...(options.size ? { size: options.size } : {}) });
    undo.push(opened.close);
    await opened.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: editor.origin });
    const workbench: Workbench = {
      ...hands(opened.page),
      ark,
      editor,
      folder,
      complaints: opened.complaints,
      close,
    };
    await (options.trust === 'asked'
      ? workbench.dialog.waitFor({ timeout: readyTimeout })
      : untilReady(opened.page));
    return workbench;
  } catch (error) {
    await close();
    throw error;
  }
}

type Hands = Omit<Workbench, 'ark' | 'editor' | 'folder' | 'complaints' | 'close'>;

function hands(page: Page): Hands {
  const quickInput = page.locator('.quick-input-widget:not([style*="display: none"])');
  const dialog = page.locator('.monaco-dialog-box');
  const quickPickItems = quickInput.locator('.quick-input-list .monaco-list-row');
  const command = async (title: string): Promise<void> => {
    await openQuickInput(page, quickInput);
    await quickInput.locator('input').first().fill(`>${title}`);
    await quickPickItems.filter({ hasText: title }).first().click();
    await untilPaletteIsGone(quickInput);
  };
  return {
    page,
    chat: webview(page, 'webviewView'),
    chatEditor: webview(page, 'webview'),
    statusBar: page.locator(`.statusbar-item[id^="${extensionId}"]`).first(),
    notifications: page.locator('.notifications-toasts .notification-list-item'),
    quickInput,
    quickPickItems,
    dialog,
    command,
    openFile: async (path) => {
      await openQuickInput(page, quickInput);
      await quickInput.locator('input').first().fill(path);
      const name = path.split('/').at(-1) ?? path;
      await quickPickItems.filter({ hasText: name }).first().click();
      await page.locator('.tab.active', { hasText: name }).waitFor();
    },
    selectLines: async (first, last) => {
      await openQuickInput(page, quickInput);
      await quickInput.locator('input').first().fill(`:${first}`);
      // The row answers a click as soon as it is there; Enter is lost while the box still makes up its rows.
      await quickPickItems
        .filter({ hasText: `line ${first}` })
        .first()
        .click();
      await quickInput.waitFor({ state: 'hidden' });
      await page.keyboard.press('Home');
      await page.keyboard.down('Shift');
      for (let line = first; line < last; line += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await page.keyboard.up('Shift');
    },
    answerQuickInput: async (text) => {
      const input = quickInput.locator('input').first();
      await input.waitFor();
      await input.fill(text);
      // A Quick Pick may still be filling its rows; Enter takes the focused one, whatever that is.
      const isPick = await quickInput.locator('.quick-input-list').isVisible();
      if (isPick) await quickInput.locator('.monaco-list-row.focused', { hasText: text }).waitFor();
      await input.press('Enter');
    },
    answerTrust: async (trust) => {
      await dialog.getByRole('button', { name: trust ? /^Yes, I trust/ : /^No, I don/ }).click();
      await dialog.waitFor({ state: 'hidden' });
      await untilReady(page);
    },
    reload: async () => {
      // The command, not the browser's reload: VS Code then writes its state down before it goes.
      const reloaded = page.waitForEvent('domcontentloaded', { timeout: readyTimeout });
      await command('Developer: Reload Window');
      await reloaded;
      await untilReady(page);
    },
    screenshot: async (name) => {
      const path = join(outputs, 'screenshots', `${name}.png`);
      await mkdir(join(path, '..'), { recursive: true });
      await page.screenshot({ path });
      return path;
    },
  };
}

/**
 * The one box for commands (`>`), lines (`:`) and files (no sign). VS Code may swallow the first key while it still
 * moves the focus, so the key is pressed until the box is there.
 */
async function openQuickInput(page: Page, quickInput: Locator): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await page.keyboard.press('F1');
    try {
      await quickInput.waitFor({ timeout: 1_500 });
      return;
    } catch (error) {
      if (attempt === 10) throw new Error('F1 opened no input box.', { cause: error });
    }
  }
}

/** The command may open the same box anew, so the palette has gone when the box is hidden or holds something else. */
async function untilPaletteIsGone(quickInput: Locator): Promise<void> {
  const input = quickInput.locator('input').first();
  for (;;) {
    const value = (await input.isVisible()) ? await input.inputValue({ timeout: 1_000 }).catch(() => '') : '';
    if (!value.startsWith('>')) return;
    await delay(20);
  }
}

/** Webviews lie in a layer above the workbench, two frames deep, and tell in their address whose they are. */
function webview(page: Page, purpose: 'webviewView' | 'webview'): FrameLocator {
  const outer = `iframe.webview[src*="extensionId=${extensionId}"][src*="purpose=${purpose}"]`;
  return page.frameLocator(outer).frameLocator('#active-frame');
}

async function untilReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.editor').waitFor({ timeout: readyTimeout });
  await page.locator(`.statusbar-item[id^="${extensionId}"]`).first().waitFor({ timeout: readyTimeout });
}

async function copyFixture(temporary: string, name = 'sample'): Promise<string> {
  const folder = join(temporary, name);
  await cp(join(repository, 'test', 'fixtures', name), folder, { recursive: true });
  return folder;
}
