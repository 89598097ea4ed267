// What a key means in the composer, with input methods that use Enter to choose a word.
import type { SendWith } from '../../src/core/protocol/protocol.ts';

/** What is known of a key press; the fields of the browser's event. */
export interface KeyPress {
  readonly key: string;
  /** 229 while an input method handles the key, also where `isComposing` says nothing. */
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly timeStamp: number;
}

/** `default`: what the text field does by itself. `nothing`: not even that. */
export type KeyMeaning = 'send' | 'newline' | 'recallEarlier' | 'recallLater' | 'default' | 'nothing';

/** Milliseconds after a composition in which Enter still belongs to it: Safari reports the end before the key. */
const compositionGuard = 60;

export interface KeySituation {
  readonly sendWith: SendWith;
  /** When the last composition ended, on the clock of the events; undefined before the first. */
  readonly compositionEndedAt: number | undefined;
  /** The field is empty, or holds a recalled question that was not changed. */
  readonly canRecall: boolean;
}

export function isInputMethodKey(press: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return press.isComposing || press.keyCode === 229;
}

export function keyMeaning(press: KeyPress, situation: KeySituation): KeyMeaning {
  if (isInputMethodKey(press)) return 'default';
  const hasModifier = press.shiftKey || press.ctrlKey || press.metaKey || press.altKey;
  if (press.key === 'ArrowUp' && !hasModifier && situation.canRecall) return 'recallEarlier';
  if (press.key === 'ArrowDown' && !hasModifier && situation.canRecall) return 'recallLater';
  if (press.key !== 'Enter') return 'default';
  const endedAt = situation.compositionEndedAt;
  if (endedAt !== undefined && press.timeStamp - endedAt < compositionGuard) return 'nothing';
  if (press.ctrlKey || press.metaKey) return press.altKey || press.shiftKey ? 'default' : 'send';
  if (press.shiftKey || press.altKey) return 'newline';
  return situation.sendWith === 'enter' ? 'send' : 'newline';
}
