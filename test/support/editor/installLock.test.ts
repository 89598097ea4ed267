// The lock of the editor cache, as two runs at once and a run that died would meet it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { withInstallLock } from './installLock.ts';
import { removeFolder, temporaryFolder } from './places.ts';

let folder = '';

before(() => {
  folder = temporaryFolder('lock');
});

after(async () => removeFolder(folder));

test('of two runs the second waits, is told for whom, and goes on afterwards', async () => {
  const lock = join(folder, 'two.lock');
  const story: string[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = withInstallLock(
    lock,
    () => story.push('first waits'),
    async () => {
      story.push('first works');
      await released;
      story.push('first is done');
    },
  );
  const second = withInstallLock(
    lock,
    (owner) => {
      story.push(`second waits for ${owner}`);
      release();
    },
    async () => {
      story.push('second works');
    },
  );
  await Promise.all([first, second]);
  assert.deepEqual(story, [
    'first works',
    `second waits for process ${process.pid}`,
    'first is done',
    'second works',
  ]);
});

test('a lock whose owner has died is taken over at once', async () => {
  const lock = join(folder, 'dead.lock');
  const { pid } = spawnSync(process.execPath, ['--version']);
  await mkdir(lock);
  await writeFile(join(lock, 'owner.json'), JSON.stringify({ pid, host: hostname() }));
  const waits: string[] = [];
  assert.equal(
    await withInstallLock(
      lock,
      (owner) => waits.push(owner),
      async () => 'worked',
    ),
    'worked',
  );
  assert.deepEqual(waits, []);
});

test('work that fails leaves no lock behind', async () => {
  const lock = join(folder, 'failing.lock');
  const failing = withInstallLock(
    lock,
    () => undefined,
    async () => {
      throw new Error('no network');
    },
  );
  await assert.rejects(failing, /no network/);
  assert.equal(existsSync(lock), false);
});
