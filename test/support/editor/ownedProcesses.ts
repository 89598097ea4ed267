// Starts child processes that cannot outlive us: each leads its own group, and every group ends when we close or exit.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

export interface OwnedProcess {
  readonly pid: number;
  /** The last lines of both outputs together, for error messages. */
  readonly tail: () => string;
  /** Everything printed so far on both outputs (capped at 1 MB from the end). */
  readonly output: () => string;
  readonly hasExited: () => boolean;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Ends the process and all it started; resolves when it is gone. Safe to call twice. */
  readonly close: () => Promise<void>;
}

export interface OwnedProcessOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
}

const maximumOutput = 1_000_000;
const gracePeriod = 3_000;
const living = new Map<number, ChildProcess>();

/** Things other than processes that must be undone when a signal ends us (a temporary folder, a browser). */
const closers = new Set<() => Promise<void> | void>();

/** Registers `close` for Ctrl+C and SIGTERM; the returned function takes it off again. */
export function closeOnSignal(close: () => Promise<void> | void): () => void {
  watchSignals();
  closers.add(close);
  return () => closers.delete(close);
}

export function startOwnedProcess(options: OwnedProcessOptions): OwnedProcess {
  watchSignals();
  const child = spawn(options.command, options.arguments, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let output = '';
  let unfinishedLine = '';
  const take = (text: string): void => {
    output = (output + text).slice(-maximumOutput);
    if (!options.onLine) return;
    const lines = (unfinishedLine + text).split(/\r?\n/);
    unfinishedLine = lines.pop() ?? '';
    for (const line of lines) options.onLine(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', take);
  }
  let hasExited = false;
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => {
      hasExited = true;
      reject(new Error(`${options.command} could not be started: ${error.message}`, { cause: error }));
    });
    child.once('close', (code) => {
      hasExited = true;
      resolve(code);
    });
  });
  // Whoever waits for `exited` gets the failure; nobody waiting must not bring the whole run down.
  exited.catch(() => undefined);
  const pid = child.pid;
  if (pid !== undefined) {
    living.set(pid, child);
    // A group may still hold grandchildren after its leader went, so it is signalled before it is forgotten.
    child.once('exit', () => {
      signalGroup(pid, 'SIGTERM');
      living.delete(pid);
    });
  }
  return {
    pid: pid ?? -1,
    tail: () => output.trimEnd().split('\n').slice(-25).join('\n'),
    output: () => output,
    hasExited: () => hasExited,
    exited,
    close: async () => {
      if (pid === undefined || hasExited) return;
      signalGroup(pid, 'SIGTERM');
      const gone = exited.then(
        () => true,
        () => true,
      );
      if (await Promise.race([gone, delay(gracePeriod, false, { ref: false })])) return;
      signalGroup(pid, 'SIGKILL');
      await gone;
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: the whole group has gone already, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

let isWatching = false;

function watchSignals(): void {
  if (isWatching) return;
  isWatching = true;
  process.once('exit', () => {
    for (const pid of living.keys()) signalGroup(pid, 'SIGKILL');
  });
  let isEnding = false;
  const end = async (code: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    // The last thing opened is the first to be closed: a folder goes after the process that writes to it.
    for (const close of [...closers].reverse()) {
      try {
        await close();
      } catch (error) {
        console.error(error);
      }
    }
    process.exit(code);
  };
  process.on('SIGINT', () => {
    // A second Ctrl+C does not wait; another SIGTERM is only the group's and the leader's both arriving.
    if (isEnding) process.exit(130);
    void end(130);
  });
  process.on('SIGTERM', () => void end(143));
  process.on('SIGHUP', () => void end(129));
}
