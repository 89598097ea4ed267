// The guard: the only place that builds a URL from a lane, and the one that says whether an address may be a lane's.
import { type CompletionError, completionError } from '../completion/completionError.ts';
import { builtInOrigins, codingAddress, generalAddresses } from './builtInAddresses.ts';
import type { Lane, LaneKindId } from './lane.ts';
import { laneKind } from './laneKinds.ts';

export type Endpoint = 'chat/completions' | 'models';

/** What is wrong with an address that is refused as such; carried as `details.systemCode`. */
export type AddressFault =
  | 'not-a-url'
  | 'not-https'
  | 'user-info'
  | 'query'
  | 'odd-characters'
  | 'foreign-letters'
  | 'lookalike'
  | 'wrong-host';

/** Enough of a lane to say where it leads. */
export type Addressed = Pick<Lane, 'kind' | 'baseUrl'>;

/**
 * The URL of one of the lane's endpoints. The base URL is checked again, whatever checked it before.
 * @throws CompletionError `wrong-lane`, never sent
 */
export function endpointUrl(lane: Addressed, endpoint: Endpoint): string {
  return `${checkBaseUrl(lane.kind, lane.baseUrl)}/${endpoint}`;
}

/**
 * The origin that the lane's key is bound to.
 * @throws CompletionError `wrong-lane`
 */
export function originOf(lane: Addressed): string {
  return new URL(checkBaseUrl(lane.kind, lane.baseUrl)).origin;
}

/** Whether keys from the environment may be sent there: the built-in hosts and loopback, on the provider's own kinds. */
export function mayUseEnvironmentKey(lane: Addressed & Pick<Lane, 'envKeys'>): boolean {
  if (lane.envKeys.length === 0 || laneKind(lane.kind).envKeys.length === 0) return false;
  const origin = originOf(lane);
  return builtInOrigins.includes(origin) || isLoopback(origin);
}

/** This machine, as the extension host sees it. Names below `localhost` do not count: a resolver may send them elsewhere. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * The address as it is used: origin in lower case, dots resolved, without a trailing slash or a pasted endpoint.
 * @throws CompletionError `wrong-lane`, with the address as it was understood, without user-info, query and fragment
 */
export function checkBaseUrl(kind: LaneKindId, text: string): string {
  const url = parseAddress(text.trim());
  const path = basePath(url);
  const baseUrl = url.origin + path;
  const host = url.hostname.replace(/\.$/, '');
  const owner = ownerOf(host);
  if (owner === 'lookalike') throw invalidAddress('lookalike', baseUrl, builtInAddress(kind, path));
  if (owner === 'byteplus-site') throw invalidAddress('wrong-host', baseUrl, builtInAddress(kind, path));

  const codingInPath = path.toLowerCase().includes('/api/coding');
  switch (laneKind(kind).path) {
    case 'coding':
      if (owner === 'volcengine') throw misrouted(baseUrl, 'openai_compatible');
      if (!`${path}/`.includes('/api/coding/v3/')) throw misrouted(baseUrl, rightForCoding(url, path));
      return baseUrl;
    case 'general':
      if (owner === 'volcengine') throw misrouted(baseUrl, 'openai_compatible');
      if (codingInPath) throw misrouted(baseUrl, 'byteplus_coding');
      return baseUrl;
    case 'any':
      if (owner === 'byteplus') throw misrouted(baseUrl, codingInPath ? 'byteplus_coding' : 'byteplus');
      return baseUrl;
  }
}

function parseAddress(text: string): URL {
  // A URL parser forgives all of these by rewriting the address into one that nobody has read.
  if (!/^https?:\/\/[^/]/i.test(text)) throw invalidAddress('not-a-url', readableText(text));
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\\\s\u0000-\u001f\u007f]/.test(text)) throw invalidAddress('odd-characters', readableText(text));
  if (!URL.canParse(text)) throw invalidAddress('not-a-url', readableText(text));
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/]*@/.test(text)) {
    throw invalidAddress('user-info', readable(url));
  }
  if (/[?#]/.test(text)) throw invalidAddress('query', readable(url));
  // eslint-disable-next-line no-control-regex -- all of ASCII
  if (/[^\u0000-\u007f]/.test(text)) throw invalidAddress('foreign-letters', readable(url));
  if (url.pathname.includes('%')) throw invalidAddress('odd-characters', readable(url));
  if (url.protocol !== 'https:' && !isLoopback(url.origin)) throw invalidAddress('not-https', readable(url));
  return url;
}

function basePath(url: URL): string {
  return url.pathname
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .replace(/\/chat\/completions$/i, '');
}

/** Whose host it is, or whose it only looks like. */
function ownerOf(host: string): 'byteplus' | 'byteplus-site' | 'volcengine' | 'lookalike' | 'other' {
  if (within(host, 'bytepluses.com')) return 'byteplus';
  if (within(host, 'byteplus.com')) return 'byteplus-site';
  if (within(host, 'volces.com') || within(host, 'volcengine.com')) return 'volcengine';
  if (host.includes('bytepluses') || host.includes('byteplus.com.') || host.includes('volces.com.')) {
    return 'lookalike';
  }
  return 'other';
}

function within(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Where a coding lane's wrong path was meant to lead. */
function rightForCoding(url: URL, path: string): string {
  // The shorter path is the plan's Anthropic door: the right bill, but another protocol.
  if (path.toLowerCase().includes('/api/coding')) return `${url.origin}/api/coding/v3`;
  return `${path}/`.includes('/api/v3/') ? 'byteplus' : codingAddress;
}

/** The address to offer instead of one on a host that is not the provider's. */
function builtInAddress(kind: LaneKindId, path: string): string {
  const coding =
    laneKind(kind).path === 'coding' ||
    (laneKind(kind).path === 'any' && path.toLowerCase().includes('/api/coding'));
  return coding ? codingAddress : generalAddresses['ap-southeast-1'];
}

/** What may be shown of an address: the host as it would really be asked, nothing that may be a secret. */
function readable(url: URL): string {
  return url.origin + url.pathname;
}

/** The same for a text that may be anything, even a key pasted into the wrong field: then nothing is shown. */
function readableText(text: string): string | undefined {
  if (URL.canParse(text) && /^https?:/i.test(text)) return readable(new URL(text));
  if (!/[./]/.test(text) || text.includes('@')) return undefined;
  return text.replace(/[?#].*$/s, '');
}

function invalidAddress(
  fault: AddressFault,
  address: string | undefined,
  rightLane?: string,
): CompletionError {
  return completionError(
    'wrong-lane',
    'address-invalid',
    {
      systemCode: fault,
      ...(address === undefined ? {} : { address: address.slice(0, 300) }),
      ...(rightLane === undefined ? {} : { rightLane }),
    },
    { neverSent: true },
  );
}

function misrouted(address: string, rightLane: string): CompletionError {
  return completionError('wrong-lane', 'misrouted', { address, rightLane }, { neverSent: true });
}
