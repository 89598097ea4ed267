// The desk between a suite in the extension host and its runner outside: what the simulated ModelArk and a stranger saw.
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { LedgerEntry } from '../ark/ledger.ts';
import type { Ark, ScenarioChoice } from '../ark/startArk.ts';
import type { Stranger, StrangerRequest } from './startStranger.ts';

/** An entry without the function that only works where the server runs. */
export type SeenEntry = Omit<LedgerEntry, 'keyIs'>;

export interface SeenByArk {
  readonly coding: readonly SeenEntry[];
  readonly general: readonly SeenEntry[];
  readonly other: readonly SeenEntry[];
}

export interface HostDesk {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** The runner's side. */
export async function openHostDesk(ark: Ark, stranger: Stranger): Promise<HostDesk> {
  const answers: Readonly<Record<string, (body: string) => unknown>> = {
    'GET /ledger': () => ({
      coding: ark.ledger.coding,
      general: ark.ledger.general,
      other: ark.ledger.other,
    }),
    'GET /stranger': () => stranger.seen,
    'POST /scenario': (body) => {
      const { name, choice } = JSON.parse(body) as { name: string; choice: ScenarioChoice };
      ark.setScenario(name, choice);
      return {};
    },
    'POST /clear': () => {
      ark.clearScenarios();
      ark.ledger.reset();
      stranger.reset();
      return {};
    },
  };
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => {
        const answer = answers[`${request.method ?? ''} ${request.url ?? ''}`];
        if (!answer) throw new Error(`The desk knows no ${request.method ?? ''} ${request.url ?? ''}.`);
        response.end(JSON.stringify(answer(body)));
      })
      .catch((error: unknown) => {
        response.statusCode = 500;
        response.end(JSON.stringify(String(error)));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The suite's side, for use inside the extension host. */
export const hostDesk = {
  /** What the window's simulated ModelArk was asked. */
  ledger: async (): Promise<SeenByArk> => (await ask('GET', '/ledger')) as SeenByArk,
  /** What reached the loopback server that stands for an attacker. */
  stranger: async (): Promise<readonly StrangerRequest[]> =>
    (await ask('GET', '/stranger')) as StrangerRequest[],
  setScenario: async (name: string, choice: ScenarioChoice = {}): Promise<void> => {
    await ask('POST', '/scenario', { name, choice });
  },
  /** Forgets scenarios and everything that was seen. */
  clear: async (): Promise<void> => {
    await ask('POST', '/clear', {});
  },
};

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const origin = process.env['CODING_LANE_TEST_DESK'];
  if (!origin) throw new Error('CODING_LANE_TEST_DESK is not set: this suite was not started by its runner.');
  const response = await fetch(origin + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(String(answer));
  return answer;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += part as string;
  return text;
}
