// Connections, requests and the gathering of answers, as tests of the stream engine start from them.
import { CompletionError } from '../../../src/core/completion/completionError.ts';
import type { CompletionRequest, Connection, Progress } from '../../../src/core/completion/connection.ts';
import type { Delta, Finish } from '../../../src/core/completion/delta.ts';
import { createLearnedRefusals } from '../../../src/core/completion/learnedRefusals.ts';
import { streamCompletion } from '../../../src/core/completion/streamCompletion.ts';
import type { Transport } from '../../../src/core/completion/transport.ts';
import type { Lane, LaneKindId } from '../../../src/core/lane/lane.ts';
import { laneKind } from '../../../src/core/lane/laneKinds.ts';
import type { ModelFacts } from '../../../src/core/lane/modelFacts.ts';
import type { RequestRecord } from '../../../src/core/usage/requestRecord.ts';
import { HandClock } from './handClock.ts';

/** Nothing that is told, logged or thrown may hold it. */
export const canaryKey = 'ark-canary-6b1f2c3d4e5f';
export const canaryPrompt = 'canary prompt 91f3 about a secret file';

export function laneOf(kindId: LaneKindId, change: Partial<Lane> = {}): Lane {
  const kind = laneKind(kindId);
  const paths = { coding: '/api/coding/v3', general: '/api/v3', any: '/v1' } as const;
  return {
    id: kindId === 'byteplus' ? 'general' : 'coding',
    kind: kindId,
    label: kindId === 'byteplus' ? 'BytePlus General' : 'BytePlus Coding',
    baseUrl: `http://127.0.0.1:9${paths[kind.path]}`,
    api: 'chat_completions',
    auth: kind.auth,
    envKeys: kind.envKeys,
    billing: kind.billing,
    model: 'auto',
    preferredModels: [],
    quirks: kind.quirks,
    ...change,
  };
}

export function modelOf(id: string, change: Partial<ModelFacts> = {}): ModelFacts {
  return {
    id,
    contextWindow: 200_000,
    maxOutputTokens: 131_072,
    vision: false,
    tools: true,
    thinking: ['enabled', 'disabled'],
    efforts: ['minimal', 'low', 'medium', 'high'],
    source: 'plan',
    ...change,
  };
}

export interface RecordedConnection extends Connection {
  readonly records: RequestRecord[];
  readonly traces: string[];
}

export function connectionOver(transport: Transport, change: Partial<Connection> = {}): RecordedConnection {
  const records: RequestRecord[] = [];
  const traces: string[] = [];
  return {
    lane: laneOf('byteplus_coding'),
    key: canaryKey,
    candidates: { models: [modelOf('glm-5.2')], source: { type: 'pinned' } },
    transport,
    clock: new HandClock(),
    log: { request: (record) => records.push(record), trace: (text) => traces.push(text()) },
    learned: createLearnedRefusals(),
    patience: { firstByteSeconds: 120, idleSeconds: 90 },
    ...change,
    records,
    traces,
  };
}

/** `auto` with these models, as the lane's list gave them. */
export function listed(...ids: readonly string[]): Connection['candidates'] {
  const models = ids.map((id) => modelOf(id, { maxOutputTokens: 16_384 }));
  return { models, source: { type: 'listed', listedAt: 0 } };
}

export function requestOf(change: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    purpose: 'chat',
    messages: [{ role: 'user', content: [{ type: 'text', text: canaryPrompt }] }],
    maxOutputTokens: 0,
    thinking: 'default',
    reasoningEffort: 'default',
    ...change,
  };
}

/** An answer as its reader has it in the end. */
export interface Gathered {
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly Extract<Delta, { type: 'tool-call' }>[];
  readonly finish: Finish | undefined;
  readonly error: CompletionError | undefined;
  readonly progress: readonly Progress[];
}

export interface Reading {
  readonly request?: CompletionRequest;
  readonly signal?: AbortSignal;
  readonly onDelta?: (delta: Delta) => void;
  readonly onProgress?: (progress: Progress) => void;
}

/** Reads an answer to its end; a CompletionError is gathered, anything else is thrown. */
export async function gather(connection: Connection, reading: Reading = {}): Promise<Gathered> {
  const { request = requestOf(), signal = new AbortController().signal } = reading;
  const progress: Progress[] = [];
  const deltas: Delta[] = [];
  let error: CompletionError | undefined;
  const onProgress = (step: Progress): void => {
    progress.push(step);
    reading.onProgress?.(step);
  };
  try {
    for await (const delta of streamCompletion(connection, request, { signal, onProgress })) {
      deltas.push(delta);
      reading.onDelta?.(delta);
    }
  } catch (thrown) {
    if (!(thrown instanceof CompletionError)) throw thrown;
    error = thrown;
  }
  const finishes = deltas.filter((delta) => delta.type === 'finish');
  if (finishes.length > 1) throw new Error('an answer has more than one finish');
  return {
    text: joined(deltas, 'text'),
    reasoning: joined(deltas, 'reasoning'),
    toolCalls: deltas.filter((delta) => delta.type === 'tool-call'),
    finish: finishes[0],
    error,
    progress,
  };
}

function joined(deltas: readonly Delta[], type: 'text' | 'reasoning'): string {
  return deltas.map((delta) => (delta.type === type ? delta.text : '')).join('');
}
