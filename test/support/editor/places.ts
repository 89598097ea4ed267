// Where things lie: the repository, its outputs, the cached editors and throw-away folders.
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '..', '..', '..');

/** Git-ignored; editors and the fallback browser, kept from run to run (as test-electron does with `.vscode-test`). */
export const editorCache = join(repository, '.vscode-host');

/** Git-ignored; results, bundles of suites and screenshots of the last run. */
export const outputs = join(repository, 'out');

/** The VSIX that `npm run package` writes, also when it has not been written yet. */
export function packagedVsix(): string {
  const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return join(repository, `${manifest.name}-${manifest.version}.vsix`);
}

const temporaryFolders = new Set<string>();
let isWatchingExit = false;

/**
 * A new empty folder for one window, with links resolved: VS Code compares real paths. Whoever asks for it removes it
 * with `removeFolder`; what a signal left over goes when the process ends.
 */
export function temporaryFolder(purpose: string): string {
  if (!isWatchingExit) process.once('exit', removeLeftovers);
  isWatchingExit = true;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `coding-lane-${purpose}-`)));
  temporaryFolders.add(folder);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  // An editor that is just ending may still write a last file.
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  temporaryFolders.delete(folder);
}

function removeLeftovers(): void {
  for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
