// Runs test files inside the extension host of a real VS Code, with the built extension, and brings their results out.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';

import type { EditorVersion } from './editorVersions.ts';
import { parseHostEvents } from './hostEvents.ts';
import type { HostEvent } from './hostEvents.ts';
import type { OnInstallProgress } from './installEditor.ts';
import { openPage } from './openPage.ts';
import type { OpenPage } from './openPage.ts';
import { outputs, removeFolder, repository, temporaryFolder } from './places.ts';
import { startEditor } from './startEditor.ts';
import type { RunningEditor } from './startEditor.ts';

export interface HostSuiteOptions {
  /** For messages and file names, for example `host-floor-hostileWorkspace`. */
  readonly name: string;
  readonly version: EditorVersion;
  /** false: Restricted Mode. */
  readonly trust: boolean;
  /** Absolute paths of the test files, which use mocha's `suite` and `test`. */
  readonly files: readonly string[];
  readonly workspace?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onEvent?: (event: HostEvent) => void;
  readonly onProgress?: OnInstallProgress;
}

export interface HostSuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
}

/** A window takes some 12 s to come up on two cores; a loaded machine several times that. */
const startTimeout = 120_000;
/** Without any test ending for this long, the suite hangs. */
const silenceTimeout = 120_000;

export async function runHostSuite(options: HostSuiteOptions): Promise<HostSuiteResult> {
  const folder = temporaryFolder('suite');
  const eventsFile = join(folder, 'events.jsonl');
  // Inside the repository, where it finds mocha and VS Code gives it the extension's own API.
  const bundle = join(outputs, 'host', `${options.name}-${process.pid}.cjs`);
  const open: (() => Promise<void>)[] = [
    async () => removeFolder(folder),
    async () => rm(bundle, { force: true }),
  ];
  try {
    await bundleSuite(options.files, bundle);
    const editor = await startEditor({
      version: options.version,
      mode: 'tests',
      trust: options.trust,
      ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
      settings: { 'security.workspace.trust.startupPrompt': 'never', ...options.settings },
      env: { ...options.env, CODING_LANE_TEST_EVENTS: eventsFile },
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    });
    open.push(editor.close);
    const page = await openPage({ url: suiteUrl(editor, bundle), onProgress: options.onProgress });
    open.push(page.close);
    const events = await followEvents(eventsFile, editor, options.onEvent ?? (() => undefined));
    if (events.at(-1)?.type !== 'ended') await explain(options, events, editor, page);
    return count(events);
  } finally {
    for (const close of open.reverse()) await close();
  }
}

/** One CommonJS file with all tests; each is loaded only when mocha is ready for it, as mocha's globals demand. */
async function bundleSuite(files: readonly string[], bundle: string): Promise<void> {
  await mkdir(join(bundle, '..'), { recursive: true });
  const rows = files.map(
    (file) =>
      `{ name: ${JSON.stringify(relative(repository, file))}, load: () => import(${JSON.stringify(file)}) },`,
  );
  await build({
    stdin: {
      contents: [
        `import { runMochaInHost } from ${JSON.stringify(join(import.meta.dirname, 'hostMocha.ts'))};`,
        `export const run = () => runMochaInHost([`,
        ...rows,
        `]);`,
      ].join('\n'),
      resolveDir: repository,
      loader: 'ts',
    },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    sourcemap: 'inline',
    // Files that find their neighbours by `import.meta` keep doing so inside the bundle only if they are not needed.
    external: ['vscode', 'mocha', 'undici'],
    logLevel: 'silent',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  });
}

/** `--enable-smoke-test-driver` makes the workbench take both paths from its address. */
function suiteUrl(editor: RunningEditor, bundle: string): string {
  const remote = (path: string): string => {
    const slashed = path.replaceAll('\\', '/').replace(/^(?=[A-Za-z]:)/, '/');
    return `vscode-remote://${new URL(editor.origin).host}${slashed}`;
  };
  const payload = [
    ['extensionDevelopmentPath', remote(repository)],
    ['extensionTestsPath', remote(bundle)],
  ];
  return `${editor.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** Hands on each event once, until the suite ends, breaks, falls silent or its editor dies. */
async function followEvents(
  file: string,
  editor: RunningEditor,
  onEvent: (event: HostEvent) => void,
): Promise<readonly HostEvent[]> {
  let known = 0;
  let lastNews = Date.now();
  for (;;) {
    const wasDead = editor.hasExited();
    const events = parseHostEvents(await readFile(file, 'utf8').catch(() => ''));
    for (const event of events.slice(known)) onEvent(event);
    if (events.length > known) lastNews = Date.now();
    known = events.length;
    const last = events.at(-1);
    if (last?.type === 'ended' || last?.type === 'broken' || wasDead) return events;
    if (Date.now() - lastNews > (known === 0 ? startTimeout : silenceTimeout)) return events;
    await delay(100);
  }
}

/** Throws what is known about a suite that did not come to its end. */
async function explain(
  options: HostSuiteOptions,
  events: readonly HostEvent[],
  editor: RunningEditor,
  page: OpenPage,
): Promise<never> {
  const last = events.at(-1);
  if (last?.type === 'broken') throw new Error(`${options.name} could not be run:\n${last.error}`);
  const picture = join(outputs, 'screenshots', `${options.name}-stuck.png`);
  await mkdir(join(picture, '..'), { recursive: true });
  const shown = await page.page.screenshot({ path: picture }).then(
    () => `what it showed is in ${relative(repository, picture)}`,
    (error: unknown) => `and gave no picture (${String(error)})`,
  );
  const state = editor.hasExited()
    ? 'its editor ended'
    : last === undefined
      ? `the extension host did not start it within ${startTimeout / 1000} s`
      : `no test ended for ${silenceTimeout / 1000} s after ${JSON.stringify(last)}`;
  throw new Error(
    `${options.name} did not come to its end: ${state}; ${shown}.\n` +
      `The page said:\n${page.complaints.slice(-10).join('\n')}\nThe server said:\n${editor.tail()}`,
  );
}

function count(events: readonly HostEvent[]): HostSuiteResult {
  const number = (type: HostEvent['type']): number => events.filter((event) => event.type === type).length;
  return { passed: number('pass'), failed: number('fail'), pending: number('pending') };
}
