// What the text of an answer can ask for; the thinking of an answer can only open links.
import { createContext } from 'preact';

import type { ViewWords } from '../../../src/core/protocol/protocol.ts';
import type { CodeSource } from './codeBlocks.ts';

export interface AnswerContext {
  readonly words: Pick<
    ViewWords,
    'copyCode' | 'insertAtCursor' | 'copied' | 'codeLanguage' | 'imageNotLoaded'
  >;
  readonly openLink: (href: string) => void;
  /** Absent where code has no buttons. */
  readonly code?: {
    readonly copy: (source: CodeSource) => void;
    readonly insert: (source: CodeSource) => void;
  };
}

const wordless = { copyCode: '', insertAtCursor: '', copied: '', codeLanguage: '', imageNotLoaded: '' };

export const AnswerContext = createContext<AnswerContext>({ words: wordless, openLink: () => undefined });
