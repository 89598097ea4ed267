// API keys: one per lane and origin, in the editor's secret storage, else from the environment.
import * as vscode from 'vscode';
import { completionError } from '../../core/completion/completionError.ts';
import { mayUseEnvironmentKey, originOf } from '../../core/lane/guard.ts';
import { keyShape } from '../../core/lane/keyShape.ts';
import type { Lane } from '../../core/lane/lane.ts';

/** `memory`: the editor could not store it, so it lasts as long as this window. */
export type KeySource =
  | { readonly type: 'stored' }
  | { readonly type: 'memory' }
  | { readonly type: 'environment'; readonly variable: string };

export type KeySearch =
  | { readonly type: 'found'; readonly key: string; readonly source: KeySource }
  | { readonly type: 'none' }
  /** One was stored, and the storage has it no longer. */
  | { readonly type: 'lost' }
  /** The environment's value cannot be a key. */
  | { readonly type: 'unsendable'; readonly variable: string };

export interface KeyPorts {
  readonly secrets: vscode.SecretStorage;
  /** Outlives windows; holds which keys were stored, never a key. */
  readonly marks: vscode.Memento;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called with words of ours and the storage's own error, without any key. */
  readonly warn: (text: string, error: unknown) => void;
}

const prefix = 'codingLane.key/';

/** All methods throw the guard's error for a lane whose address is refused. */
export class Keys implements vscode.Disposable {
  readonly #ports: KeyPorts;
  readonly #memory = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  /** A key was stored or cleared, here or in another window. */
  readonly onDidChange = this.#changed.event;

  constructor(ports: KeyPorts) {
    this.#ports = ports;
    this.#subscription = ports.secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) this.#changed.fire();
    });
  }

  /** The lane's key: what was entered for this lane and origin, else the environment's where that may be used. */
  async find(lane: Lane): Promise<KeySearch> {
    const name = secretName(lane);
    const remembered = this.#memory.get(name);
    if (remembered !== undefined) return { type: 'found', key: remembered, source: { type: 'memory' } };
    const stored = await this.#read(name);
    if (stored !== undefined) return { type: 'found', key: stored, source: { type: 'stored' } };
    return this.#fromEnvironment(lane) ?? { type: this.#ports.marks.get(name) === true ? 'lost' : 'none' };
  }

  /**
   * The key to send; undefined where the lane can do without and has none.
   * @throws CompletionError `auth`
   */
  async require(lane: Lane): Promise<string | undefined> {
    const search = await this.find(lane);
    const details = { lane: lane.label, address: originOf(lane) };
    switch (search.type) {
      case 'found':
        return search.key;
      case 'none': {
        if (lane.auth === 'optional') return undefined;
        const variables = mayUseEnvironmentKey(lane) ? { setting: lane.envKeys.join(', ') } : {};
        throw completionError('auth', 'no-key', { ...details, ...variables }, { neverSent: true });
      }
      case 'lost':
        throw completionError('auth', 'key-lost', details, { neverSent: true });
      case 'unsendable': {
        const { variable } = search;
        throw completionError(
          'auth',
          'key-unsendable',
          { ...details, setting: variable },
          { neverSent: true },
        );
      }
    }
  }

  /** Stores a key and reads it back; `memory` when the storage does not give it back. */
  async store(lane: Lane, key: string): Promise<'stored' | 'memory'> {
    const name = secretName(lane);
    const kept = await this.#write(name, key);
    if (kept) {
      this.#memory.delete(name);
      await this.#ports.marks.update(name, true);
    } else {
      this.#memory.set(name, key);
    }
    this.#changed.fire();
    return kept ? 'stored' : 'memory';
  }

  /** Forgets the lane's own key; one in the environment stays what it is. */
  async clear(lane: Lane): Promise<void> {
    const name = secretName(lane);
    this.#memory.delete(name);
    await this.#ports.secrets.delete(name);
    await this.#ports.marks.update(name, undefined);
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#memory.clear();
  }

  async #read(name: string): Promise<string | undefined> {
    try {
      return (await this.#ports.secrets.get(name)) || undefined;
    } catch (error) {
      this.#ports.warn('The secret storage could not be read', error);
      return undefined;
    }
  }

  async #write(name: string, key: string): Promise<boolean> {
    try {
      await this.#ports.secrets.store(name, key);
    } catch (error) {
      this.#ports.warn('The secret storage could not be written', error);
      return false;
    }
    return (await this.#read(name)) === key;
  }

  #fromEnvironment(lane: Lane): KeySearch | undefined {
    if (!mayUseEnvironmentKey(lane)) return undefined;
    for (const variable of lane.envKeys) {
      const value = this.#ports.environment[variable];
      if (value === undefined || value.trim() === '') continue;
      const shape = keyShape(value, lane.kind);
      return shape.usable
        ? { type: 'found', key: shape.key, source: { type: 'environment', variable } }
        : { type: 'unsendable', variable };
    }
    return undefined;
  }
}

/** A key belongs to a lane and an origin, so that neither a new address nor another lane ever gets it. */
function secretName(lane: Lane): string {
  return `${prefix}${lane.id}/${originOf(lane)}`;
}
