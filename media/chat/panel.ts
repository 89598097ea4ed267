// What every part of the panel can reach: what is shown, how to ask the host, and what this view remembers itself.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReadonlySignal, Signal } from '@preact/signals';

import type { Intent, ViewWords } from '../../src/core/protocol/protocol.ts';
import type { ComposerNote, Store } from './store.ts';

export interface Panel {
  readonly store: Store;
  readonly post: (intent: Intent) => void;
  /** Turns whose thinking is unfolded. */
  readonly unfolded: Signal<ReadonlySet<string>>;
  /** Read out once, for things that are otherwise only seen, such as "Copied". */
  readonly announcement: ReadonlySignal<string>;
  readonly announce: (text: string) => void;
  /** Where the reader was when the view was last thrown away. */
  readonly place: ReaderPlace;
  /** The composer says here what it does with notes of the host. */
  readonly onComposerNote: (listener: (note: ComposerNote) => void) => void;
}

export interface ReaderPlace {
  /** Undefined: at the end. */
  readonly read: () => { readonly turnId: string; readonly offset: number } | undefined;
  readonly write: (place: { readonly turnId: string; readonly offset: number } | undefined) => void;
}

export const PanelContext = createContext<Panel | undefined>(undefined);

export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (!panel) throw new Error('This part is drawn outside the panel.');
  return panel;
}

/** The words; the panel draws nothing before they are there. */
export function useWords(): ViewWords {
  const words = usePanel().store.words.value;
  if (!words) throw new Error('This part is drawn before the words have come.');
  return words;
}
