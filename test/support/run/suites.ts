// The table of suites, in the order in which `npm test` runs them.
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { closeOnSignal, startOwnedProcess } from '../editor/ownedProcesses.ts';
import { removeFolder, repository, temporaryFolder } from '../editor/places.ts';
import type { NodeSuiteOptions, NodeSuiteResult } from './nodeSuite.ts';
import { runHostWindows } from './runHostWindows.ts';
import type { SuiteResult } from './suiteResult.ts';

/** What a suite must find ready; `vsix` includes `build`. */
export type Need = 'build' | 'vsix' | 'editors' | 'browser';

export interface Suite {
  readonly name: string;
  readonly needs: readonly Need[];
  readonly run: (pattern: string | undefined) => Promise<SuiteResult>;
}

const minutes = 60_000;

export const suites: readonly Suite[] = [
  nodeSuite('core', 'test/core/**/*.test.ts', { isTogether: true, timeout: 2 * minutes }),
  nodeSuite('disk', 'test/disk/**/*.test.ts', { timeout: 2 * minutes }),
  nodeSuite('net', 'test/net/**/*.test.ts', { timeout: 5 * minutes }),
  nodeSuite('support', 'test/support/**/*.test.ts', { timeout: 5 * minutes }),
  nodeSuite('vsix', 'test/vsix/**/*.test.ts', { timeout: 5 * minutes, needs: ['vsix'] }),
  nodeSuite('view', 'test/view/**/*.test.ts', {
    timeout: 10 * minutes,
    concurrency: 1,
    needs: ['build', 'browser'],
  }),
  { name: 'host', needs: ['build', 'editors', 'browser'], run: runHostWindows },
  // One window at a time: two workbenches on two cores make each other miss their timeouts.
  nodeSuite('e2e', 'test/e2e/**/*.test.ts', {
    timeout: 10 * minutes,
    concurrency: 1,
    needs: ['vsix', 'editors', 'browser'],
  }),
];

interface NodeSuiteSettings {
  readonly isTogether?: boolean;
  readonly concurrency?: number;
  /** Milliseconds that one file may take. */
  readonly timeout: number;
  readonly needs?: readonly Need[];
}

function nodeSuite(name: string, pattern: string, options: NodeSuiteSettings): Suite {
  return {
    name,
    needs: options.needs ?? [],
    run: async (only) => {
      const files = globSync(pattern, { cwd: repository }).sort();
      if (files.length === 0) throw new Error(`There is no ${pattern}.`);
      const { emptyFiles, ...result } = await runNodeSuite({
        files: files.map((file) => join(repository, file)),
        isTogether: options.isTogether ?? false,
        concurrency: options.concurrency ?? 2,
        timeout: options.timeout,
        ...(only === undefined ? {} : { pattern: only }),
      });
      for (const file of emptyFiles) console.log(`✖ ${relative(repository, file)} holds no test.`);
      return { ...result, failed: result.failed + emptyFiles.length };
    },
  };
}

async function runNodeSuite(options: Omit<NodeSuiteOptions, 'resultFile'>): Promise<NodeSuiteResult> {
  const folder = temporaryFolder('result');
  const resultFile = join(folder, 'result.json');
  const child = startOwnedProcess({
    command: process.execPath,
    arguments: [join(import.meta.dirname, 'nodeSuite.ts'), JSON.stringify({ ...options, resultFile })],
    cwd: repository,
    onLine: (line) => console.log(line),
  });
  const stopWatching = closeOnSignal(child.close);
  try {
    const code = await child.exited;
    const text = await readFile(resultFile, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error(`The suite ended before its tests did (code ${code}).`);
    return JSON.parse(text) as NodeSuiteResult;
  } finally {
    stopWatching();
    await removeFolder(folder);
  }
}
