// Makes a scenario of one error body: most of what a server can say no with is a row of these.
import type { Exchange } from './exchange.ts';
import type { Scenario } from './scenario.ts';

/** A text, or what it is at the moment of asking. */
type Said<T> = T | ((exchange: Exchange) => T);

export interface ErrorFault {
  readonly name: string;
  /** Rows of the matrices, with spaces between them. */
  readonly rows: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly message: Said<string>;
  readonly headers?: Said<Readonly<Record<string, string>>>;
}

export function errorFault({ name, rows, title, status, code, message, headers = {} }: ErrorFault): Scenario {
  return {
    name,
    title,
    rows: rows.split(' '),
    endpoint: 'chat',
    run: (exchange) =>
      exchange.sendError(status, code, typeof message === 'function' ? message(exchange) : message, {
        headers: typeof headers === 'function' ? headers(exchange) : headers,
      }),
  };
}
