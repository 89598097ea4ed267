// The text of one answer while it grows, as blocks: only the last one is read again, everything before it is finished.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Links, Token, Tokens } from 'marked';

import type { Block, FenceBlock, PlainBlock } from './block.ts';
import { isCode, isList, isTable, lexMarkdown, maxInlineLength } from './boundedLexer.ts';
import { entryAt, noGroups, withEnding } from './groups.ts';
import type { Groups } from './groups.ts';
import { isHighSurrogate } from './isHighSurrogate.ts';
import { completeEnding } from './openEnding.ts';
import { OpenFence } from './openFence.ts';
import type { BegunFence } from './openFence.ts';
import { OpenList } from './openList.ts';
import { OpenTable } from './openTable.ts';
import { PlainRun } from './plainRun.ts';
import type { PlainRunKind } from './plainRun.ts';
import { reuseToken } from './reuseTokens.ts';
import { placeTokens } from './placedTokens.ts';
import type { PlacedToken } from './placedTokens.ts';

/** A block other than a paragraph, list, table or fence that is longer than this is drawn as plain text from its start. */
const maxContainerLength = 24_576;
const carriageReturn = 0x0d;
/** They are copied on each read, so a flood of them has to end somewhere. */
const maxLinks = 200;

type Run =
  | { readonly kind: 'fence'; readonly start: number; readonly body: OpenFence }
  | { readonly kind: 'plain'; readonly start: number; readonly body: PlainRun };

/**
 * `append` only takes note; `advance` reads a bounded piece and publishes the blocks, so that a frame decides itself
 * how much it does. A restored answer takes the same road as a streaming one.
 */
export class GrowingDocument {
  readonly #blocks = signal<Groups<Block>>(noGroups);
  #pending = '';
  #hasEnded = false;
  /** Everything read so far, with line feeds only. */
  #source = '';
  /** Blocks before this number are finished, and so is the source before `#tailStart`. */
  #finished = 0;
  #tailStart = 0;
  #run: Run | undefined;
  /** A list or table whose first items or rows are finished; the tail goes on behind those. */
  #growing: OpenList | OpenTable | undefined;
  /** Definitions such as "[1]: https://…" in finished blocks. */
  readonly #links = Object.create(null) as Links;
  #linkCount = 0;

  get blocks(): ReadonlySignal<Groups<Block>> {
    return this.#blocks;
  }

  get source(): string {
    return this.#source;
  }

  /** UTF-16 units that `advance` has not read yet. */
  get pendingLength(): number {
    return this.#pending.length;
  }

  append(text: string): void {
    this.#pending += text;
    this.#hasEnded = false;
  }

  /** No more text will come, as far as is known: what was held back is to be drawn. `append` takes it up again. */
  end(): void {
    this.#hasEnded = true;
  }

  /** Reads at most about `limit` units. Returns whether there is more to read. */
  advance(limit: number): boolean {
    const piece = this.#take(limit);
    this.#source += piece;
    const isSettled = this.#hasEnded && this.#pending === '';
    let rest: string | undefined = piece;
    while (rest !== undefined) {
      rest = this.#run === undefined ? this.#read(isSettled) : this.#feed(this.#run, rest, isSettled);
    }
    return this.#readableLength > 0;
  }

  /** Half a character or half a line ending waits for its other half. */
  get #readableLength(): number {
    const last = this.#pending.charCodeAt(this.#pending.length - 1);
    const isHalf = !this.#hasEnded && (last === carriageReturn || isHighSurrogate(last));
    return this.#pending.length - (isHalf ? 1 : 0);
  }

  #take(limit: number): string {
    let end = Math.min(Math.max(limit, 2), this.#readableLength);
    const last = this.#pending.charCodeAt(end - 1);
    if (end < this.#readableLength && (last === carriageReturn || isHighSurrogate(last))) end--;
    const piece = this.#pending.slice(0, end);
    this.#pending = this.#pending.slice(end);
    return piece.includes('\r') ? piece.replace(/\r\n?/g, '\n') : piece;
  }

  /** Gives a fence or a plain run its next text; what lies behind its end is read as markdown again. */
  #feed(run: Run, text: string, isSettled: boolean): string | undefined {
    const rest = run.body.feed(text);
    if (rest === undefined) {
      if (isSettled) run.body.settle();
      this.#publish([runBlock(run, this.#source.length, isSettled)]);
      return undefined;
    }
    const end = this.#source.length - rest.length;
    this.#finish([runBlock(run, end, true)], end);
    this.#run = undefined;
    return rest;
  }

  /** Reads the tail. Returns the text to go on with when it led into a run, else undefined. */
  #read(isSettled: boolean): string | undefined {
    const tail = this.#source.slice(this.#tailStart);
    const head = this.#growing instanceof OpenTable ? this.#growing.head : '';
    const text = head + (isSettled ? tail : completeEnding(tail));
    const placed = placeTokens(lexMarkdown(text, { ...this.#links }), this.#tailStart - head.length);
    if (this.#growing && !this.#growing.continuesWith(placed[0]?.token)) {
      this.#finish([this.#growingBlock(this.#growing, this.#tailStart)], this.#tailStart);
      return this.#read(isSettled);
    }
    const fence = placed.findIndex((entry) => this.#isFence(entry));
    const begun = fence === -1 ? undefined : OpenFence.begin(this.#source.slice(placed[fence]?.start));
    if (begun) return this.#beginFence(begun, placed.slice(0, fence), placed[fence]?.start ?? 0);

    const open = Math.max(
      placed.findLastIndex(({ start }) => this.#hasLine(start)),
      0,
    );
    const first = placed[open];
    if (open > 0 && first) this.#finish(this.#asBlocks(placed.slice(0, open)), first.start);
    if (first) {
      const overflow = this.#beginOverflow(first);
      if (overflow !== undefined) return overflow;
      this.#finishParts(first);
    }
    this.#publish(this.#asBlocks(placed.slice(open)));
    return undefined;
  }

  #hasLine(start: number): boolean {
    return this.#source.indexOf('\n', start) !== -1;
  }

  #isFence({ token, start }: PlacedToken): boolean {
    return isCode(token) && token.codeBlockStyle !== 'indented' && this.#hasLine(start);
  }

  #beginFence(begun: BegunFence, before: readonly PlacedToken[], start: number): string {
    this.#finish(this.#asBlocks(before), start);
    this.#run = { kind: 'fence', start, body: begun.fence };
    return begun.rest;
  }

  /** A block that has become too long to be read again on each frame goes on as plain text. */
  #beginOverflow({ token, start }: PlacedToken): string | undefined {
    if (token.type === 'paragraph' && token.raw.length > maxInlineLength) {
      const cut = lastGap(this.#source, start, start + maxInlineLength);
      const kept = lexMarkdown(this.#source.slice(start, cut), { ...this.#links });
      this.#finish(this.#asBlocks(placeTokens(kept, start)), cut);
      return this.#beginPlain('paragraph', cut);
    }
    const openStart = this.#growing?.nextStart ?? start;
    const hasSeveralParts = isTable(token)
      ? this.#hasLine(openStart)
      : isList(token) && token.items.length > 1;
    if (hasSeveralParts || this.#source.length - openStart <= maxContainerLength) return undefined;
    this.#finish(this.#growing ? [this.#growingBlock(this.#growing, openStart)] : [], openStart);
    return this.#beginPlain('container', openStart);
  }

  #beginPlain(kind: PlainRunKind, start: number): string {
    const isInsideLine = kind === 'container' || this.#source[start - 1] !== '\n';
    this.#run = { kind: 'plain', start, body: new PlainRun(kind, isInsideLine) };
    return this.#source.slice(start);
  }

  /** Finishes the items or rows of the open list or table that can no longer change. */
  #finishParts({ token, start }: PlacedToken): void {
    if (isList(token)) {
      const list = this.#growing instanceof OpenList ? this.#growing : new OpenList(token, start);
      if (list.finish({ token, start }, this.#source)) this.#growing = list;
    } else if (isTable(token)) {
      const table = this.#growing instanceof OpenTable ? this.#growing : new OpenTable(token, start);
      const rowsStart = start + table.head.length;
      if (table.finish({ token, rowsStart }, this.#source)) this.#growing = table;
    }
    this.#tailStart = this.#growing?.nextStart ?? this.#tailStart;
  }

  #asBlocks(placed: readonly PlacedToken[]): Block[] {
    return placed.map((entry, index) => this.#asBlock(entry, this.#finished + index, index === 0));
  }

  #asBlock({ token, start, end }: PlacedToken, number: number, isFirst: boolean): Block {
    const growing = isFirst ? this.#growing : undefined;
    const before = entryAt(this.#blocks.value, number);
    if (isList(token)) {
      const list = growing instanceof OpenList ? growing : new OpenList(token, start);
      return list.block(end, { token, start }, before?.kind === 'list' ? before.items : undefined);
    }
    if (isTable(token)) {
      const table = growing instanceof OpenTable ? growing : new OpenTable(token, start);
      return table.block(end, this.#source, { token, rowsStart: start + table.head.length });
    }
    const former = before?.kind === 'token' && before.start === start ? before.token : undefined;
    const kept = reuseToken(former, token);
    return before?.kind === 'token' && kept === before.token
      ? before
      : { kind: 'token', start, end, token: kept };
  }

  #growingBlock(growing: OpenList | OpenTable, end: number): Block {
    return growing instanceof OpenList ? growing.block(end) : growing.block(end, this.#source);
  }

  /** These blocks will not change any more; the tail begins at `tailStart`. */
  #finish(blocks: readonly Block[], tailStart: number): void {
    this.#publish(blocks);
    for (const block of blocks) if (block.kind === 'token') this.#noteLink(block.token);
    this.#finished += blocks.length;
    this.#tailStart = tailStart;
    this.#growing = undefined;
  }

  #noteLink(token: Token): void {
    if (token.type !== 'def') return;
    const { tag, href, title } = token as Tokens.Def;
    if (!Object.hasOwn(this.#links, tag) && ++this.#linkCount <= maxLinks) this.#links[tag] = { href, title };
  }

  #publish(open: readonly Block[]): void {
    this.#blocks.value = withEnding(this.#blocks.value, this.#finished, open);
  }
}

function runBlock(run: Run, end: number, isClosed: boolean): FenceBlock | PlainBlock {
  const { start } = run;
  if (run.kind === 'plain') return { kind: 'plain', start, end, chunks: run.body.chunks };
  const { language, chunks } = run.body;
  return { kind: 'fence', start, end, language, chunks, isClosed };
}

/** The end of the last word before `end`, so that no word and no character is torn. */
function lastGap(text: string, start: number, end: number): number {
  const piece = text.slice(start, end);
  const gap = Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\n'));
  if (gap > piece.length / 2) return start + gap + 1;
  return isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
}
