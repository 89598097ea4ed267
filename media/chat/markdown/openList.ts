// A list at the top level while it grows: items that a later item has ended are kept and never read again.
import type { Token, Tokens } from 'marked';

import type { ListBlock } from './block.ts';
import { isList } from './boundedLexer.ts';
import { entryAt, entryCount, noGroups, withEnding } from './groups.ts';
import type { Groups } from './groups.ts';
import { reuseTokens } from './reuseTokens.ts';

/** A list as it was just read, which begins at `nextStart` of that time. */
export interface ReadList {
  readonly token: Tokens.List;
  readonly start: number;
}

export class OpenList {
  readonly #start: number;
  readonly #isOrdered: boolean;
  readonly #first: number;
  #finished: Groups<Tokens.ListItem> = noGroups;
  #nextStart: number;

  constructor(token: Tokens.List, start: number) {
    this.#start = start;
    this.#nextStart = start;
    this.#isOrdered = token.ordered;
    this.#first = token.start === '' ? 1 : token.start;
  }

  /** Whether this list, read from `nextStart` on, is still the same one. */
  continuesWith(token: Token | undefined): boolean {
    return token !== undefined && isList(token) && token.ordered === this.#isOrdered;
  }

  /** Where the first item begins that may still change. */
  get nextStart(): number {
    return this.#nextStart;
  }

  /** Keeps the items before the last one whose first line is complete. Returns whether any are kept. */
  finish({ token, start }: ReadList, source: string): boolean {
    const starts = itemStarts(token, start);
    const open = starts.findLastIndex((itemStart) => source.indexOf('\n', itemStart) !== -1);
    const next = starts[open];
    if (open > 0 && next !== undefined) {
      this.#finished = withEnding(this.#finished, entryCount(this.#finished), token.items.slice(0, open));
      this.#nextStart = next;
    }
    return entryCount(this.#finished) > 0;
  }

  /** The list with the finished items and those just read that follow them; unchanged ones keep their identity. */
  block(end: number, read?: ReadList, before?: Groups<Tokens.ListItem>): ListBlock {
    const kept = entryCount(this.#finished);
    const starts = read ? itemStarts(read.token, read.start) : [];
    const open = read?.token.items.filter((_, index) => (starts[index] ?? 0) >= this.#nextStart) ?? [];
    const items = open.map((item, index) => {
      const previous = before && entryAt(before, kept + index);
      if (previous?.raw === item.raw) return previous;
      return { ...item, tokens: reuseTokens(previous?.tokens, item.tokens) };
    });
    return {
      kind: 'list',
      start: this.#start,
      end,
      isOrdered: this.#isOrdered,
      first: this.#first,
      items: withEnding(this.#finished, kept, items),
    };
  }
}

function itemStarts(token: Tokens.List, start: number): number[] {
  const starts: number[] = [];
  let next = start;
  for (const item of token.items) {
    starts.push(next);
    next += item.raw.length;
  }
  return starts;
}
