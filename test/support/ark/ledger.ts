// What was asked of the simulated ModelArk, lane by lane, and whether the client stayed for the answer.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { bearerKey } from './keys.ts';

export type LaneName = 'coding' | 'general';

/** A request body as it arrived: nothing about it is believed but that it is a JSON object. */
export interface ChatBody {
  readonly [field: string]: unknown;
}

export interface LedgerEntry {
  readonly method: string;
  /** Path with query, as received. */
  readonly path: string;
  readonly lane: LaneName | 'other';
  /** Epoch milliseconds of the arrival of the request's headers. */
  readonly at: number;
  /** `good` is a key that this server knows, also one that it then refuses for its account's sake. */
  readonly authorization: 'good' | 'bad' | 'none';
  readonly requestId: string;
  /** All request headers but those that carry keys. */
  readonly headers: IncomingHttpHeaders;
  /** True when the request was made with exactly this key. */
  readonly keyIs: (key: string) => boolean;
  /** Parsed JSON object; undefined for no body or anything else (see `bodyText`). */
  body: ChatBody | undefined;
  bodyText: string;
  /** The model as the client wrote it. */
  model: string | undefined;
  /** `pending` until it is decided; `faulted` is every request that a scenario served. */
  outcome: 'pending' | 'answered' | 'refused' | 'faulted';
  /** Name of the scenario that served it. */
  scenario: string | undefined;
  /** HTTP status sent; undefined while none has been (or none ever was). */
  status: number | undefined;
  /** The client closed the connection before the answer was finished. */
  clientHungUp: boolean;
  /** Milliseconds from arrival to the hang-up. */
  hungUpAfterMs: number | undefined;
  /** Stream events with a delta written so far. */
  deltasSent: number;
  /** Epoch milliseconds; undefined while the exchange is open. */
  finishedAt: number | undefined;
}

export interface Ledger {
  readonly coding: readonly LedgerEntry[];
  readonly general: readonly LedgerEntry[];
  /** Requests outside both lanes. */
  readonly other: readonly LedgerEntry[];
  /**
   * Resolves with the first truthy value of `look`, which is called now and after every change.
   * Rejects after `timeoutMs` (10 000), naming what the ledger holds: only so that no test hangs.
   */
  waitFor<T>(look: (ledger: Ledger) => T, options?: { readonly timeoutMs?: number }): Promise<NonNullable<T>>;
  /** Forgets all entries; the arrays stay the same objects. */
  reset(): void;
}

/** The writing side: only the server holds it. */
interface LedgerBook {
  readonly ledger: Ledger;
  add(entry: LedgerEntry): void;
  /** To be called after each change of an entry. */
  changed(): void;
}

export function createLedgerBook(): LedgerBook {
  const lanes = { coding: [] as LedgerEntry[], general: [] as LedgerEntry[], other: [] as LedgerEntry[] };
  const watchers = new Set<() => void>();
  const changed = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  const ledger: Ledger = {
    ...lanes,
    waitFor: (look, options) =>
      new Promise((resolve, reject) => {
        const timeoutMs = options?.timeoutMs ?? 10_000;
        const stop = (): void => {
          watchers.delete(watcher);
          clearTimeout(timer);
        };
        const watcher = (): void => {
          try {
            const found = look(ledger);
            if (!found) return;
            stop();
            resolve(found);
          } catch (error) {
            stop();
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`not seen within ${timeoutMs} ms; the ledger holds:\n${ledgerText(ledger)}`));
        }, timeoutMs);
        watchers.add(watcher);
        watcher();
      }),
    reset: () => {
      for (const entries of Object.values(lanes)) entries.length = 0;
      changed();
    },
  };
  return {
    ledger,
    add: (entry) => {
      lanes[entry.lane].push(entry);
      changed();
    },
    changed,
  };
}

const keyHeaders = new Set(['authorization', 'proxy-authorization', 'x-api-key', 'api-key', 'cookie']);

export function withoutKeys(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !keyHeaders.has(name)));
}

/** A check that knows the key only by its digest, so that no dump of the ledger can show it. */
export function keyCheck(authorization: string | undefined): (key: string) => boolean {
  const key = bearerKey(authorization);
  const digest = key === undefined ? undefined : sha256(key);
  return (other) => digest !== undefined && digest === sha256(other);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** One line for an entry, without key and without prompt. */
export function entryText(entry: LedgerEntry): string {
  const parts = [
    entry.lane.padEnd(7),
    entry.method,
    entry.path,
    entry.status ?? '---',
    entry.scenario === undefined ? entry.outcome : `${entry.outcome} by ${entry.scenario}`,
    entry.model === undefined ? '' : `model ${entry.model}`,
    entry.deltasSent > 0 ? `${entry.deltasSent} deltas` : '',
    entry.authorization === 'good' ? '' : `key ${entry.authorization}`,
    entry.clientHungUp ? `client hung up after ${entry.hungUpAfterMs ?? 0} ms` : '',
    entry.finishedAt === undefined ? 'open' : `${entry.finishedAt - entry.at} ms`,
    entry.requestId,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function ledgerText(ledger: Ledger): string {
  const lines = [...ledger.coding, ...ledger.general, ...ledger.other].map(entryText);
  return lines.length === 0 ? '(nothing)' : lines.join('\n');
}
