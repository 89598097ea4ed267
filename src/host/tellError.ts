// The meeting place of errors that have no chat turn to show them: commands, pickers, wishes of the view.
import * as vscode from 'vscode';
import { CompletionError } from '../core/completion/completionError.ts';

export interface TellParts {
  readonly describe: (error: CompletionError) => string;
  /** For the log; never an error's own message, which may hold anything. */
  readonly warn: (line: string) => void;
  readonly showLog: () => void;
}

/** Cancelling is not an error; a CompletionError has its sentence; anything else is a mistake of ours and is logged. */
export function tellError(error: unknown, { describe, warn, showLog }: TellParts): void {
  if (error instanceof vscode.CancellationError) return;
  if (error instanceof CompletionError) {
    void vscode.window.showErrorMessage(describe(error));
    return;
  }
  warn(placeOf(error));
  const show = vscode.l10n.t('Show Log');
  void vscode.window
    .showErrorMessage(vscode.l10n.t('Coding Lane could not do this. The log says where it failed.'), show)
    .then((chosen) => {
      if (chosen === show) showLog();
    });
}

/** Name, code and stack frames of an error without its message, which may quote a prompt or a path of the user's. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return `failed with a ${typeof error}`;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`failed with ${error.name}${code}`, ...frames].join('\n');
}
