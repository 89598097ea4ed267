// Whether an answer can be asked to go on from where it stopped.
import type { Answer } from './conversation.ts';

/** There must be text to go on from, and a refusal of the provider is not to be argued with. */
export function canContinue({ state, text, finishReason, error }: Answer): boolean {
  if (text === '' || error?.kind === 'content-filter') return false;
  return state === 'interrupted' || state === 'stopped' || (state === 'done' && finishReason === 'length');
}
