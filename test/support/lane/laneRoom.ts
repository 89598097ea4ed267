// The lane rooms of one window with everything around them faked: settings, storage, the server's lists, the questions.
import * as vscode from 'vscode';
import type { RequestPurpose } from '../../../src/core/usage/requestRecord.ts';
import { Catalogs } from '../../../src/core/lane/catalogs.ts';
import type { Lane } from '../../../src/core/lane/lane.ts';
import { BillingConsent } from '../../../src/host/lane/billingConsent.ts';
import { Keys } from '../../../src/host/lane/keys.ts';
import { Lanes } from '../../../src/host/lane/lanes.ts';
import { settingNames, settingRows, type SettingValues } from '../../../src/host/settingRows.ts';
import { HandClock } from '../completion/handClock.ts';
import { FakeMemento } from './fakeMemento.ts';
import { FakeSecrets } from './fakeSecrets.ts';

export interface AskedForModels {
  readonly lane: string;
  readonly baseUrl: string;
  readonly key: string | undefined;
  readonly purpose: RequestPurpose;
}

export interface LaneRoomOptions {
  readonly values?: Partial<SettingValues>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly windowState?: FakeMemento;
}

/** A key of the right shape that belongs to nobody. */
export const someKey = 'ark-00000000-0000-4000-8000-00000000cafe-abcde';

export function laneRoom(options: LaneRoomOptions = {}) {
  const changed = new vscode.EventEmitter<void>();
  const defaults = Object.fromEntries(settingNames.map((name) => [name, settingRows[name].default]));
  const settings = {
    values: { ...defaults, ...options.values } as SettingValues,
    problems: [],
    trespass: [] as readonly string[],
    onDidChange: changed.event,
    change(values: Partial<SettingValues>): void {
      settings.values = { ...settings.values, ...values };
      changed.fire();
    },
  };
  const secrets = new FakeSecrets();
  const marks = new FakeMemento();
  const warnings: string[] = [];
  const keys = new Keys({
    secrets,
    marks,
    environment: options.environment ?? {},
    warn: (text, error) => warnings.push(`${text}: ${String(error)}`),
  });
  const clock = new HandClock();
  const asked: AskedForModels[] = [];
  /** What a lane answers to `/models`; may throw. */
  const server = {
    answer: (_lane: Lane, _key: string | undefined): unknown => ({ data: [{ id: 'a-model' }] }),
  };
  const catalogs = new Catalogs({
    clock,
    listModels: async (lane, key, purpose) => {
      asked.push({ lane: lane.id, baseUrl: lane.baseUrl, key, purpose });
      return server.answer(lane, key);
    },
  });
  const consentState = new FakeMemento();
  const questions: string[] = [];
  /** The answer to the question about the bill. */
  const person = { agrees: async (): Promise<boolean> => true };
  const consent = new BillingConsent({
    state: consentState,
    ask: async (lane) => {
      questions.push(lane.id);
      return await person.agrees();
    },
  });
  const windowState = options.windowState ?? new FakeMemento();
  const transport = {
    name: 'editor',
    send: () => Promise.reject(new Error('nothing is sent here')),
  } as const;
  const lanes = new Lanes({
    settings,
    keys,
    catalogs,
    consent,
    windowState,
    transport: () => transport,
    clock,
    log: { request: () => undefined, trace: () => undefined },
    learned: { get: () => new Set(), tokenLimit: () => undefined, add: () => undefined },
  });
  return {
    settings,
    secrets,
    marks,
    warnings,
    keys,
    clock,
    asked,
    server,
    catalogs,
    consent,
    consentState,
    questions,
    person,
    windowState,
    transport,
    lanes,
    dispose(): void {
      lanes.dispose();
      keys.dispose();
      changed.dispose();
    },
  };
}
