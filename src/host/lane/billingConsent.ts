// Asks before the first request on a lane that bills per token, once per lane and origin.
import type * as vscode from 'vscode';
import { completionError } from '../../core/completion/completionError.ts';
import { originOf } from '../../core/lane/guard.ts';
import type { Lane } from '../../core/lane/lane.ts';

export interface BillingConsentPorts {
  /** Outlives windows. */
  readonly state: vscode.Memento;
  /** Asks the person; false when they decline or close the question. */
  readonly ask: (lane: Lane) => Thenable<boolean>;
}

export class BillingConsent {
  readonly #ports: BillingConsentPorts;
  readonly #open = new Map<string, Promise<boolean>>();

  constructor(ports: BillingConsentPorts) {
    this.#ports = ports;
  }

  /** Whether the lane may be asked now, without a question first. */
  isGiven(lane: Lane): boolean {
    return lane.billing !== 'per-token' || this.#ports.state.get(stateKey(lane)) === true;
  }

  /** Asks if it has to. Requests that need the answer meanwhile wait for the same question. */
  async obtain(lane: Lane): Promise<boolean> {
    if (this.isGiven(lane)) return true;
    const key = stateKey(lane);
    const open = this.#open.get(key) ?? this.#ask(lane, key);
    this.#open.set(key, open);
    return await open;
  }

  /** @throws CompletionError `billing/not-confirmed` */
  async require(lane: Lane): Promise<void> {
    if (await this.obtain(lane)) return;
    throw completionError('billing', 'not-confirmed', { lane: lane.label }, { neverSent: true });
  }

  async #ask(lane: Lane, key: string): Promise<boolean> {
    try {
      const given = await this.#ports.ask(lane);
      if (given) await this.#ports.state.update(key, true);
      return given;
    } finally {
      this.#open.delete(key);
    }
  }
}

function stateKey(lane: Lane): string {
  return `codingLane.payAsYouGo/${lane.id}/${originOf(lane)}`;
}
