// The transport for the next request: the editor's fetch, or our own connections, made when first needed.
import type { Transport } from '../core/completion/transport.ts';
import { chooseTransport } from './chooseTransport.ts';
import type { TransportSettings } from './chooseTransport.ts';
import { editorTransport } from './editorTransport.ts';
import type { UndiciOptions, UndiciTransport } from './undiciTransport.ts';

/** `read` is called for each request, so that a changed setting counts from the next one on. */
export function transportChooser(read: () => TransportSettings & UndiciOptions): () => Promise<Transport> {
  let made: { readonly options: string; readonly transport: Promise<UndiciTransport> } | undefined;
  return async () => {
    const settings = read();
    if (chooseTransport(settings) === 'editor') return editorTransport;
    const options = JSON.stringify(settings);
    if (made?.options !== options) {
      const outdated = made?.transport;
      made = { options, transport: load(settings) };
      // Answers that still come through the old pool are left to finish.
      void outdated?.then((transport) => transport.close());
    }
    return made.transport;
  };
}

async function load(options: UndiciOptions): Promise<UndiciTransport> {
  const { createUndiciTransport } = await import('./undiciTransport.ts');
  return createUndiciTransport(options);
}
