// The process in which one suite of node:test files runs: prints as it goes and leaves the counts in a file.
import { writeFileSync } from 'node:fs';
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import type { EventData } from 'node:test';

import type { SuiteResult } from './suiteResult.ts';

/** Given as JSON in the only argument. */
export interface NodeSuiteOptions {
  readonly files: readonly string[];
  /** true: all files in this process, for suites without side effects. */
  readonly isTogether: boolean;
  readonly concurrency: number;
  /** Milliseconds that one file may take. */
  readonly timeout: number;
  /** Passed on as node:test's name patterns. */
  readonly pattern?: string;
  readonly resultFile: string;
}

export interface NodeSuiteResult extends SuiteResult {
  /** Files in which no test ran. */
  readonly emptyFiles: readonly string[];
}

const options = JSON.parse(process.argv[2] ?? '{}') as NodeSuiteOptions;
const counts = { passed: 0, failed: 0, skipped: 0 };
const emptyFiles: string[] = [];

function count(data: EventData.TestPass | EventData.TestFail, outcome: 'passed' | 'failed'): void {
  if (data.details.type === 'suite') {
    // A suite fails with its tests, which are counted; one that fails by itself has a broken hook.
    if (outcome === 'failed' && isOwnFailure(data as EventData.TestFail)) counts.failed += 1;
    return;
  }
  // A file that ran nothing, or that could not be loaded, is reported as one test with the name of the file.
  if (outcome === 'passed' && options.files.includes(data.name)) {
    emptyFiles.push(data.name);
    return;
  }
  if (outcome === 'failed' && data.todo === undefined) counts.failed += 1;
  else if (data.skip !== undefined || data.todo !== undefined) counts.skipped += 1;
  else counts.passed += 1;
}

function isOwnFailure(data: EventData.TestFail): boolean {
  return (data.details.error as { failureType?: string }).failureType !== 'subtestsFailed';
}

const stream = run({
  files: [...options.files],
  isolation: options.isTogether ? 'none' : 'process',
  concurrency: options.isTogether ? true : options.concurrency,
  timeout: options.timeout,
  ...(options.pattern === undefined ? {} : { testNamePatterns: options.pattern }),
});
stream.on('test:pass', (data) => count(data, 'passed'));
stream.on('test:fail', (data) => count(data, 'failed'));
stream.pipe(new Spec()).pipe(process.stdout);
stream.on('end', () => {
  const result: NodeSuiteResult = {
    ...counts,
    emptyFiles: options.pattern === undefined ? emptyFiles : [],
  };
  writeFileSync(options.resultFile, JSON.stringify(result));
  // A test that leaves a socket or a timer open must not hold up the whole run.
  process.stdout.write('', () => process.exit(result.failed > 0 ? 1 : 0));
});
