// `npm test`: builds and packages once, runs every suite in order, and ends with `N passed, N failed`.
import { parseArgs } from 'node:util';

import { Preparations } from './preparations.ts';
import { sum } from './suiteResult.ts';
import type { SuiteResult } from './suiteResult.ts';
import { suites } from './suites.ts';
import type { Suite } from './suites.ts';
import { duration } from './terminal.ts';

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
  // Whatever a suite left open must not keep the run from ending.
  process.stdout.write('', () => process.exit(failed > 0 ? 1 : 0));
}

function chosenSuites(names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No suite is called ${unknown.join(', ')}: ${suites.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
}

/** Returns how many tests failed. */
async function runSuites(chosen: readonly Suite[], only: string | undefined): Promise<number> {
  // No test ever speaks to the real ModelArk, whatever key the person who runs it has around.
  delete process.env['BYTEPLUS_API_KEY'];
  delete process.env['ARK_API_KEY'];
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
