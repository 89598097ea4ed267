// Keeps the tokens of an open block that read the same again, so that drawing it looks only at what changed.
import type { Token, Tokens } from 'marked';

import { isList } from './boundedLexer.ts';

/** `now` with every token that stood there before with the same text replaced by that former one. */
export function reuseTokens(before: readonly Token[] | undefined, now: readonly Token[]): Token[] {
  return now.map((token, index) => reuseToken(before?.[index], token));
}

export function reuseToken(before: Token | undefined, now: Token): Token {
  if (before?.type !== now.type) return now;
  if (before.raw === now.raw) return before;
  if (isList(now) && isList(before)) {
    const items = now.items.map((item, index) => {
      const former = before.items[index];
      if (former?.raw === item.raw) return former;
      return { ...item, tokens: reuseTokens(former?.tokens, item.tokens) };
    });
    return { ...now, items };
  }
  if (now.type === 'blockquote') {
    const former = before as Tokens.Blockquote;
    return { ...now, tokens: reuseTokens(former.tokens, (now as Tokens.Blockquote).tokens) };
  }
  return now;
}
