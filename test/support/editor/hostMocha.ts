// Runs mocha inside the extension host and reports every test, the moment it ends, as one line of a file.
import { appendFileSync } from 'node:fs';
import importedMocha from 'mocha';

import type { HostEvent } from './hostEvents.ts';

export interface HostTestFile {
  readonly name: string;
  readonly load: () => Promise<unknown>;
}

/** What one test may take unless it says otherwise; a start of the whole window is not part of it. */
const testTimeout = 20_000;

/** Mocha is an ES module: `require` gives its class on Node 24, and on the floor's Node 22 what the class lies in. */
const Mocha =
  typeof importedMocha === 'function'
    ? importedMocha
    : (importedMocha as unknown as { default: typeof importedMocha }).default;

/** Mocha insists on a reporter; ours are the events. */
class QuietReporter extends Mocha.reporters.Base {}

/** Resolves when all tests ended; how they ended is in the events file, which the runner outside reads. */
export async function runMochaInHost(files: readonly HostTestFile[]): Promise<void> {
  const eventsFile = process.env['CODING_LANE_TEST_EVENTS'];
  if (!eventsFile)
    throw new Error('CODING_LANE_TEST_EVENTS is not set: this suite was not started by its runner.');
  const report = (event: HostEvent): void => appendFileSync(eventsFile, `${JSON.stringify(event)}\n`);
  report({ type: 'started' });
  try {
    const mocha = new Mocha({ ui: 'tdd', timeout: testTimeout, reporter: QuietReporter });
    for (const file of files) {
      mocha.suite.emit('pre-require', globalThis, file.name, mocha);
      const before = mocha.suite.total();
      await file.load();
      if (mocha.suite.total() === before) throw new Error(`${file.name} holds no test.`);
    }
    await run(mocha, report);
  } catch (error) {
    report({ type: 'broken', error: describeError(error) });
  }
}

async function run(
  mocha: InstanceType<typeof importedMocha>,
  report: (event: HostEvent) => void,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) =>
      report({ type: 'pass', title: titleOf(test), milliseconds: test.duration ?? 0 }),
    );
    runner.on('pending', (test) => report({ type: 'pending', title: titleOf(test) }));
    runner.on('fail', (test, error) =>
      report({ type: 'fail', title: titleOf(test), error: describeError(error) }),
    );
    runner.on('end', () => report({ type: 'ended' }));
  });
}

function titleOf(test: Mocha.Runnable): string {
  return test.titlePath().join(' › ');
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { expected, actual } = error as { expected?: unknown; actual?: unknown };
  const difference =
    expected === undefined && actual === undefined
      ? ''
      : `\nexpected: ${asJson(expected)}\nactual:   ${asJson(actual)}`;
  return `${error.stack ?? error.message}${difference}`;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch (error) {
    return `(not printable: ${String(error)})`;
  }
}
