// One HTTP request to a lane: the guard's URL, the key, and nothing else that could tell who asks.
import { endpointUrl } from '../lane/guard.ts';
import type { Lane } from '../lane/lane.ts';
import { completionError } from './completionError.ts';
import type { HttpRequest } from './transport.ts';

/**
 * A GET for the models, a POST with a body for a completion.
 * @throws CompletionError `auth` or `wrong-lane`, never sent
 */
export function httpRequest(
  lane: Lane,
  key: string | undefined,
  body: string | undefined,
  signal: AbortSignal,
): HttpRequest {
  const url = endpointUrl(lane, body === undefined ? 'models' : 'chat/completions');
  return {
    url,
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...authorization(lane, key),
      accept: body === undefined ? 'application/json' : 'text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
    signal,
  };
}

function authorization(lane: Lane, key: string | undefined): Readonly<Record<string, string>> {
  if (key === undefined || key === '') {
    if (lane.auth === 'bearer') throw completionError('auth', 'no-key', {}, { neverSent: true });
    return {};
  }
  // A header takes visible ASCII only; a library would quote the rest of the key in its complaint.
  if (/[^\x21-\x7e]/.test(key)) throw completionError('auth', 'key-unsendable', {}, { neverSent: true });
  return { authorization: `Bearer ${key}` };
}
