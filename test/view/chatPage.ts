// The built chat panel in a real browser, with the host's side played by the test and every request on loopback noted.
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import type { Change, Fact, Intent, ViewState } from '../../src/core/protocol/protocol.ts';
import { findBrowser } from '../support/editor/findBrowser.ts';
import { viewState } from './sampleState.ts';
import { serveView } from './viewServer.ts';
import type { ThemeName } from './viewServer.ts';

export interface ChatPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** Sent when the view is ready; undefined leaves it to the test. */
  readonly state?: ViewState;
  readonly reducedMotion?: boolean;
  /** Frames as fast as they can be made, so that each state in between is drawn. */
  readonly eagerFrames?: boolean;
}

export interface ChatPage {
  readonly page: Page;
  /** Where the page and the traps for requests are served. */
  readonly origin: string;
  /** Paths that were asked for beyond the page's own files. */
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
  readonly posted: () => Promise<Intent[]>;
  readonly postedOf: <Type extends Intent['type']>(type: Type) => Promise<Extract<Intent, { type: Type }>[]>;
  readonly send: (fact: Fact) => Promise<void>;
  readonly open: (state?: ViewState) => Promise<void>;
  /** The next facts in sequence. */
  readonly change: (...changes: Change[]) => Promise<void>;
  /** Lets an answer grow piece by piece, each one drawn before the next is sent. */
  readonly stream: (turnId: string, pieces: readonly string[]) => Promise<void>;
  /** Resolves when this expression is true in the page. */
  readonly until: (expression: string) => Promise<void>;
  /** Resolves when everything sent so far is drawn. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the page's own world has, as far as tests reach into it. */
interface PageSide {
  readonly posted: Intent[];
  readonly postMessage: (data: unknown) => void;
}

let running: Promise<Browser> | undefined;

async function launch(): Promise<Browser> {
  const found = await findBrowser();
  return chromium.launch({
    executablePath: found.executable,
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...(process.env as Record<string, string>), ...found.env },
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}

/** To be called after the last test of a file. */
export async function closeBrowser(): Promise<void> {
  const browser = await running;
  running = undefined;
  await browser?.close();
}

export async function openChatPage(options: ChatPageOptions = {}): Promise<ChatPage> {
  const theme = options.theme ?? 'dark';
  const server = await serveView(theme);
  running ??= launch();
  const context = await (
    await running
  ).newContext({
    viewport: { width: options.width ?? 420, height: options.height ?? 800 },
    reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.addInitScript(hostSide);
  if (options.eagerFrames) await page.addInitScript(eagerFrames);
  await page.goto(`${server.origin}/`, { waitUntil: 'load' });

  let sequence = 0;
  const posted = (): Promise<Intent[]> => page.evaluate(() => (globalThis as unknown as PageSide).posted);
  const postedOf: ChatPage['postedOf'] = async (type) =>
    (await posted()).filter(
      (intent): intent is Extract<Intent, { type: typeof type }> => intent.type === type,
    );
  const send = async (fact: Fact): Promise<void> => {
    await page.evaluate((data) => (globalThis as unknown as PageSide).postMessage(data), fact);
  };
  const settled = async (): Promise<void> => {
    await page.waitForFunction(
      (wanted) =>
        (globalThis as unknown as PageSide).posted.some(
          (intent) => intent.type === 'view/caughtUp' && intent.sequence === wanted,
        ),
      sequence,
      { polling: 20 },
    );
  };
  const open = async (state: ViewState = viewState()): Promise<void> => {
    await send({ type: 'view/opened', sequence: ++sequence, state });
    await settled();
  };
  const change = async (...changes: Change[]): Promise<void> => {
    await send({ type: 'view/changed', sequence: ++sequence, changes });
    await settled();
  };
  const stream = async (turnId: string, pieces: readonly string[]): Promise<void> => {
    await page.evaluate(streamPieces, { turnId, pieces, sequence });
    sequence += pieces.length;
    await settled();
  };
  // The page's policy forbids what `waitForFunction` does with a string.
  const until = async (expression: string): Promise<void> => {
    const deadline = Date.now() + 30_000;
    while (!(await page.evaluate<boolean>(`Boolean(${expression})`))) {
      if (Date.now() > deadline) throw new Error(`Never came true: ${expression}`);
      await delay(20);
    }
  };
  if (options.state) await open(options.state);
  return {
    page,
    origin: server.origin,
    requests: server.requests,
    complaints,
    posted,
    postedOf,
    send,
    open,
    change,
    stream,
    until,
    settled,
    async close() {
      await context.close();
      await server.close();
    },
  };
}

/** What VS Code puts into a webview: an API that is handed out once and a state that outlives the page. */
const hostSide = `{
  const posted = [];
  globalThis.posted = posted;
  let isTaken = false;
  globalThis.acquireVsCodeApi = () => {
    if (isTaken) throw new Error('An instance of the VS Code API has already been acquired');
    isTaken = true;
    return {
      postMessage: (message) => posted.push(structuredClone(message)),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
    };
  };
}`;

/** Runs in the page. */
async function streamPieces(stream: {
  readonly turnId: string;
  readonly pieces: readonly string[];
  readonly sequence: number;
}): Promise<void> {
  const { posted, postMessage } = globalThis as unknown as PageSide;
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  let { sequence } = stream;
  for (const text of stream.pieces) {
    sequence++;
    postMessage({
      type: 'view/changed',
      sequence,
      changes: [{ type: 'answer/grew', turnId: stream.turnId, text }],
    });
    const isDrawn = (): boolean => {
      const last = posted.at(-1);
      return last?.type === 'view/caughtUp' && last.sequence === sequence;
    };
    while (!isDrawn()) await turn();
  }
}

const eagerFrames = `{
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.shift()?.(performance.now());
  const soon = (callback) => {
    waiting.push(callback);
    channel.port2.postMessage(0);
    return 0;
  };
  globalThis.requestAnimationFrame = soon;
  const later = globalThis.setTimeout;
  globalThis.setTimeout = (callback, delay, ...rest) => (delay ? later(callback, delay, ...rest) : soon(callback));
}`;
