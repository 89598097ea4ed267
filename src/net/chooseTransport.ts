// Which of the two transports a window uses.
import type { Transport } from '../core/completion/transport.ts';

export interface TransportSettings {
  /** `codingLane.network.transport`. */
  readonly transport: 'auto' | 'editor' | 'undici';
  /** `http.proxySupport`; undefined where the editor has no such setting. */
  readonly proxySupport: string | undefined;
  /** `http.fetchAdditionalSupport`; undefined where the editor has no such setting. */
  readonly fetchAdditionalSupport: boolean | undefined;
}

/** `auto` is the editor's fetch, but where the editor has been told not to help it: then settings are honoured by us. */
export function chooseTransport(settings: TransportSettings): Transport['name'] {
  if (settings.transport !== 'auto') return settings.transport;
  const helpless = settings.proxySupport === 'off' || settings.fetchAdditionalSupport === false;
  return helpless ? 'undici' : 'editor';
}
