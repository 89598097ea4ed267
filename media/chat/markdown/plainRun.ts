// Takes over where a block has become too long to read again on each frame, and draws its rest as plain text.
import { lexMarkdown } from './boundedLexer.ts';
import { LineChunks } from './lineChunks.ts';
import type { Chunks } from './lineChunks.ts';

/** What a line of an oversized block begins with decides whether the block goes on; no need to see all of it. */
const decisiveLength = 200;

/** `paragraph` ends at a blank line or a block that interrupts it; `container` at a blank line and text at the margin. */
export type PlainRunKind = 'paragraph' | 'container';

export class PlainRun {
  readonly #kind: PlainRunKind;
  readonly #text = new LineChunks();
  /** The begun line while it is too short to be judged; afterwards the rest of it is taken as it comes. */
  #line = '';
  #isLineTaken: boolean;
  #isAfterBlank = false;

  /** `isInsideLine`: what comes first continues a line, so it cannot end the block. */
  constructor(kind: PlainRunKind, isInsideLine: boolean) {
    this.#kind = kind;
    this.#isLineTaken = isInsideLine;
  }

  get chunks(): Chunks {
    return this.#text.chunks;
  }

  /** Takes text and returns what lies behind the block, or undefined while it goes on. */
  feed(text: string): string | undefined {
    const whole = this.#line + text;
    this.#line = '';
    let start = 0;
    let taken = '';
    while (start < whole.length) {
      const feed = whole.indexOf('\n', start);
      const end = feed === -1 ? whole.length : feed + 1;
      const line = whole.slice(start, end);
      if (!this.#isLineTaken) {
        if (feed === -1 && line.length < decisiveLength) {
          this.#line = line;
          break;
        }
        if (this.#ends(line)) {
          this.#text.append(taken);
          return whole.slice(start);
        }
      }
      taken += line;
      this.#isLineTaken = feed === -1;
      start = end;
    }
    if (taken !== '') this.#text.append(taken);
    return undefined;
  }

  /** The answer ends here, at least for now: the begun line is shown as it is. */
  settle(): void {
    if (this.#line === '') return;
    this.#text.append(this.#line);
    this.#line = '';
    this.#isLineTaken = true;
  }

  #ends(line: string): boolean {
    const isBlank = line.trim() === '';
    if (this.#kind === 'container') {
      const isAtMargin = !isBlank && !/^(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])/.test(line);
      const hasEnded = this.#isAfterBlank && isAtMargin;
      this.#isAfterBlank = isBlank;
      return hasEnded;
    }
    if (isBlank) return true;
    if (!/^ {0,3}[#>`~<*+_|\d-]/.test(line)) return false;
    return lexMarkdown(`x\n${line.slice(0, decisiveLength)}\n`).length > 1;
  }
}
