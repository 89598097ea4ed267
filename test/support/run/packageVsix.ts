// Builds the extension and packs it into a VSIX, the same for `npm run package`, `npm start` and `npm test`.
import { globSync } from 'node:fs';
import { cp, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { startOwnedProcess } from '../editor/ownedProcesses.ts';
import { packagedVsix, removeFolder, repository, temporaryFolder } from '../editor/places.ts';

/** Writes `dist/`; throws with what esbuild said. */
export async function buildExtension(): Promise<void> {
  await run('The build', [join(repository, 'esbuild.mjs')], repository);
}

/** Packs what was built; returns the path of the VSIX. */
export async function packageVsix(): Promise<string> {
  const vsix = packagedVsix();
  const folder = temporaryFolder('vsix');
  try {
    await stageFiles(folder);
    const packed = join(repository, `.packing-${process.pid}.vsix`);
    await run(
      'Packaging',
      [
        join(repository, 'node_modules', '@vscode', 'vsce', 'vsce'),
        'package',
        // Everything is bundled; without this, vsce would want a production node_modules.
        '--no-dependencies',
        // The pictures and links of the README are files of the repository.
        '--no-rewrite-relative-links',
        '--allow-missing-repository',
        ...['--out', packed],
      ],
      folder,
    );
    // In one step, so that a run beside this one finds the old file or the new one.
    await rename(packed, vsix);
  } finally {
    await removeFolder(folder);
  }
  return vsix;
}

/**
 * Copies what `.vscodeignore` allows: vsce walks through everything before it ignores, which takes minutes with two
 * cached editors beside it.
 */
async function stageFiles(folder: string): Promise<void> {
  const rules = (await readFile(join(repository, '.vscodeignore'), 'utf8')).split(/\r?\n/);
  const allowed = rules.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1));
  for (const file of globSync(['.vscodeignore', ...allowed], { cwd: repository })) {
    await cp(join(repository, file), join(folder, file));
  }
}

async function run(what: string, command: readonly string[], cwd: string): Promise<void> {
  const child = startOwnedProcess({ command: process.execPath, arguments: command, cwd });
  const code = await child.exited;
  if (code !== 0) throw new Error(`${what} failed (code ${code}):\n${child.tail()}`);
}
