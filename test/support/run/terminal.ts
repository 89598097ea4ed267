// How long work is told on a terminal: a line that renews itself, or, in a log, a line now and then.
import type { InstallProgress } from '../editor/installEditor.ts';

/** In a log, how many seconds pass between two lines about the same step. */
const logInterval = 10;

/** A listener for installations; call `end` before printing anything else. */
export function progressPrinter(): {
  readonly onProgress: (progress: InstallProgress) => void;
  readonly end: () => void;
} {
  let shownText = '';
  let lastLine = 0;
  let isLineOpen = false;
  const end = (): void => {
    if (isLineOpen) process.stdout.write('\n');
    isLineOpen = false;
    shownText = '';
  };
  const onProgress = ({ step, steps, text, detail }: InstallProgress): void => {
    const line = `${steps > 0 ? `[${step}/${steps}] ` : ''}${text}${detail === '' ? '' : ` … ${detail}`}`;
    if (process.stdout.isTTY) {
      if (text !== shownText) end();
      process.stdout.write(`\r\u001B[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
      isLineOpen = true;
    } else if (text !== shownText || Date.now() - lastLine > logInterval * 1000) {
      console.log(line);
      lastLine = Date.now();
    }
    shownText = text;
  };
  return { onProgress, end };
}

/** `1.2 s`, `3 min 4 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
