// State of a window or of the machine, in memory.
import type * as vscode from 'vscode';

export class FakeMemento implements vscode.Memento {
  readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string): T | undefined;
  get<T>(key: string, standard: T): T;
  get(key: string, standard?: unknown): unknown {
    return this.values.has(key) ? this.values.get(key) : standard;
  }

  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
  }
}
