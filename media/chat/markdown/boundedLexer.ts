// Reads markdown into tokens with marked's lexer, within bounds that keep hostile text from taking the frame.
import { Lexer, Tokenizer, getDefaults } from 'marked';
import type { Links, Token, Tokens } from 'marked';

/** Quotes and lists nested deeper than this stay text; marked itself overflows the stack at some thousand. */
const maxDepth = 16;
/** A run of text longer than this stays plain: laying it out again on each frame costs more than it shows. */
export const maxInlineLength = 16_384;
/** Delimiters in one run of text from which marked's search for their partners, quadratic at worst, is not begun. */
const maxEmphasisMarks = 300;
const maxBracketMarks = 600;

class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.#nested(() => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return this.#nested(() => super.list(source));
  }

  #nested<Result>(read: () => Result | undefined): Result | undefined {
    if (this.#depth >= maxDepth) return undefined;
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
}

/**
 * Tokens of the source, which has only line feeds. `links` holds the link definitions met so far and takes new ones.
 * Never throws: what cannot be read comes back as one paragraph of plain text.
 */
export function lexMarkdown(source: string, links: Links = Object.create(null) as Links): Token[] {
  const lexer = new Lexer({ ...getDefaults(), gfm: true, tokenizer: new BoundedTokenizer() });
  lexer.tokens.links = links;
  try {
    lexer.blockTokens(source, lexer.tokens);
    for (const run of lexer.inlineQueue) {
      lexer.state.inRawBlock = false;
      if (isCostly(run.src)) run.tokens.push(plainText(run.src));
      else lexer.inlineTokens(run.src, run.tokens);
    }
    return lexer.tokens;
  } catch {
    // Reading is all that can fail here, and the text itself is the answer to that: nothing is lost or hidden.
    return [{ type: 'paragraph', raw: source, text: source, tokens: [plainText(source)] }];
  }
}

function isCostly(text: string): boolean {
  if (text.length > maxInlineLength) return true;
  let emphasis = 0;
  let brackets = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x2a: // *
      case 0x5f: // _
      case 0x7e: // ~
        emphasis++;
        break;
      case 0x3c: // <
      case 0x5b: // [
      case 0x60: // `
        brackets++;
    }
  }
  return emphasis > maxEmphasisMarks || brackets > maxBracketMarks;
}

function plainText(text: string): Tokens.Text {
  return { type: 'text', raw: text, text, escaped: true };
}

/** The code blocks among these tokens and inside them, in the order in which they stand in the document. */
export function* codeTokens(tokens: readonly Token[]): Generator<Tokens.Code> {
  for (const token of tokens) {
    if (isCode(token)) yield token;
    else if (isList(token)) for (const item of token.items) yield* codeTokens(item.tokens);
    else if (token.type === 'blockquote') yield* codeTokens(token.tokens ?? []);
  }
}

export function isCode(token: Token): token is Tokens.Code {
  return token.type === 'code';
}

export function isList(token: Token): token is Tokens.List {
  return token.type === 'list';
}

export function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table';
}
