// The value of a setting as the user's own settings have it, past every folder and every machine.
import * as vscode from 'vscode';

/**
 * What the editor tells at run time and its types leave out: a user value apart from one of the machine, which a dev
 * container writes.
 */
type Inspection = NonNullable<ReturnType<vscode.WorkspaceConfiguration['inspect']>> & {
  readonly globalLocalValue?: unknown;
  readonly globalRemoteValue?: unknown;
};

export function inspect(
  section: string,
  key: string,
  folder?: vscode.WorkspaceFolder,
): Inspection | undefined {
  return vscode.workspace.getConfiguration(section, folder).inspect(key);
}

/**
 * The user's value, else the default. Never `get`: up to VS Code 1.136.1 a folder's settings get past the scope filter;
 * and on 1.106.3 a machine's settings also show up in `globalValue`.
 */
export function userValue(section: string, key: string): unknown {
  const inspection = inspect(section, key);
  const isOfMachine = inspection?.globalRemoteValue !== undefined;
  const own = isOfMachine ? inspection.globalLocalValue : inspection?.globalValue;
  return own ?? inspection?.defaultValue;
}
