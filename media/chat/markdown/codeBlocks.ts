// Numbers the code blocks of an answer as the host does: depth-first, in document order, over the whole text.
import type { Tokens } from 'marked';

import type { Block, FenceBlock } from './block.ts';
import { codeTokens, lexMarkdown } from './boundedLexer.ts';
import { entriesOf } from './groups.ts';
import type { Groups } from './groups.ts';

/** What is shown as a code block: a fence at the top level, or a token inside another block. */
export type CodeSource = FenceBlock | Tokens.Code;

export interface CodeAddress {
  readonly block: number;
  /** UTF-16 units of its code, as marked reads it. */
  readonly length: number;
}

/** Undefined when the block is not part of these blocks any more. Asked for at a click, so it may read again. */
export function codeAddress(
  blocks: Groups<Block>,
  source: string,
  wanted: CodeSource,
): CodeAddress | undefined {
  let number = 0;
  for (const block of entriesOf(blocks)) {
    for (const { shown, code } of codeOf(block, source)) {
      if (shown === wanted) return { block: number, length: code.text.length };
      number++;
    }
  }
  return undefined;
}

function* codeOf(
  block: Block,
  source: string,
): Generator<{ readonly shown: CodeSource; readonly code: Tokens.Code }> {
  switch (block.kind) {
    case 'token':
      for (const code of codeTokens([block.token])) yield { shown: code, code };
      return;
    case 'list':
      for (const item of entriesOf(block.items)) {
        for (const code of codeTokens(item.tokens)) yield { shown: code, code };
      }
      return;
    case 'fence':
      for (const code of codeTokens(lexMarkdown(source.slice(block.start, block.end))))
        yield { shown: block, code };
      return;
    case 'plain':
      for (const code of codeTokens(lexMarkdown(source.slice(block.start, block.end))))
        yield { shown: code, code };
      return;
    case 'table':
  }
}
