// Runs npm in a folder of the editor cache, on whatever platform, and counts what it fetches.
import { closeOnSignal, startOwnedProcess } from './ownedProcesses.ts';

export interface NpmProgress {
  /** Packages asked from the registry so far; 0 while npm still reads its own cache. */
  readonly fetched: number;
  readonly seconds: number;
}

/** Runs `npm <arguments>`; throws with npm's own last error lines when it fails. */
export async function runNpm(
  argumentsList: readonly string[],
  cwd: string,
  onProgress: (progress: NpmProgress) => void,
): Promise<void> {
  const started = Date.now();
  let fetched = 0;
  const tell = (): void => onProgress({ fetched, seconds: Math.round((Date.now() - started) / 1000) });
  const npm = npmCommand();
  const child = startOwnedProcess({
    command: npm.command,
    arguments: [
      ...npm.arguments,
      ...argumentsList,
      '--no-audit',
      '--no-fund',
      '--loglevel=http',
      '--no-progress',
    ],
    cwd,
    env: { ...npmEnvironment(), ...npm.env },
    onLine: (line) => {
      if (/\bhttp fetch\b/.test(line)) fetched += 1;
    },
  });
  const stopWatching = closeOnSignal(child.close);
  const ticker = setInterval(tell, 1_000);
  try {
    const code = await child.exited;
    if (code !== 0) throw new Error(`npm ended with code ${code}:\n${errorLines(child.output())}`);
  } finally {
    clearInterval(ticker);
    stopWatching();
    await child.close();
  }
}

function errorLines(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line !== '' && !/\bhttp (fetch|cache)\b/.test(line));
  const errors = lines.filter((line) => /\b(error|ERR!)/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(-15).join('\n');
}

function npmCommand(): { command: string; arguments: readonly string[]; env: NodeJS.ProcessEnv } {
  const script = process.env['npm_execpath'];
  if (script && /npm-cli\.c?js$/.test(script)) {
    return { command: process.execPath, arguments: [script], env: {} };
  }
  if (process.platform !== 'win32') return { command: 'npm', arguments: [], env: {} };
  // Node refuses to spawn `npm.cmd` itself; cmd.exe runs it. The arguments are ours and hold no quotes or blanks.
  return { command: process.env['ComSpec'] ?? 'cmd.exe', arguments: ['/d', '/s', '/c', 'npm.cmd'], env: {} };
}

/** The surroundings without what the npm script that runs us left there: it would be taken for this folder's. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (
      /^(npm_package_|npm_lifecycle_|npm_config_(local_prefix|ignore_scripts|workspace|prefix|global)|NODE_TEST_|INIT_CWD$)/i.test(
        name,
      )
    ) {
      continue;
    }
    env[name] = value;
  }
  return env;
}
