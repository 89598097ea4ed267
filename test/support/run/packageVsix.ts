// Builds the extension and packs it into a VSIX, the same for `npm run package`, `npm start` and `npm test`.
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { startOwnedProcess } from '../editor/ownedProcesses.ts';
import { packagedVsix, repository } from '../editor/places.ts';

/** Writes `dist/`; throws with what esbuild said. */
export async function buildExtension(): Promise<void> {
  await run('The build', [join(repository, 'esbuild.mjs')]);
}

/** Packs what was built; returns the path of the VSIX. */
export async function packageVsix(): Promise<string> {
  const vsix = packagedVsix();
  await rm(vsix, { force: true });
  await run('Packaging', [
    join(repository, 'node_modules', '@vscode', 'vsce', 'vsce'),
    'package',
    // Everything is bundled; without this, vsce would want a production node_modules.
    '--no-dependencies',
    // The pictures and links of the README are files of the repository.
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
    ...['--out', vsix],
  ]);
  await stat(vsix);
  return vsix;
}

async function run(what: string, command: readonly string[]): Promise<void> {
  const child = startOwnedProcess({ command: process.execPath, arguments: command, cwd: repository });
  const code = await child.exited;
  if (code !== 0) throw new Error(`${what} failed (code ${code}):\n${child.tail()}`);
}
