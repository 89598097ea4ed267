// The lanes of this window: which there are, which one is active with which model, and the connection for a request.
import * as vscode from 'vscode';
import type { Clock } from '../../core/completion/clock.ts';
import type { Connect, Connection, LearnedRefusals } from '../../core/completion/connection.ts';
import type { Transport } from '../../core/completion/transport.ts';
import type { ActiveLane } from '../../core/lane/activeLane.ts';
import {
  autoCandidates,
  autoModel,
  isAuto,
  type Listing,
  pinnedCandidate,
  shownModel,
} from '../../core/lane/candidates.ts';
import type { Catalogs } from '../../core/lane/catalogs.ts';
import type { Lane } from '../../core/lane/lane.ts';
import { codingLaneId, type ConfiguredLane, readLanes } from '../../core/lane/laneSettings.ts';
import type { Choice, LaneGroup } from '../../core/lane/pickerRows.ts';
import type { SettingProblem } from '../../core/lane/settingProblem.ts';
import { untilAborted } from '../../core/lane/untilAborted.ts';
import type { RequestLog, RequestPurpose } from '../../core/usage/requestRecord.ts';
import type { Settings } from '../settings.ts';
import type { BillingConsent } from './billingConsent.ts';
import type { Keys, KeySource } from './keys.ts';

export interface LanePorts {
  readonly settings: Pick<Settings, 'values' | 'problems' | 'onDidChange'>;
  readonly keys: Keys;
  readonly catalogs: Catalogs;
  readonly consent: BillingConsent;
  /** The window's own state: which lane and model it uses. */
  readonly windowState: vscode.Memento;
  /** The one to use for the next request. */
  readonly transport: () => Transport | Promise<Transport>;
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly learned: LearnedRefusals;
}

const selectionKey = 'codingLane.selection';

export class Lanes implements vscode.Disposable {
  readonly #ports: LanePorts;
  #configured: readonly ConfiguredLane[] = [];
  #problems: readonly SettingProblem[] = [];
  #missingLane: string | undefined;
  #active: ActiveLane;
  #activeKeySource: KeySource | undefined;
  #isLost = false;
  /** Counts look-ups, so that a slow one does not overwrite a later one. */
  #round = 0;
  #settled: Promise<void> = Promise.resolve();
  readonly #changed = new vscode.EventEmitter<ActiveLane>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];

  /** The active lane, its model, its key or what stands in its way changed; also what is known of its models. */
  readonly onDidChange = this.#changed.event;

  constructor(ports: LanePorts) {
    this.#ports = ports;
    this.#active = this.#resolve(false);
    this.#subscriptions.push(
      ports.settings.onDidChange(() => {
        this.#refresh();
      }),
      ports.keys.onDidChange(() => {
        this.#refresh();
      }),
    );
    this.#refresh();
  }

  get active(): ActiveLane {
    return this.#active;
  }

  /** Undefined without a key. */
  get activeKeySource(): KeySource | undefined {
    return this.#activeKeySource;
  }

  /** The storage had a key for the active lane and has it no longer. */
  get isKeyLost(): boolean {
    return this.#isLost;
  }

  get configured(): readonly ConfiguredLane[] {
    return this.#configured;
  }

  /** Everything in the settings that was named and ignored. */
  get problems(): readonly SettingProblem[] {
    return [...this.#ports.settings.problems, ...this.#problems];
  }

  /** The lane that this window had chosen and that the settings no longer have. */
  get missingLane(): string | undefined {
    return this.#missingLane;
  }

  /** Resolves when the key of the active lane has been looked up; until then the lane counts as having none. */
  async settled(): Promise<void> {
    let seen: Promise<void> | undefined;
    while (seen !== this.#settled) {
      seen = this.#settled;
      await seen;
    }
  }

  find(laneId: string): ConfiguredLane | undefined {
    return this.#configured.find(({ lane }) => lane.id === laneId);
  }

  /** Switches this window. An unknown lane is a mistake of ours. */
  async select(laneId: string, model: string): Promise<void> {
    if (this.find(laneId) === undefined) throw new TypeError(`No lane ${laneId}`);
    const choice: Choice = { laneId, model: isAuto(model) ? autoModel : model.trim() };
    await this.#ports.windowState.update(selectionKey, choice);
    this.#refresh();
    await this.settled();
  }

  /** @see Connect */
  readonly connect: Connect = (_purpose, signal) =>
    this.connectTo({ laneId: this.#active.lane.id, model: this.#active.model }, signal);

  /** The same for a lane and model of one's own choosing; never ends on another lane. */
  async connectTo(choice: Choice, signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    const configured = this.find(choice.laneId);
    if (configured === undefined) throw new TypeError(`No lane ${choice.laneId}`);
    if (configured.problem !== undefined) throw configured.problem;
    const { lane } = configured;
    const { catalogs, clock, consent, keys, learned, log, settings } = this.#ports;
    const key = await untilAborted(keys.require(lane), signal);
    await untilAborted(consent.require(lane), signal);
    const candidates = isAuto(choice.model)
      ? autoCandidates(lane, await this.#ask(lane, key, 'list models', signal))
      : pinnedCandidate(lane, choice.model, catalogs.known(lane));
    const transport = await untilAborted(Promise.resolve(this.#ports.transport()), signal);
    return {
      lane,
      ...(key === undefined ? {} : { key }),
      candidates,
      transport,
      clock,
      log,
      learned,
      patience: {
        firstByteSeconds: settings.values.firstByteTimeout,
        idleSeconds: settings.values.idleTimeout,
      },
    };
  }

  /** What is known of the lane's models without asking anybody. */
  knownListing(lane: Lane): Listing | undefined {
    return this.#ports.catalogs.known(lane);
  }

  /**
   * The lane's list of models, if it may be asked now: undefined for a lane that cannot work, has no key, or bills per
   * token and was never confirmed.
   * @throws CompletionError like `Catalogs.listing`
   */
  async listing(
    lane: Lane,
    purpose: RequestPurpose,
    signal: AbortSignal,
    options: { readonly anew?: boolean } = {},
  ): Promise<Listing | undefined> {
    if (this.find(lane.id)?.problem !== undefined || !this.#ports.consent.isGiven(lane)) return undefined;
    const search = await untilAborted(this.#ports.keys.find(lane), signal);
    if (search.type !== 'found' && (search.type !== 'none' || lane.auth === 'bearer')) return undefined;
    const key = search.type === 'found' ? search.key : undefined;
    return await this.#ask(lane, key, purpose, signal, options);
  }

  /** All lanes as the picker shows them; asks nobody but the secret storage. */
  async groups(): Promise<readonly LaneGroup[]> {
    return await Promise.all(
      this.#configured.map(async (configured) => {
        if (configured.problem !== undefined) return { ...configured, hasKey: false, listing: undefined };
        const { lane } = configured;
        const { type } = await this.#ports.keys.find(lane);
        const hasKey = type === 'found' || (type === 'none' && lane.auth === 'optional');
        return { ...configured, hasKey, listing: this.knownListing(lane) };
      }),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #ask(
    lane: Lane,
    key: string | undefined,
    purpose: RequestPurpose,
    signal: AbortSignal,
    options: { readonly anew?: boolean } = {},
  ): Promise<Listing> {
    try {
      return await this.#ports.catalogs.listing(lane, key, purpose, signal, options);
    } finally {
      if (lane.id === this.#active.lane.id) this.#announce(this.#resolve(this.#active.hasKey));
    }
  }

  #refresh(): void {
    // The old key's state is shown until the new one is known: a flicker to "Set API key" would be a lie.
    this.#announce(this.#resolve(this.#active.hasKey));
    this.#settled = this.#lookUpKey();
  }

  async #lookUpKey(): Promise<void> {
    const round = ++this.#round;
    const { lane, problem } = this.#active;
    const search = problem === undefined ? await this.#ports.keys.find(lane) : undefined;
    if (round !== this.#round) return;
    this.#activeKeySource = search?.type === 'found' ? search.source : undefined;
    this.#isLost = search?.type === 'lost';
    const canWork = search?.type === 'found' || (search?.type === 'none' && lane.auth === 'optional');
    this.#announce(this.#resolve(canWork));
  }

  #announce(active: ActiveLane): void {
    this.#active = active;
    this.#changed.fire(active);
  }

  /** From the settings and the window's choice. */
  #resolve(hasKey: boolean): ActiveLane {
    const { values } = this.#ports.settings;
    const list = readLanes(values);
    this.#configured = list.lanes;
    this.#problems = list.problems;

    const chosen = readChoice(this.#ports.windowState.get(selectionKey));
    const own = chosen && this.find(chosen.laneId);
    this.#missingLane = chosen !== undefined && own === undefined ? chosen.laneId : undefined;
    const standard = this.find(values.defaultLane);
    if (standard === undefined) {
      const fault = { type: 'unknown-lane', value: values.defaultLane } as const;
      this.#problems = [...this.#problems, { place: 'codingLane.defaultLane', fault }];
    }
    const configured = own ?? standard ?? this.find(codingLaneId);
    if (configured === undefined) throw new TypeError('The built-in lanes are gone');
    const { lane, problem } = configured;
    const model = own === undefined || chosen === undefined ? lane.model : chosen.model;
    return {
      lane,
      model,
      shownModel: shownModel(lane, model, this.#ports.catalogs.known(lane)),
      hasKey,
      ...(problem === undefined ? {} : { problem }),
    };
  }
}

/** State of an earlier version, or of nobody, counts as no choice. */
function readChoice(value: unknown): Choice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { laneId, model } = value as Partial<Record<keyof Choice, unknown>>;
  return typeof laneId === 'string' && typeof model === 'string' ? { laneId, model } : undefined;
}
