// Where each top-level token of a piece of markdown stands in the source.
import type { Token } from 'marked';

export interface PlacedToken {
  readonly token: Token;
  /** Offsets in the document's source. */
  readonly start: number;
  readonly end: number;
}

/** The tokens that show something, in order; `offset` is where the text that was read begins in the source. */
export function placeTokens(tokens: readonly Token[], offset: number): PlacedToken[] {
  const placed: PlacedToken[] = [];
  let start = offset;
  for (const token of tokens) {
    const end = start + token.raw.length;
    if (token.type !== 'space') placed.push({ token, start, end });
    start = end;
  }
  return placed;
}
