// The code blocks of an answer, counted as the view counts them: by the same lexer, depth first, in document order.
import { getDefaults, Lexer, Tokenizer } from 'marked';
import type { Token, Tokens } from 'marked';

export interface CodeBlock {
  /** As the model named it, or empty. */
  readonly language: string;
  readonly text: string;
}

/** The view's figure: deeper quotes and lists stay text there, and without a bound the lexer's stack overflows. */
const deepestNesting = 16;

/** The block with this number from 0, if it has this length: the view may have seen another state of the answer. */
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
  const lexer = new Lexer({ ...getDefaults(), gfm: true, tokenizer: new BoundedTokenizer() });
  return lexer.blockTokens(markdown.replace(/\r\n|\r/g, '\n'), []);
}

class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.#nested(() => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return this.#nested(() => super.list(source));
  }

  #nested<T>(read: () => T | undefined): T | undefined {
    if (this.#depth >= deepestNesting) return undefined;
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}

function collect(tokens: readonly Token[], blocks: CodeBlock[]): void {
  for (const token of tokens) {
    if (isCode(token)) blocks.push({ language: token.lang ?? '', text: token.text });
    else if (isList(token)) for (const item of token.items) collect(item.tokens, blocks);
    else if (token.type === 'blockquote') collect(token.tokens ?? [], blocks);
  }
}

function isCode(token: Token): token is Tokens.Code {
  return token.type === 'code';
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list';
}
