// The editor's secret storage in memory, with the ways in which a real one fails.
import * as vscode from 'vscode';

export class FakeSecrets implements vscode.SecretStorage {
  readonly stored = new Map<string, string>();
  /** `forgets`: stores without an error and gives nothing back. */
  health: 'well' | 'throws' | 'forgets' = 'well';
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;

  async keys(): Promise<string[]> {
    return [...this.stored.keys()];
  }

  async get(key: string): Promise<string | undefined> {
    if (this.health === 'throws') throw new Error('no keyring');
    return this.stored.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    if (this.health === 'throws') throw new Error('no keyring');
    if (this.health === 'well') this.stored.set(key, value);
    this.#changed.fire({ key });
  }

  async delete(key: string): Promise<void> {
    this.stored.delete(key);
    this.#changed.fire({ key });
  }
}
