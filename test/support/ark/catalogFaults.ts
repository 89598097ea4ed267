// Faults of `GET /models`: errors, silence, empty and hostile lists, and shapes that other servers use.
import { catalogRows, type CatalogRow } from './catalog.ts';
import type { Exchange } from './exchange.ts';
import { redirectTarget } from './httpFaults.ts';
import type { Scenario } from './scenario.ts';

function listing(
  name: string,
  title: string,
  run: (exchange: Exchange) => Promise<void>,
  rows = '',
): Scenario {
  return { name, title, rows: rows === '' ? [] : rows.split(' '), endpoint: 'models', run };
}

function rowsAs(change: (rows: readonly CatalogRow[]) => unknown): (exchange: Exchange) => Promise<void> {
  return (exchange) => exchange.sendJson(200, change(catalogRows()));
}

function list(data: unknown): unknown {
  return { object: 'list', data };
}

const hostileIds = [
  '<img src=x onerror=alert(1)>',
  '**bold** [x](command:workbench.action.quit)',
  '\u001b[31mred\u001b[0m',
  '$(trash) $(sync~spin)',
  '__proto__',
  'constructor',
  '../../api/v3/chat/completions',
  'https://evil.invalid/v1',
  'glm-5-2-260617\n\nX-Header: y',
  '\u202eevil\u202c',
  'x'.repeat(10_000),
  '',
];

export const catalogFaults: readonly Scenario[] = [
  listing(
    'models-500',
    '500 as JSON',
    (exchange) =>
      exchange.sendError(
        500,
        'InternalServiceError',
        'The service encountered an unexpected internal error.',
      ),
    'F25',
  ),
  listing(
    'models-html',
    '200 with a web page',
    (exchange) => exchange.send(200, 'text/html', '<html><body>Sign in</body></html>'),
    'F10',
  ),
  listing(
    'models-empty',
    'An empty list',
    rowsAs(() => list([])),
  ),
  listing('models-stall', 'Never answered', (exchange) => exchange.stall(), 'F28'),
  listing('models-stall-mid-body', 'Half the list, then silence', async (exchange) => {
    exchange.head(200, { 'content-type': 'application/json' });
    await exchange.write(JSON.stringify(list(catalogRows())).slice(0, 2000));
    await exchange.stall();
  }),
  listing('models-truncated', 'Half the list, then a clean end', (exchange) =>
    exchange.send(200, 'application/json', JSON.stringify(list(catalogRows())).slice(0, 2000)),
  ),
  listing('models-reset', 'RST in place of an answer', (exchange) => exchange.reset(), 'F27'),
  listing(
    'models-401',
    '401, the key is refused',
    (exchange) => exchange.sendError(401, 'AuthenticationError', "The API key doesn't exist."),
    'F11',
  ),
  listing(
    'models-403',
    '403, no plan',
    (exchange) =>
      exchange.sendError(
        403,
        'InvalidSubscription',
        'Your account does not have a valid Coding Plan subscription, or it has expired.',
      ),
    'F12',
  ),
  listing(
    'models-404-html',
    '404 as a web page',
    (exchange) => exchange.send(404, 'text/html', '<html><body><h1>404 Not Found</h1></body></html>'),
    'F14',
  ),
  listing(
    'models-429',
    '429',
    (exchange) => exchange.sendError(429, 'AccountRateLimitExceeded', 'Too many requests.'),
    'F19',
  ),
  listing(
    'models-error-200',
    '200 with an error object',
    (exchange) =>
      exchange.sendJson(200, {
        error: {
          code: 'InternalServiceError',
          message: 'Something failed.',
          param: '',
          type: 'InternalServerError',
        },
      }),
    'F32',
  ),
  listing(
    'models-redirect',
    '307 to options.to, default /elsewhere on this server',
    (exchange) => exchange.send(307, 'text/plain', '', { location: redirectTarget(exchange) }),
    'F26 A07',
  ),
  listing('models-null', 'The body is null', (exchange) => exchange.sendJson(200, null)),
  listing(
    'models-hostile',
    'Ids and names that are markup, escapes, paths, or absurdly long',
    rowsAs((rows) =>
      list([
        ...hostileIds.map((id) => ({ id, name: id, object: 'model', domain: 'LLM', status: id, created: 1 })),
        ...rows,
      ]),
    ),
    'A08 A12 A39',
  ),
  listing(
    'models-odd-rows',
    'Rows that are null, numbers, lists, or without an id, among right ones',
    rowsAs((rows) =>
      list([
        null,
        7,
        [],
        {},
        { id: 7 },
        { id: null },
        { id: rows[0]?.id, token_limits: 'many', modalities: [], created: 'today' },
        ...rows,
      ]),
    ),
    'A35',
  ),
  listing(
    'models-bare-ids',
    'A list of bare strings',
    rowsAs((rows) => list(rows.map(({ id }) => id))),
  ),
  listing(
    'models-key-models',
    'The list is called `models`, the id `name`',
    rowsAs((rows) => ({ models: rows.map(({ id }) => ({ name: id })) })),
  ),
  listing(
    'models-key-summaries',
    'The list is called `modelSummaries`, the id `modelId`',
    rowsAs((rows) => ({ modelSummaries: rows.map(({ id }) => ({ modelId: id })) })),
  ),
  listing(
    'models-key-items',
    'The list is in `Result.Items`',
    rowsAs((rows) => ({ ResponseMetadata: { RequestId: 'x' }, Result: { Items: rows } })),
  ),
  listing(
    'models-all-shutdown',
    'Every row says Shutdown',
    rowsAs((rows) => list(rows.map((row) => ({ ...row, status: 'Shutdown' })))),
  ),
  listing(
    'models-without-chat',
    'Only rows that do not chat',
    rowsAs((rows) => list(rows.filter(({ domain }) => domain !== 'LLM' && domain !== 'VLM'))),
  ),
  listing(
    'models-many',
    '20 000 rows',
    rowsAs((rows) =>
      list([
        ...rows,
        ...Array.from({ length: 20_000 }, (_, index) => ({ ...rows[0], id: `filler-${index}-260101` })),
      ]),
    ),
    'A35',
  ),
];
