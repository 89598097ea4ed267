// Finds a Chromium to drive: the one named, an installed one, or one that comes inside an npm package.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

import type { OnInstallProgress } from './installEditor.ts';
import { withInstallLock } from './installLock.ts';
import { startOwnedProcess } from './ownedProcesses.ts';
import { editorCache } from './places.ts';
import { runNpm } from './runNpm.ts';

export interface FoundBrowser {
  readonly executable: string;
  /** Where it was found, for people. */
  readonly source: string;
  /** Needed in the browser's environment, such as where its libraries lie. */
  readonly env: Readonly<Record<string, string>>;
}

/** The npm package that carries a headless Chromium for Linux on x64 and needs no download from elsewhere. */
const packagedChromium = '153.0.0';

const executableNames = [
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/** Throws, saying what to install, when this machine has no browser and none can be got. */
export async function findBrowser(onProgress: OnInstallProgress = () => undefined): Promise<FoundBrowser> {
  const named = process.env['CHROME_PATH'];
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
    return { executable: named, source: 'CHROME_PATH', env: {} };
  }
  const installed = installedBrowsers().find((path) => existsSync(path));
  if (installed) return { executable: installed, source: 'installed', env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return packagedBrowser(onProgress);
  throw new Error('No Chrome or Chromium found: install one, or name its executable in CHROME_PATH.');
}

function installedBrowsers(): string[] {
  const found = onPath();
  if (process.platform === 'darwin') {
    for (const name of ['Google Chrome', 'Chromium', 'Microsoft Edge']) {
      found.push(`/Applications/${name}.app/Contents/MacOS/${name}`);
    }
  }
  if (process.platform === 'win32') {
    for (const variable of ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData']) {
      const root = process.env[variable];
      if (!root) continue;
      found.push(join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'));
      found.push(join(root, 'Chromium', 'Application', 'chrome.exe'));
      found.push(join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'));
    }
  }
  found.push('/opt/google/chrome/chrome', chromium.executablePath());
  return found;
}

function onPath(): string[] {
  if (process.platform === 'win32') return [];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return executableNames.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function packagedBrowser(onProgress: OnInstallProgress): Promise<FoundBrowser> {
  const folder = join(editorCache, `chromium-${packagedChromium}`);
  await mkdir(editorCache, { recursive: true });
  const tell = (text: string, detail = ''): void => onProgress({ step: 1, steps: 1, text, detail });
  if (!existsSync(join(folder, 'browser.json'))) {
    await withInstallLock(
      `${folder}.lock`,
      (owner) => tell(`Waiting: ${owner} is already getting a browser`),
      async () => {
        if (existsSync(join(folder, 'browser.json'))) return;
        const text = `a browser (npm package @sparticuz/chromium ${packagedChromium}, about 70 MB)`;
        tell(text);
        const partial = `${folder}.partial`;
        await rm(partial, { recursive: true, force: true });
        await mkdir(partial, { recursive: true });
        const manifest = { private: true, dependencies: { '@sparticuz/chromium': packagedChromium } };
        await writeFile(join(partial, 'package.json'), JSON.stringify(manifest));
        await runNpm(['install', '--ignore-scripts'], partial, ({ seconds }) => tell(text, `${seconds} s`));
        await inflate(partial);
        await rm(folder, { recursive: true, force: true });
        await rename(partial, folder);
      },
    );
  }
  const { libraries } = JSON.parse(await readFile(join(folder, 'browser.json'), 'utf8')) as {
    libraries: string;
  };
  return {
    executable: join(folder, 'inflated', 'chromium'),
    source: `@sparticuz/chromium ${packagedChromium}`,
    env: {
      LD_LIBRARY_PATH: [join(folder, libraries), process.env['LD_LIBRARY_PATH']]
        .filter(Boolean)
        .join(delimiter),
    },
  };
}

/**
 * Unpacks the executable and the libraries beside it. The package does so into the temporary folder, so it gets the
 * cache as its temporary folder.
 */
async function inflate(folder: string): Promise<void> {
  const inflated = join(folder, 'inflated');
  await mkdir(inflated);
  const script = join(folder, 'inflate.mjs');
  await writeFile(
    script,
    [
      `import chromium, { inflate } from '@sparticuz/chromium';`,
      `await chromium.executablePath();`,
      `await inflate(${JSON.stringify(join(folder, 'node_modules', '@sparticuz', 'chromium', 'bin', 'al2023.tar.br'))});`,
    ].join('\n'),
  );
  const unpacking = startOwnedProcess({
    command: process.execPath,
    arguments: [script],
    cwd: folder,
    env: { ...process.env, TMPDIR: inflated },
  });
  const code = await unpacking.exited;
  if (code !== 0 || !existsSync(join(inflated, 'chromium'))) {
    throw new Error(
      `The packaged browser could not be unpacked (code ${code}); install Chromium or set CHROME_PATH.\n${unpacking.tail()}`,
    );
  }
  const libraries = readdirSync(inflated).includes('al2023') ? join('inflated', 'al2023', 'lib') : 'inflated';
  await writeFile(join(folder, 'browser.json'), JSON.stringify({ libraries }));
}
