// The editor's own fetch as a transport: it honours the user's proxy, proxy sign-in and system certificates.
import type { HttpRequest, HttpResponse, Transport } from '../core/completion/transport.ts';
import { networkFailure, type FailurePhase } from './networkFailure.ts';

/** Node's own limit for connecting, which fetch does not let us set. */
const connectSeconds = 10;

export const editorTransport: Transport = { name: 'editor', send };

async function send(request: HttpRequest): Promise<HttpResponse> {
  const { signal, url } = request;
  // Node's signal, which core knows only by its own description.
  const toFailure = (thrown: unknown, phase: FailurePhase): unknown =>
    signal.aborted ? signal.reason : networkFailure(thrown, { url, phase, connectSeconds });
  let response: Response;
  try {
    // Looked up at every call: the editor replaces it after extensions have been loaded.
    response = await globalThis.fetch(url, {
      method: request.method,
      // Left to itself fetch asks for compression, which holds small pieces back.
      headers: { ...request.headers, 'accept-encoding': 'identity' },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal,
    });
  } catch (thrown) {
    throw toFailure(thrown, 'connecting');
  }
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    body: bodyOf(response, (thrown) => toFailure(thrown, 'reading')),
  };
}

async function* bodyOf(
  response: Response,
  toFailure: (thrown: unknown) => unknown,
): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = response.body as ReadableStream<Uint8Array> | null;
  if (stream === null) return;
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    ended = true;
  } catch (thrown) {
    ended = true;
    throw toFailure(thrown);
  } finally {
    // Whoever leaves early closes the connection; nobody is left to hear that closing failed.
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}
