// The one door to VS Code: posting wishes, hearing facts, and the little that this view remembers across reloads.
import type { Fact, Intent } from '../../src/core/protocol/protocol.ts';

interface VsCodeApi {
  readonly postMessage: (message: Intent) => void;
  readonly getState: () => unknown;
  readonly setState: (state: Remembered) => void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Convenience only; the conversation itself is the host's. */
export interface Remembered {
  readonly place?: { readonly turnId: string; readonly offset: number } | undefined;
  readonly unfolded?: readonly string[];
}

export interface Host {
  readonly post: (intent: Intent) => void;
  readonly onFact: (listener: (fact: Fact) => void) => void;
  readonly recall: () => Remembered;
  readonly remember: (part: Remembered) => void;
}

/** To be called once: VS Code hands its API out a single time. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  let remembered = (api.getState() ?? {}) as Remembered;
  return {
    post: (intent) => api.postMessage(intent),
    onFact(listener) {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isFact(event.data)) listener(event.data);
      });
    },
    recall: () => remembered,
    remember(part) {
      remembered = { ...remembered, ...part };
      api.setState(remembered);
    },
  };
}

function isFact(data: unknown): data is Fact {
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  return type === 'view/opened' || type === 'view/changed';
}
