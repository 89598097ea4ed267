// Our own connections through undici: own pool, own time to connect, and the proxy of the editor's settings.
// A bundle of its own, loaded when it is first used: undici costs more to load than all the rest.
import { pipeline, type Readable } from 'node:stream';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { HttpRequest, HttpResponse, Transport } from '../core/completion/transport.ts';
import { type FailurePhase, networkFailure } from './networkFailure.ts';

/** What of the editor's network settings our own connections honour; the environment's proxy is not read (A06). */
export interface UndiciOptions {
  /** `http.proxy`. */
  readonly httpProxy?: string;
  /** `http.noProxy`. */
  readonly noProxy?: readonly string[];
  /** `http.proxyAuthorization`. */
  readonly proxyAuthorization?: string;
  /** `http.proxyStrictSSL`: whether the proxy's own certificate is checked. The lane's always is. */
  readonly strictSsl?: boolean;
  /** `http.systemCertificates`: whether the system's authorities count besides Node's. */
  readonly systemCertificates?: boolean;
  /** Default 10. */
  readonly connectSeconds?: number;
}

/** Has the lifetime of its pool. */
export interface UndiciTransport extends Transport {
  /** Closes idle connections at once and the others when they are done. */
  close(): Promise<void>;
}

/** The editor itself asks no proxy for them either. */
const neverProxied = ['localhost', '127.0.0.1', '::1'];

export function createUndiciTransport(options: UndiciOptions = {}): UndiciTransport {
  const connectSeconds = options.connectSeconds ?? 10;
  const agent = agentFor(options, connectSeconds * 1000);
  return {
    name: 'undici',
    send: (request) => send(agent, request, connectSeconds),
    close: () => agent.close(),
  };
}

function agentFor(options: UndiciOptions, connectMs: number): Dispatcher {
  // Made once: reading hundreds of certificates anew would delay every connection.
  const trust = options.systemCertificates === true ? { secureContext: withSystemAuthorities() } : {};
  const connect = { timeout: connectMs, ...trust };
  // The deadlines are ours, over both transports: undici's own would end a long silence of a thinking model.
  const phases = {
    headersTimeout: 0,
    bodyTimeout: 0,
    // People pause between two questions for longer than undici's 4 s.
    keepAliveTimeout: 30_000,
    allowH2: false,
    connect,
  };
  const { httpProxy = '' } = options;
  if (httpProxy === '') return new Agent(phases);
  return new EnvHttpProxyAgent({
    ...phases,
    httpProxy,
    httpsProxy: httpProxy,
    noProxy: [...neverProxied, ...(options.noProxy ?? [])].join(','),
    ...(options.proxyAuthorization === undefined ? {} : { token: options.proxyAuthorization }),
    connectTimeout: connectMs,
    requestTls: connect,
    proxyTls: { ...connect, rejectUnauthorized: options.strictSsl ?? true },
  });
}

function withSystemAuthorities(): SecureContext {
  return createSecureContext({
    ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system')])],
  });
}

async function send(agent: Dispatcher, request: HttpRequest, connectSeconds: number): Promise<HttpResponse> {
  const { url, method, headers, signal } = request;
  const pathAt = url.indexOf('/', url.indexOf('//') + 2);
  const toFailure = (thrown: unknown, phase: FailurePhase): unknown =>
    signal.aborted ? signal.reason : networkFailure(thrown, { url, phase, connectSeconds });
  let response: Dispatcher.ResponseData;
  try {
    response = await agent.request({
      origin: url.slice(0, pathAt),
      path: url.slice(pathAt),
      method,
      headers,
      body: request.body ?? null,
      signal,
    });
  } catch (thrown) {
    throw toFailure(thrown, 'connecting');
  }
  const header = (name: string): string | undefined => {
    const value = response.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  const body = decoded(response.body, header('content-encoding'));
  return {
    status: response.statusCode,
    header,
    body: bodyOf(body, (thrown) => toFailure(thrown, 'reading')),
  };
}

/** Leaving it early destroys the stream and with it the socket. */
function bodyOf(body: Readable, toFailure: (thrown: unknown) => unknown): AsyncIterable<Uint8Array> {
  const pieces = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const fail = (thrown: unknown): never => {
    throw toFailure(thrown);
  };
  const mapped = {
    next: () => pieces.next().catch(fail),
    return: async (): Promise<IteratorResult<Uint8Array>> => {
      await pieces.return?.();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => mapped };
}

/** We ask for no compression; a server that compresses all the same is read as it comes (F58). */
function decoded(body: Readable, encoding: string | undefined): Readable {
  // Failures reach whoever reads; before that they must not end the process.
  body.on('error', () => undefined);
  const decoder = decoderFor(encoding?.trim().toLowerCase());
  return decoder === undefined ? body : pipeline(body, decoder, () => undefined);
}

function decoderFor(encoding: string | undefined): ReturnType<typeof createGunzip> | undefined {
  const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(flush);
    case 'deflate':
      return createInflate(flush);
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    default:
      return undefined;
  }
}
