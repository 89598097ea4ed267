// Reads the settings: those of `application` scope past every folder, all of them checked.
import * as vscode from 'vscode';
import type { SettingProblem } from '../core/lane/settingProblem.ts';
import { inspect, userValue } from './userValue.ts';
import {
  type SettingName,
  settingNames,
  type SettingRow,
  settingRows,
  type SettingValues,
} from './settingRows.ts';

const settingPrefix = 'codingLane';

/** Settings that a folder, workspace file or machine tries to set although they are the user's alone. */
export type Trespass = readonly string[];

export class Settings implements vscode.Disposable {
  #values: SettingValues;
  #problems: readonly SettingProblem[] = [];
  #trespass: Trespass = [];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];

  /** After any change of a setting of ours, and of the folders that might try to set one. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#values = this.#read();
    this.#subscriptions.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingPrefix)) this.#reread();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#reread();
      }),
    );
  }

  get values(): SettingValues {
    return this.#values;
  }

  /** Values that were named and ignored. */
  get problems(): readonly SettingProblem[] {
    return this.#problems;
  }

  get trespass(): Trespass {
    return this.#trespass;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #reread(): void {
    this.#values = this.#read();
    this.#changed.fire();
  }

  #read(): SettingValues {
    const problems: SettingProblem[] = [];
    const values: Partial<Record<SettingName, unknown>> = {};
    for (const name of settingNames) {
      const row: SettingRow<unknown> = settingRows[name];
      const { value, problems: found } = row.read(rawValue(row));
      values[name] = value ?? row.default;
      problems.push(
        ...found.map(({ path, fault }) => ({ place: `${settingPrefix}.${row.key}${path}`, fault })),
      );
    }
    this.#problems = problems;
    this.#trespass = settingNames
      .map((name) => settingRows[name])
      .filter(isTrespassed)
      .map(({ key }) => `${settingPrefix}.${key}`);
    return values as SettingValues;
  }
}

function rawValue(row: SettingRow<unknown>): unknown {
  if (row.scope === 'window')
    return vscode.workspace.getConfiguration(settingPrefix).get(row.key, row.default);
  return userValue(settingPrefix, row.key) ?? row.default;
}

function isTrespassed(row: SettingRow<unknown>): boolean {
  if (row.scope !== 'application') return false;
  const folders = [undefined, ...(vscode.workspace.workspaceFolders ?? [])];
  return folders.some((folder) => {
    const inspection = inspect(settingPrefix, row.key, folder);
    return (
      inspection?.workspaceValue !== undefined ||
      inspection?.workspaceFolderValue !== undefined ||
      inspection?.globalRemoteValue !== undefined
    );
  });
}
