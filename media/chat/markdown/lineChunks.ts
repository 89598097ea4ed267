// Cuts a long text into pieces of a bounded number of lines, so that what grows is laid out a piece at a time.
import { noGroups, withEnding, entryCount } from './groups.ts';
import type { Groups } from './groups.ts';
import { isHighSurrogate } from './isHighSurrogate.ts';

/** Lines per piece: one piece is laid out again on each frame while it grows (figures in the benchmark's notes). */
const linesPerChunk = 40;
/** Characters per piece; a longer line is broken, since the layout of one line costs with its length. */
const charactersPerChunk = 4_096;

/** Pieces without the line feed between them. */
export type Chunks = Groups<string>;

/** Text that only ever gets longer, and the pieces it is drawn in; finished pieces never change. */
export class LineChunks {
  #chunks: Chunks = noGroups;
  #open = '';

  get chunks(): Chunks {
    return this.#chunks;
  }

  append(text: string): void {
    const finished: string[] = [];
    let rest = this.#open + text;
    for (let cut = firstCut(rest); cut !== undefined; cut = firstCut(rest)) {
      finished.push(rest.slice(0, cut.end));
      rest = rest.slice(cut.next);
    }
    const kept = Math.max(entryCount(this.#chunks) - 1, 0);
    this.#open = rest;
    this.#chunks = withEnding(this.#chunks, kept, [...finished, rest]);
  }
}

export function chunksOf(text: string): Chunks {
  const lines = new LineChunks();
  lines.append(text);
  return lines.chunks;
}

/** Where the first full piece ends and the next begins; undefined while the piece may still grow. */
function firstCut(text: string): { readonly end: number; readonly next: number } | undefined {
  let lines = 0;
  let feed = text.indexOf('\n');
  let lastFeed = -1;
  while (feed !== -1 && feed <= charactersPerChunk) {
    lastFeed = feed;
    if (++lines === linesPerChunk) return { end: feed, next: feed + 1 };
    feed = text.indexOf('\n', feed + 1);
  }
  if (text.length <= charactersPerChunk) return undefined;
  if (lastFeed !== -1) return { end: lastFeed, next: lastFeed + 1 };
  const space = text.lastIndexOf(' ', charactersPerChunk);
  const end =
    space > charactersPerChunk / 2
      ? space + 1
      : charactersPerChunk - (isHighSurrogate(text.charCodeAt(charactersPerChunk - 1)) ? 1 : 0);
  return { end, next: end };
}
