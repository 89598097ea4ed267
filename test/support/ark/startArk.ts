// The simulated ModelArk: both lanes on loopback, strict where the real one is strict, and able to misbehave on demand.
//
//   const ark = await startArk();                        // free port, pace 0
//   fetch(`${ark.codingBaseUrl}/chat/completions`, …)    // Authorization: Bearer ${simulatedKey}
//   ark.ledger.coding / .general / .other                // what was asked; `await ark.ledger.waitFor(look)`
//   ark.setScenario('rate-limit', { times: 1 });         // once, then healthy (or what was queued next)
//   ark.setScenario('models-500');                       // until cleared; scenarios know their endpoint
//   ark.setScenario('unauthorized', { endpoint: 'models', lane: 'coding' });
//   ark.setAnswer({ content: 'Hello **you**' });         // a healthy stream of your own words
//   ark.clearScenarios(); ark.ledger.reset(); await ark.close();
//
// Calls of setScenario queue up: for each request the first that matches lane and endpoint is taken, and it leaves the
// queue after `times` requests. An active scenario is the whole server: it comes before the key check and before every
// refusal. By hand: `/scenario <name>` in the last user message, `/scenario <name> x2` for the first two requests with
// that very message, `/scenario list` for all names; one of `/models` waits for the next request of the list. What
// prompts can ask for otherwise: see composeAnswer.ts.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isRecord } from './conversation.ts';
import { Exchange } from './exchange.ts';
import { answerHealthily, refuseKey } from './healthyArk.ts';
import { keyStanding, simulatedKey } from './keys.ts';
import {
  createLedgerBook,
  keyCheck,
  withoutKeys,
  type ChatBody,
  type LaneName,
  type Ledger,
  type LedgerEntry,
} from './ledger.ts';
import { plannedAnswer, type PlannedAnswer } from './plannedAnswer.ts';
import type { Scenario, ScenarioOptions } from './scenario.ts';
import { scenarioNamed } from './scenarios.ts';
import { spokenScenario } from './spokenScenario.ts';

export interface ArkOptions {
  /** Default: any free port. */
  readonly port?: number;
  readonly host?: string;
  /** The good keys; default `[simulatedKey]`. */
  readonly keys?: readonly string[];
  /** Milliseconds between two deltas; default 0. */
  readonly pace?: number;
  /** Called when an exchange is over. */
  readonly onFinished?: (entry: LedgerEntry) => void;
}

export interface ScenarioChoice extends ScenarioOptions {
  /** Default: both lanes. */
  readonly lane?: LaneName;
  /** Default: the scenario's own. */
  readonly endpoint?: 'chat' | 'models';
  /** Only for the next N requests that match; default: until cleared. */
  readonly times?: number;
}

export interface Ark {
  readonly origin: string;
  readonly codingBaseUrl: string;
  readonly generalBaseUrl: string;
  readonly ledger: Ledger;
  /** A name from the `scenarios` table, or a scenario of your own. */
  setScenario(scenario: string | Scenario, choice?: ScenarioChoice): void;
  /** Answers chat requests with these words instead of composed ones; refusals still apply. */
  setAnswer(answer: PlannedAnswer, choice?: Pick<ScenarioChoice, 'lane' | 'times'>): void;
  clearScenarios(): void;
  setPace(milliseconds: number): void;
  /** Destroys all open connections. */
  close(): Promise<void>;
}

interface Queued {
  readonly scenario: Scenario;
  readonly choice: ScenarioChoice;
  left: number;
}

const lanePaths: readonly (readonly [LaneName, string])[] = [
  ['coding', '/api/coding/v3'],
  ['general', '/api/v3'],
];

export async function startArk(options: ArkOptions = {}): Promise<Ark> {
  const book = createLedgerBook();
  const keys = options.keys ?? [simulatedKey];
  const queue: Queued[] = [];
  const enqueue = (scenario: Scenario, choice: ScenarioChoice): void => {
    queue.push({ scenario, choice, left: choice.times ?? Infinity });
  };
  const spoken = {
    counts: new Map<string, number>(),
    enqueue: (scenario: Scenario, times: number) => {
      enqueue(scenario, { times });
    },
  };
  let pace = options.pace ?? 0;
  let origin = '';

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { entry, endpoint } = openEntry(request, keys);
    const changed = (): void => {
      book.changed();
    };
    const exchange = new Exchange({
      request,
      response,
      entry,
      origin,
      pace,
      changed,
      healthy: (self, planned) => answerHealthily(self, endpoint, keys, planned),
    });
    response.once('close', () => options.onFinished?.(entry));
    book.add(entry);
    try {
      await readBody(request, entry);
      const queued = endpoint === undefined ? undefined : takeQueued(queue, entry, endpoint);
      if (queued !== undefined) await play(exchange, queued.scenario, queued.choice);
      else if (await refuseKey(exchange, keys)) return;
      else {
        const asked = endpoint === 'chat' ? spokenScenario(exchange, spoken) : undefined;
        await (asked === undefined ? exchange.healthy() : play(exchange, asked, {}));
      }
    } catch (error) {
      if (exchange.gone.aborted || request.destroyed) return;
      console.error('the simulated ModelArk failed:', error);
      if (!response.headersSent) await exchange.sendError(500, 'InternalServiceError', String(error));
      else response.destroy();
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  origin = `http://${options.host ?? '127.0.0.1'}:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    codingBaseUrl: `${origin}/api/coding/v3`,
    generalBaseUrl: `${origin}/api/v3`,
    ledger: book.ledger,
    setScenario: (scenario, choice = {}) => {
      enqueue(typeof scenario === 'string' ? scenarioNamed(scenario) : scenario, choice);
    },
    setAnswer: (answer, choice = {}) => {
      enqueue(plannedAnswer(answer), choice);
    },
    clearScenarios: () => {
      queue.length = 0;
      spoken.counts.clear();
    },
    setPace: (milliseconds) => {
      pace = milliseconds;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeAllConnections();
      }),
  };
}

function openEntry(
  request: IncomingMessage,
  keys: readonly string[],
): { readonly entry: LedgerEntry; readonly endpoint: 'chat' | 'models' | undefined } {
  const path = request.url ?? '/';
  const [lane, base] = lanePaths.find(([, start]) => path === start || path.startsWith(`${start}/`)) ?? [
    'other',
    '',
  ];
  const rest = path.slice(base.length).split('?')[0] ?? '';
  const authorization = request.headers.authorization;
  const standing = keyStanding(authorization, keys);
  const known = standing === 'good' || standing === 'without-plan' || standing === 'overdue';
  const entry: LedgerEntry = {
    method: request.method ?? 'GET',
    path,
    lane,
    at: Date.now(),
    authorization: standing === 'none' ? 'none' : known ? 'good' : 'bad',
    requestId: `0217${randomBytes(16).toString('hex')}`,
    headers: withoutKeys(request.headers),
    keyIs: keyCheck(authorization),
    body: undefined,
    bodyText: '',
    model: undefined,
    outcome: 'pending',
    scenario: undefined,
    status: undefined,
    clientHungUp: false,
    hungUpAfterMs: undefined,
    deltasSent: 0,
    finishedAt: undefined,
  };
  if (lane === 'other') return { entry, endpoint: undefined };
  if (rest === '/models' && request.method === 'GET') return { entry, endpoint: 'models' };
  return { entry, endpoint: rest === '/chat/completions' && request.method === 'POST' ? 'chat' : undefined };
}

async function readBody(request: IncomingMessage, entry: LedgerEntry): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  entry.bodyText = Buffer.concat(parts).toString('utf8');
  entry.body = parsedRecord(entry.bodyText);
  if (typeof entry.body?.['model'] === 'string') entry.model = entry.body['model'];
}

function parsedRecord(text: string): ChatBody | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function takeQueued(queue: Queued[], entry: LedgerEntry, endpoint: 'chat' | 'models'): Queued | undefined {
  const index = queue.findIndex(
    ({ scenario, choice }) =>
      (choice.endpoint ?? scenario.endpoint) === endpoint && (choice.lane ?? entry.lane) === entry.lane,
  );
  const queued = queue[index];
  if (queued === undefined) return undefined;
  queued.left -= 1;
  if (queued.left <= 0) queue.splice(index, 1);
  return queued;
}

async function play(exchange: Exchange, scenario: Scenario, options: ScenarioOptions): Promise<void> {
  exchange.options = options;
  exchange.entry.scenario = scenario.name;
  exchange.decide('faulted');
  await scenario.run(exchange);
}
