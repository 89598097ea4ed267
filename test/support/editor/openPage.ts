// Opens an editor's address in a headless browser with an empty profile, and notes what the page complains about.
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';

import { findBrowser } from './findBrowser.ts';
import type { OnInstallProgress } from './installEditor.ts';
import { closeOnSignal } from './ownedProcesses.ts';
import { removeFolder, temporaryFolder } from './places.ts';

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that the page threw or printed, oldest first. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export interface OpenPageOptions {
  readonly url: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly onProgress?: OnInstallProgress | undefined;
}

/** What this editor always says: native modules are left unbuilt, nobody is signed in, and some pictures are missing. */
const expectedComplaints =
  /bindings file|Release\/watchdog|authentication provider 'github'|Failed to load resource|\[lifecycle\]|vscode-log:|Throttler is disposed|sqlite|node-pty|pty\.node/;

export async function openPage(options: OpenPageOptions): Promise<OpenPage> {
  const browser = await findBrowser(options.onProgress);
  const profile = temporaryFolder('browser');
  const isRoot = process.getuid?.() === 0;
  // A persistent context, because the editor keeps its secrets and layout in the profile: a reload must find them.
  const launching = chromium.launchPersistentContext(profile, {
    executablePath: browser.executable,
    headless: true,
    chromiumSandbox: !isRoot,
    viewport: options.size ?? { width: 1280, height: 800 },
    env: { ...definedEnvironment(), ...browser.env },
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Containers give /dev/shm too little for a workbench.
      '--disable-dev-shm-usage',
    ],
    // Ctrl+C closes the browser through `closeOnSignal`, in order with the editor.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    stopWatching();
    // A signal may come while the browser is still starting; one that did not start has nothing to close.
    const opened = await launching.catch(() => undefined);
    await opened?.close();
    await removeFolder(profile);
  };
  const stopWatching = closeOnSignal(close);
  try {
    const context = await launching;
    const complaints: string[] = [];
    const complain = (text: string): void => {
      if (!expectedComplaints.test(text)) complaints.push(text.split('\n')[0]?.slice(0, 400) ?? '');
    };
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('pageerror', (error) => complain(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complain(message.text());
    });
    await page.goto(options.url, { waitUntil: 'domcontentloaded', timeout: 60_000 });
    return { page, context, complaints, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
