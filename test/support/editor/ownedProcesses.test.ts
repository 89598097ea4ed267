// Processes that the rig starts are gone when it says so, with everything that they started themselves.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import { startOwnedProcess } from './ownedProcesses.ts';

const parentOfSleeper = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  console.log(child.pid);
  setInterval(() => {}, 1000);
`;

async function firstNumber(text: () => string): Promise<number> {
  for (;;) {
    const found = /^\d+$/m.exec(text());
    if (found) return Number(found[0]);
    await delay(20);
  }
}

/** A signal has been sent, but the process goes when the system gets to it. */
async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
      return;
    }
    await delay(20);
  }
}

test('closing a process ends its children too', { timeout: 20_000 }, async () => {
  const parent = startOwnedProcess({ command: process.execPath, arguments: ['-e', parentOfSleeper] });
  const sleeper = await firstNumber(parent.output);
  await parent.close();
  assert.equal(parent.hasExited(), true);
  await untilGone(sleeper);
});

test('what a run started ends with the run, also when a signal ends it', { timeout: 20_000 }, async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'ownedProcesses.ts'));
  const script = `
    import { startOwnedProcess } from ${module};
    const sleeper = startOwnedProcess({ command: process.execPath, arguments: ['-e', 'setInterval(() => {}, 1000)'] });
    console.log(sleeper.pid);
  `;
  const run = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  run.stdout.on('data', (part: Buffer) => {
    output += part.toString();
  });
  const sleeper = await firstNumber(() => output);
  const ended = new Promise<number | null>((resolve) => run.once('exit', resolve));
  run.kill('SIGTERM');
  assert.equal(await ended, 143);
  await untilGone(sleeper);
});

test('a command that does not exist is named in the error', async () => {
  const missing = startOwnedProcess({ command: 'no-such-command-anywhere', arguments: [] });
  await assert.rejects(missing.exited, /no-such-command-anywhere could not be started/);
  await missing.close();
});
