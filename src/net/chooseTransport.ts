// Which of the two transports a window uses, and how the second is had only when it is needed.
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

/** A transport that is loaded and made by its first request. */
export function lazyTransport(name: Transport['name'], make: () => Promise<Transport>): Transport {
  let made: Promise<Transport> | undefined;
  return {
    name,
    send: async (request) => {
      made ??= make();
      const transport = await made;
      request.signal.throwIfAborted();
      return transport.send(request);
    },
  };
}
