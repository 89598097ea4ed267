// Every way in which a request can fail below HTTP, from either client → the error that a user can act on.
import {
  type CompletionError,
  completionError,
  type ErrorDetails,
} from '../core/completion/completionError.ts';

/** `connecting`: no response yet. `reading`: its head is here. */
export type FailurePhase = 'connecting' | 'reading';

export interface FailureContext {
  readonly url: string;
  readonly phase: FailurePhase;
  /** Seconds that connecting was allowed. */
  readonly connectSeconds: number;
}

/** Maps what a client threw; the cause stays attached. Never for an abort: that is the signal's reason. */
export function networkFailure(thrown: unknown, context: FailureContext): CompletionError {
  const chain = causesOf(thrown);
  const codes = chain.map(codeOf).filter((code) => code !== undefined);
  const systemCode = codes.find((code) => !wrappers.has(code)) ?? codes[0];
  const details: ErrorDetails = {
    host: new URL(context.url).host,
    ...(systemCode === undefined ? {} : { systemCode }),
  };
  const cause = { cause: thrown };
  const neverSent = { cause: thrown, neverSent: true };

  const proxyStatus = proxyStatusIn(chain);
  if (proxyStatus === 407) {
    return completionError('network', 'proxy-sign-in', { ...details, status: 407 }, neverSent);
  }
  if (proxyStatus !== undefined) {
    return completionError('network', 'proxy-failed', { ...details, status: proxyStatus }, neverSent);
  }
  const elsewhere = otherHop(chain, context.url);
  if (elsewhere !== undefined) {
    return completionError('network', 'proxy-failed', { ...details, otherHost: elsewhere }, neverSent);
  }
  if (codes.some((code) => code.startsWith('UND_ERR_PRX') || code.startsWith('UND_ERR_SOCKS5'))) {
    return completionError('network', 'proxy-failed', details, neverSent);
  }
  if (codes.some(isCertificateCode)) {
    return completionError('network', 'certificate', details, neverSent);
  }
  if (systemCode === undefined) {
    // A `TypeError: terminated` without a cause: the body ended before its time.
    return context.phase === 'reading'
      ? completionError('network', 'connection-lost', details, cause)
      : completionError('network', 'unknown', details, cause);
  }
  if (hostCodes.has(systemCode)) return completionError('network', 'host-not-found', details, neverSent);
  if (unreachableCodes.has(systemCode)) {
    return completionError('network', 'connection-refused', details, neverSent);
  }
  if (timeoutCodes.has(systemCode) && context.phase === 'connecting') {
    return completionError('timeout', 'connect', { ...details, seconds: context.connectSeconds }, neverSent);
  }
  if (headerTimeoutCodes.has(systemCode)) return completionError('timeout', 'first-byte', details, cause);
  if (bodyTimeoutCodes.has(systemCode)) return completionError('timeout', 'idle', details, cause);
  if (lostCodes.has(systemCode) || /^(HPE_|Z_|ERR_HTTP2?_|ERR__ERROR_FORMAT)/.test(systemCode)) {
    return completionError('network', 'connection-lost', details, cause);
  }
  return completionError(
    'network',
    context.phase === 'reading' ? 'connection-lost' : 'unknown',
    details,
    cause,
  );
}

const hostCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'EAI_FAIL', 'ENODATA']);
const unreachableCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);
const timeoutCodes = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);
const headerTimeoutCodes = new Set(['UND_ERR_HEADERS_TIMEOUT']);
const bodyTimeoutCodes = new Set(['UND_ERR_BODY_TIMEOUT']);
const lostCodes = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Codes that say less than the cause below them. */
const wrappers: ReadonlySet<string> = new Set([
  'UND_ERR_ABORTED',
  'UND_ERR_INFO',
  'UND_ERR_INVALID_ARG',
  'UND_ERR_PRX_CONN',
  'UND_ERR_PRX_TLS',
]);

/** OpenSSL's verdicts on a certificate, Node's own, and handshakes that failed altogether. */
function isCertificateCode(code: string): boolean {
  return (
    /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_)/.test(code) ||
    /SELF_SIGNED_CERT|_CERT_|^(HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|EPROTO)$/.test(
      code,
    )
  );
}

/** The error and all that lies below it, through causes and the lists of failed addresses. */
function causesOf(thrown: unknown): readonly Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = [];
  const queue: unknown[] = [thrown];
  // The bound ends a cause that is its own.
  while (queue.length > 0 && found.length < 16) {
    const next = queue.shift();
    if (typeof next !== 'object' || next === null) continue;
    const error = next as Readonly<Record<string, unknown>>;
    found.push(error);
    queue.push(error['cause']);
    if (Array.isArray(error['errors'])) queue.push(...(error['errors'] as readonly unknown[]));
  }
  return found;
}

function codeOf(error: Readonly<Record<string, unknown>>): string | undefined {
  return typeof error['code'] === 'string' ? error['code'] : undefined;
}

/** The hop that could not be reached when it is not the one that was asked: then it is the proxy. */
function otherHop(chain: readonly Readonly<Record<string, unknown>>[], url: string): string | undefined {
  const asked = new URL(url);
  const askedPort = Number(asked.port) || (asked.protocol === 'http:' ? 80 : 443);
  for (const { code, address, port, hostname, message } of chain) {
    if (typeof code !== 'string') continue;
    if (unreachableCodes.has(code) && typeof port === 'number' && port !== askedPort) {
      return typeof address === 'string' ? `${address}:${port}` : String(port);
    }
    if (hostCodes.has(code) && typeof hostname === 'string' && hostname !== asked.hostname) return hostname;
    if (code === 'UND_ERR_CONNECT_TIMEOUT' && typeof message === 'string') {
      const [, attempted, attemptedPort] = /attempted address(?:es)?: ([^\s,]+?):(\d+)/.exec(message) ?? [];
      if (attempted !== undefined && Number(attemptedPort) !== askedPort)
        return `${attempted}:${attemptedPort}`;
    }
  }
  return undefined;
}

/** A proxy that refuses the tunnel is told by a sentence only. */
function proxyStatusIn(chain: readonly Readonly<Record<string, unknown>>[]): number | undefined {
  for (const { message } of chain) {
    if (typeof message !== 'string') continue;
    const status =
      /Proxy response \((\d{3})\)/.exec(message)?.[1] ??
      /Proxy Authentication Required \((407)\)/.exec(message)?.[1];
    if (status !== undefined) return Number(status);
  }
  return undefined;
}
