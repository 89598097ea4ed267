// Starts one editor on loopback with its own throw-away user folder, and ends all of it again.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { installEditor } from './installEditor.ts';
import type { InstalledEditor, OnInstallProgress } from './installEditor.ts';
import type { EditorVersion } from './editorVersions.ts';
import { closeOnSignal, startOwnedProcess } from './ownedProcesses.ts';
import { removeFolder, temporaryFolder } from './places.ts';
import { quietSettings } from './quietSettings.ts';

/**
 * `user`: code-server's entry, the editor as a person has it.
 * `tests`: VS Code's own server, which takes a suite for its extension host in the page's address.
 */
export type EditorMode = 'user' | 'tests';

export interface EditorOptions {
  readonly version: EditorVersion;
  readonly mode: EditorMode;
  /** Absolute path of a folder or a `.code-workspace` file; undefined opens an empty window. */
  readonly workspace?: string;
  /** The user's settings, over the ones that keep a window quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the editor and so of its extension host; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A packaged extension to install before the editor starts. */
  readonly vsix?: string;
  /** true: every folder counts as trusted. false: VS Code asks, and stays in Restricted Mode until answered. */
  readonly trust: boolean;
  /** true: the editor may reach the extension gallery. Default: it finds none, so that nothing leaves loopback. */
  readonly hasGallery?: boolean;
  /** 0 or undefined takes any free port. */
  readonly port?: number;
  readonly onProgress?: OnInstallProgress;
}

export interface RunningEditor {
  readonly editor: InstalledEditor;
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly origin: string;
  /** What to open in a browser to see the workspace. */
  readonly url: string;
  /** Holds the user's settings, state and logs; gone after `close`. */
  readonly userFolder: string;
  /** The last lines that the server printed. */
  readonly tail: () => string;
  readonly hasExited: () => boolean;
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<unknown>;
  readonly close: () => Promise<void>;
}

const readyTimeout = 60_000;

export async function startEditor(options: EditorOptions): Promise<RunningEditor> {
  const editor = await installEditor(options.version, options.onProgress ?? (() => undefined));
  const userFolder = temporaryFolder('editor');
  try {
    return await startIn(userFolder, editor, options);
  } catch (error) {
    await removeFolder(userFolder);
    throw error;
  }
}

async function startIn(
  userFolder: string,
  editor: InstalledEditor,
  options: EditorOptions,
): Promise<RunningEditor> {
  const extensions = join(userFolder, 'extensions');
  await mkdir(extensions, { recursive: true });
  await mkdir(join(userFolder, 'tmp'));
  await writeUserSettings(userFolder, options);
  const env = editorEnvironment(userFolder, options);
  if (options.vsix) await installVsix(editor, options.vsix, userFolder, extensions, env);

  const server = startOwnedProcess({
    command: editor.node,
    arguments:
      options.mode === 'user'
        ? userArguments(editor, userFolder, extensions, options)
        : testArguments(editor, userFolder, extensions, options),
    cwd: userFolder,
    env,
  });
  const stopWatching = closeOnSignal(server.close);
  const close = async (): Promise<void> => {
    stopWatching();
    await server.close();
    await removeFolder(userFolder);
  };
  try {
    const origin = await readyOrigin(server.output, server.hasExited, options.mode);
    return {
      editor,
      origin,
      url: origin + workspaceQuery(options.workspace),
      userFolder,
      tail: server.tail,
      hasExited: server.hasExited,
      exited: server.exited,
      close,
    };
  } catch (error) {
    await server.close();
    stopWatching();
    throw new Error(
      `VS Code ${editor.vscode} did not come up: ${error instanceof Error ? error.message : String(error)}\n${server.tail()}`,
      { cause: error },
    );
  }
}

function userArguments(
  editor: InstalledEditor,
  userFolder: string,
  extensions: string,
  options: EditorOptions,
): string[] {
  return [
    editor.entry,
    ...['--auth', 'none'],
    ...['--bind-addr', `127.0.0.1:${options.port ?? 0}`],
    ...['--user-data-dir', userFolder],
    ...['--extensions-dir', extensions],
    // Without a file of its own it reads and writes the one in the user's home.
    ...['--config', join(userFolder, 'config.yaml')],
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...(options.trust ? ['--disable-workspace-trust'] : []),
  ];
}

function testArguments(
  editor: InstalledEditor,
  userFolder: string,
  extensions: string,
  options: EditorOptions,
): string[] {
  return [
    editor.serverMain,
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    '--without-connection-token',
    '--accept-server-license-terms',
    ...['--server-data-dir', userFolder],
    ...['--extensions-dir', extensions],
    // Makes the page's address able to name an extension and a suite.
    '--enable-smoke-test-driver',
    ...['--telemetry-level', 'off'],
    ...(options.trust ? ['--disable-workspace-trust'] : []),
  ];
}

async function writeUserSettings(userFolder: string, options: EditorOptions): Promise<void> {
  const folder = options.mode === 'user' ? join(userFolder, 'User') : join(userFolder, 'data', 'User');
  await mkdir(folder, { recursive: true });
  const settings = { ...quietSettings, ...options.settings };
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

async function installVsix(
  editor: InstalledEditor,
  vsix: string,
  userFolder: string,
  extensions: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const installer = startOwnedProcess({
    command: editor.node,
    arguments: [
      editor.serverMain,
      ...['--install-extension', vsix, '--force'],
      ...['--extensions-dir', extensions],
      ...['--server-data-dir', join(userFolder, 'installer')],
      '--accept-server-license-terms',
    ],
    env,
  });
  const code = await installer.exited;
  if (code !== 0 || !/was successfully installed/.test(installer.output())) {
    // Before this line it only laments its unbuilt native modules.
    const said = installer.output().split('Installing extensions...').at(-1)?.trim();
    throw new Error(`${vsix} could not be installed (code ${code}):\n${said}`);
  }
}

/** Waits until the server names its port and answers there. */
async function readyOrigin(
  output: () => string,
  hasExited: () => boolean,
  mode: EditorMode,
): Promise<string> {
  const listening =
    mode === 'user' ? /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/ : /agent listening on (\d+)/;
  const deadline = Date.now() + readyTimeout;
  while (Date.now() < deadline) {
    if (hasExited()) throw new Error('it ended at once');
    const port = listening.exec(output())?.[1];
    if (port && (await answers(`http://127.0.0.1:${port}/`))) return `http://127.0.0.1:${port}`;
    await delay(100);
  }
  throw new Error(`it did not answer within ${readyTimeout / 1000} s`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    return false;
  }
}

/** The part of the page's address that opens `workspace`. */
function workspaceQuery(workspace: string | undefined): string {
  if (workspace === undefined) return '/?ew=true';
  const path = workspace.replaceAll('\\', '/').replace(/^(?=[A-Za-z]:)/, '/');
  return `/?${workspace.endsWith('.code-workspace') ? 'workspace' : 'folder'}=${encodeURI(path)}`;
}

/**
 * Our own surroundings less everything that would tie the editor to the one that we may run inside of, and less the
 * keys: a key reaches an editor only when a test or `npm start` hands it over.
 */
function editorEnvironment(
  userFolder: string,
  { env: added = {}, hasGallery = false }: EditorOptions,
): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (/^(VSCODE_|CODE_SERVER_|ELECTRON_|NODE_TEST_|npm_)/i.test(name)) continue;
    if (/^(PORT|PASSWORD|HASHED_PASSWORD|NODE_OPTIONS|BYTEPLUS_API_KEY|ARK_API_KEY)$/.test(name)) continue;
    env[name] = value;
  }
  // Its sockets go into the folder that is removed; elsewhere than on Linux that path would be too long for a socket.
  if (process.platform === 'linux') env['TMPDIR'] = join(userFolder, 'tmp');
  if (!hasGallery) env['EXTENSIONS_GALLERY'] = JSON.stringify({ serviceUrl: '' });
  for (const [name, value] of Object.entries(added)) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  return env;
}
