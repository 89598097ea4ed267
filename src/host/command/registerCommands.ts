// Registers one table of commands; a command that fails is told to the user instead of vanishing.
import * as vscode from 'vscode';
import { commandIds } from './commandIds.ts';
import type { CommandId } from './commandIds.ts';

/** The argument is what a button or another extension passes along; nothing may be believed of it. */
export type CommandTable = Readonly<Record<CommandId, (argument?: unknown) => unknown>>;

/** `tell` is a meeting place of errors: it words the error and logs what is safe to log. */
export function registerCommands(
  commands: CommandTable,
  tell: (error: unknown) => void,
): readonly vscode.Disposable[] {
  return commandIds.map((id) =>
    vscode.commands.registerCommand(`codingLane.${id}`, async (argument?: unknown) => {
      try {
        await commands[id](argument);
      } catch (error) {
        tell(error);
      }
    }),
  );
}
