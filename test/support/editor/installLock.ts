// A lock made of a folder, so that two runs never write the same cached editor at once.
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The owner touches its lock this often; one that was not touched for `staleAfter` belongs to nobody. */
const heartbeat = 5_000;
const staleAfter = 60_000;
const pollInterval = 1_000;

interface LockOwner {
  readonly pid: number;
  readonly host: string;
}

/** Runs `work` while holding `folder` as a lock; `onWait` is told once who has it. */
export async function withInstallLock<T>(
  folder: string,
  onWait: (owner: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  let hasSaid = false;
  while (!(await takeLock(folder))) {
    const owner = await lockOwner(folder);
    if (await isAbandoned(folder, owner)) {
      await breakLock(folder);
      continue;
    }
    if (!hasSaid) onWait(owner ? `process ${owner.pid}` : 'another run');
    hasSaid = true;
    await delay(pollInterval);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(folder, now, now).catch(() => {
      // Somebody removed the lock by hand; the work goes on, and its final rename decides who wins.
      clearInterval(beat);
    });
  }, heartbeat);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(folder, { recursive: true, force: true });
  }
}

async function takeLock(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  const owner: LockOwner = { pid: process.pid, host: hostname() };
  await writeFile(join(folder, 'owner.json'), JSON.stringify(owner));
  return true;
}

/** undefined while the owner has not written its name yet, or has just gone. */
async function lockOwner(folder: string): Promise<LockOwner | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')) as LockOwner;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function isAbandoned(folder: string, owner: LockOwner | undefined): Promise<boolean> {
  const touched = await stat(folder).then(
    (found) => found.mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - touched > staleAfter) return true;
  return owner !== undefined && owner.host === hostname() && !isAlive(owner.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function breakLock(folder: string): Promise<void> {
  const grave = `${folder}.stale-${process.pid}`;
  try {
    // Renaming is atomic: of two runs that find the same stale lock, one gets it and the other starts over.
    await rename(folder, grave);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  await rm(grave, { recursive: true, force: true });
}
