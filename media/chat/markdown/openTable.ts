// A table at the top level while it grows: complete rows are kept, only the one being written is read again.
import type { Token, Tokens } from 'marked';

import type { TableBlock, TableRow } from './block.ts';
import { isTable } from './boundedLexer.ts';
import { entryCount, noGroups, withEnding } from './groups.ts';
import type { Groups } from './groups.ts';

/** A table as it was just read: its two head lines, then the rows from `rowsStart` of the source on. */
export interface ReadTable {
  readonly token: Tokens.Table;
  readonly rowsStart: number;
}

export class OpenTable {
  /** The header and the row of dashes, put before the rest so that it reads as a table. */
  readonly head: string;
  readonly #start: number;
  readonly #header: TableRow;
  #finished: Groups<TableRow> = noGroups;
  #nextStart: number;

  constructor(token: Tokens.Table, start: number) {
    const headEnd = token.raw.indexOf('\n', token.raw.indexOf('\n') + 1) + 1;
    this.head = headEnd === 0 ? `${token.raw}\n` : token.raw.slice(0, headEnd);
    this.#start = start;
    this.#header = token.header;
    this.#nextStart = start + this.head.length;
  }

  continuesWith(token: Token | undefined): boolean {
    return token !== undefined && isTable(token);
  }

  /** Where the first row begins that may still change. */
  get nextStart(): number {
    return this.#nextStart;
  }

  /** Keeps the rows whose line is complete. Returns whether any are kept. */
  finish({ token, rowsStart }: ReadTable, source: string): boolean {
    const { ends, count } = completeRows(source, rowsStart, token.rows.length);
    if (count > 0) {
      this.#finished = withEnding(this.#finished, entryCount(this.#finished), token.rows.slice(0, count));
      this.#nextStart = ends;
    }
    return entryCount(this.#finished) > 0;
  }

  block(end: number, source: string, read?: ReadTable): TableBlock {
    const kept = entryCount(this.#finished);
    const alreadyKept =
      read && read.rowsStart < this.#nextStart ? lineCount(source, read.rowsStart, this.#nextStart) : 0;
    const open = read?.token.rows.slice(alreadyKept) ?? [];
    return {
      kind: 'table',
      start: this.#start,
      end,
      header: this.#header,
      rows: withEnding(this.#finished, kept, open),
    };
  }
}

function completeRows(
  source: string,
  start: number,
  limit: number,
): { readonly ends: number; readonly count: number } {
  let ends = start;
  let count = 0;
  while (count < limit) {
    const feed = source.indexOf('\n', ends);
    if (feed === -1) break;
    ends = feed + 1;
    count++;
  }
  return { ends, count };
}

function lineCount(source: string, start: number, end: number): number {
  let count = 0;
  for (
    let feed = source.indexOf('\n', start);
    feed !== -1 && feed < end;
    feed = source.indexOf('\n', feed + 1)
  )
    count++;
  return count;
}
