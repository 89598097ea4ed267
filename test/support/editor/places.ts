// Where things lie: the repository, its outputs, the cached editors and throw-away folders.
import { mkdtempSync, readFileSync, realpathSync } from 'node:fs';
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

/** A new empty folder for one window, with links resolved: VS Code compares real paths. */
export function temporaryFolder(purpose: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `coding-lane-${purpose}-`)));
}
