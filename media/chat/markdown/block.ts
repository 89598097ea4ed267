// The blocks that a drawn answer consists of. A finished one never changes, so whoever draws it can go by identity.
import type { Token, Tokens } from 'marked';

import type { Groups } from './groups.ts';
import type { Chunks } from './lineChunks.ts';

interface Placed {
  /** Offsets in the document's source, UTF-16. `end` is what is known so far while the block is open. */
  readonly start: number;
  readonly end: number;
}

/** Anything without a room of its own below: paragraph, heading, quote, rule, raw HTML as text. */
export interface TokenBlock extends Placed {
  readonly kind: 'token';
  readonly token: Token;
}

/** A list at the top level; finished items keep their identity while it grows. */
export interface ListBlock extends Placed {
  readonly kind: 'list';
  readonly isOrdered: boolean;
  readonly first: number;
  readonly items: Groups<Tokens.ListItem>;
}

export type TableRow = readonly Tokens.TableCell[];

/** A table at the top level; finished rows keep their identity while it grows. */
export interface TableBlock extends Placed {
  readonly kind: 'table';
  readonly header: TableRow;
  readonly rows: Groups<TableRow>;
}

/** A fenced code block at the top level, drawn in chunks of lines. */
export interface FenceBlock extends Placed {
  readonly kind: 'fence';
  readonly language: string;
  readonly chunks: Chunks;
  /** Nothing will be added: time to highlight it. */
  readonly isClosed: boolean;
}

/** The rest of a block that grew too long. */
export interface PlainBlock extends Placed {
  readonly kind: 'plain';
  readonly chunks: Chunks;
}

export type Block = TokenBlock | ListBlock | TableBlock | FenceBlock | PlainBlock;
