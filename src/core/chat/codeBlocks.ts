// The code blocks of an answer, counted as the view counts them: by the same lexer, depth first, in document order.
import { Lexer } from 'marked';
import type { Token } from 'marked';

export interface CodeBlock {
  /** As the model named it, or empty. */
  readonly language: string;
  readonly text: string;
}

/**
 * The block with this number from 0, if it has this length: the view may have seen another state of the answer.
 * undefined also when the answer is nested so deeply that it cannot be read.
 */
export function codeBlock(markdown: string, number: number, length: number): CodeBlock | undefined {
  const block = codeBlocks(markdown)[number];
  return block?.text.length === length ? block : undefined;
}

export function codeBlocks(markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  collect(blockTokens(markdown), blocks);
  return blocks;
}

/** Blocks only: code never hides in inline text, and inline text is where hostile input is slow to read (A36). */
function blockTokens(markdown: string): readonly Token[] {
  try {
    return new Lexer().blockTokens(markdown.replace(/\r\n|\r/g, '\n'), []);
  } catch (error) {
    // Thousands of nested quotes exhaust the lexer's stack; an answer like that has no block to offer.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function collect(tokens: readonly Token[], blocks: CodeBlock[]): void {
  for (const token of tokens) {
    if (token.type === 'code') {
      const { lang, text } = token as { lang?: string; text: string };
      blocks.push({ language: lang ?? '', text });
    } else if (token.type === 'list') {
      for (const item of (token as { items: readonly { tokens: readonly Token[] }[] }).items) {
        collect(item.tokens, blocks);
      }
    } else if ('tokens' in token && token.tokens) {
      collect(token.tokens, blocks);
    }
  }
}
