// The editor's translation in English: the sentence as written, with its blanks filled.
import type { L10n } from '../../../src/host/l10n.ts';

export const englishL10n: L10n = {
  t: (sentence, blanks = {}) =>
    sentence.replace(/\{(\w+)\}/g, (blank, name: string) => String(blanks[name] ?? blank)),
  language: 'en',
};
