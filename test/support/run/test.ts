// `npm test`: builds and packages once, runs every suite in order, and ends with `N passed, N failed`.
import { globSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import { findBrowser } from '../editor/findBrowser.ts';
import { installEditor } from '../editor/installEditor.ts';
import { closeOnSignal, startOwnedProcess } from '../editor/ownedProcesses.ts';
import { outputs, packagedVsix, repository } from '../editor/places.ts';
import type { NodeSuiteOptions, NodeSuiteResult } from './nodeSuite.ts';
import { buildExtension, packageVsix } from './packageVsix.ts';
import { runHostWindows } from './runHostWindows.ts';
import { sum } from './suiteResult.ts';
import type { SuiteResult } from './suiteResult.ts';
import { duration, progressPrinter } from './terminal.ts';

interface Suite {
  readonly name: string;
  /** What the suite must find: `vsix` includes the build. */
  readonly needs: 'nothing' | 'build' | 'vsix';
  readonly needsEditor: boolean;
  readonly run: (pattern: string | undefined) => Promise<SuiteResult>;
}

const minutes = 60_000;

const suites: readonly Suite[] = [
  nodeSuite('core', 'test/core/**/*.test.ts', { isTogether: true, timeout: 2 * minutes }),
  nodeSuite('disk', 'test/disk/**/*.test.ts', { timeout: 2 * minutes }),
  nodeSuite('net', 'test/net/**/*.test.ts', { timeout: 5 * minutes }),
  nodeSuite('support', 'test/support/**/*.test.ts', { timeout: 5 * minutes }),
  { ...nodeSuite('vsix', 'test/vsix/**/*.test.ts', { timeout: 5 * minutes }), needs: 'vsix' },
  { name: 'host', needs: 'build', needsEditor: true, run: runHostWindows },
  {
    // One window at a time: two workbenches on two cores make each other miss their timeouts.
    ...nodeSuite('e2e', 'test/e2e/**/*.test.ts', { timeout: 10 * minutes, concurrency: 1 }),
    needs: 'vsix',
    needsEditor: true,
  },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, help: { type: 'boolean', default: false } },
});

if (values.help) {
  console.log(
    `npm test [-- suite … --only <text>]\n  suites: ${suites.map(({ name }) => name).join(', ')}\n` +
      `  --only  tests (in host: windows) whose name holds the text`,
  );
} else {
  const failed = await runSuites(chosenSuites(positionals), values.only);
  process.exitCode = failed > 0 ? 1 : 0;
}

function chosenSuites(names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Error(`No suite is called ${unknown.join(', ')}: ${suites.map(({ name }) => name).join(', ')}.`);
  }
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}

/** Returns how many tests failed. */
async function runSuites(chosen: readonly Suite[], only: string | undefined): Promise<number> {
  // No test ever speaks to the real ModelArk, whatever key the person who runs it has around.
  delete process.env['BYTEPLUS_API_KEY'];
  delete process.env['ARK_API_KEY'];
  await rm(join(outputs, 'results'), { recursive: true, force: true });
  await mkdir(join(outputs, 'results'), { recursive: true });
  const results: { name: string; result: SuiteResult; milliseconds: number }[] = [];
  const preparations = new Preparations();
  for (const suite of chosen) {
    console.log(`\n━━ ${suite.name}`);
    const started = Date.now();
    let result: SuiteResult;
    try {
      await preparations.make(suite);
      result = await suite.run(only);
      if (result.passed + result.failed === 0) throw new Error(`No test of the suite ${suite.name} ran.`);
    } catch (error) {
      console.log(`✖ ${error instanceof Error ? error.message : String(error)}`);
      result = { passed: 0, failed: 1, skipped: 0 };
    }
    results.push({ name: suite.name, result, milliseconds: Date.now() - started });
  }
  console.log('');
  for (const { name, result, milliseconds } of results) {
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
    console.log(
      `${result.failed > 0 ? '✖' : '✔'} ${name.padEnd(8)} ${result.passed} passed, ${result.failed} failed${skipped} (${duration(milliseconds)})`,
    );
  }
  const total = sum(results.map(({ result }) => result));
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed;
}

/** What suites need, made once and only when the first of them comes; a failure is everyone's who needs it. */
class Preparations {
  readonly #made = new Map<string, Promise<unknown>>();

  async make({ needs, needsEditor }: Suite): Promise<void> {
    if (needs !== 'nothing') await this.#once('build', buildExtension);
    if (needs === 'vsix') {
      process.env['CODING_LANE_TEST_VSIX'] = packagedVsix();
      await this.#once('vsix', packageVsix);
    }
    if (!needsEditor) return;
    const progress = progressPrinter();
    await this.#once('newest', async () => installEditor('newest', progress.onProgress));
    await this.#once('floor', async () => installEditor('floor', progress.onProgress));
    const browser = await this.#once('browser', async () => findBrowser(progress.onProgress));
    progress.end();
    console.log(`browser: ${browser.executable} (${browser.source})`);
  }

  async #once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(name) as Promise<T> | undefined;
    if (known) return known;
    const making = make();
    this.#made.set(name, making);
    return making;
  }
}

function nodeSuite(
  name: string,
  pattern: string,
  options: { readonly isTogether?: boolean; readonly concurrency?: number; readonly timeout: number },
): Suite {
  return {
    name,
    needs: 'nothing',
    needsEditor: false,
    run: async (only) => {
      const files = globSync(pattern, { cwd: repository }).sort();
      if (files.length === 0) throw new Error(`There is no ${pattern}.`);
      const { emptyFiles, ...result } = await runNodeSuite({
        files: files.map((file) => join(repository, file)),
        isTogether: options.isTogether ?? false,
        concurrency: options.concurrency ?? 2,
        timeout: options.timeout,
        ...(only === undefined ? {} : { pattern: only }),
        resultFile: join(outputs, 'results', `${name}.json`),
      });
      for (const file of emptyFiles) console.log(`✖ ${relative(repository, file)} holds no test.`);
      return { ...result, failed: result.failed + emptyFiles.length };
    },
  };
}

async function runNodeSuite(options: NodeSuiteOptions): Promise<NodeSuiteResult> {
  const child = startOwnedProcess({
    command: process.execPath,
    arguments: [join(import.meta.dirname, 'nodeSuite.ts'), JSON.stringify(options)],
    cwd: repository,
    onLine: (line) => console.log(line),
  });
  const stopWatching = closeOnSignal(child.close);
  try {
    const code = await child.exited;
    const text = await readFile(options.resultFile, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error(`The suite ended before its tests did (code ${code}).`);
    return JSON.parse(text) as NodeSuiteResult;
  } finally {
    stopWatching();
  }
}
