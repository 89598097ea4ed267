// Follows a fenced code block line by line while it streams in, without reading it again.
import { LineChunks } from './lineChunks.ts';
import type { Chunks } from './lineChunks.ts';

/** As marked reads it: indentation, the run of marks, and what follows on the line. */
const opening = /^( {0,3})(`{3,}(?=[^`\n]*\n)|~{3,})([^\n]*)\n/;

export interface BegunFence {
  readonly fence: OpenFence;
  /** The text behind the opening line. */
  readonly rest: string;
}

export class OpenFence {
  readonly language: string;
  readonly #closing: RegExp;
  readonly #mayClose: RegExp;
  readonly #indentation: number;
  readonly #code = new LineChunks();
  /** The line that has not ended yet, and how much of it is drawn already. */
  #line = '';
  #drawnOfLine = 0;
  #isEmpty = true;
  #isClosed = false;

  /** Undefined unless `text` begins with the complete first line of a fence. */
  static begin(text: string): BegunFence | undefined {
    const match = opening.exec(text);
    if (!match) return undefined;
    const [line, indentation = '', marks = '', info = ''] = match;
    return { fence: new OpenFence(indentation, marks, info), rest: text.slice(line.length) };
  }

  private constructor(indentation: string, marks: string, info: string) {
    const mark = marks.charAt(0);
    this.language = info.trim().split(/[\s,{]/, 1)[0] ?? '';
    this.#closing = new RegExp(`^ {0,3}${marks}${mark}* *$`);
    this.#mayClose = new RegExp(`^ {0,3}${mark}* *$`);
    // marked takes the indentation off only behind backticks, so do we: copied code has to be what is seen.
    this.#indentation = mark === '`' ? indentation.length : 0;
  }

  get chunks(): Chunks {
    return this.#code.chunks;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Takes text and returns what lies behind the closing line, or undefined while the fence is open. */
  feed(text: string): string | undefined {
    this.#isClosed = false;
    const whole = this.#line + text;
    let start = 0;
    let addition = '';
    for (let end = whole.indexOf('\n'); end !== -1; end = whole.indexOf('\n', start)) {
      const line = whole.slice(start, end);
      start = end + 1;
      if (this.#closing.test(line)) {
        this.#code.append(addition);
        this.#line = '';
        this.#isClosed = true;
        return whole.slice(start);
      }
      addition += this.#undrawn(line);
      this.#drawnOfLine = 0;
    }
    this.#line = whole.slice(start);
    // A short line waits until it can no longer be the closing one; anything else is drawn as it comes.
    if (this.#line !== '' && !this.#mayClose.test(this.#line)) {
      addition += this.#undrawn(this.#line);
      this.#drawnOfLine = this.#line.length;
    }
    if (addition !== '') this.#code.append(addition);
    return undefined;
  }

  /** The answer ends here, at least for now: what was held back is the closing line without its line feed, or code. */
  settle(): void {
    if (this.#closing.test(this.#line)) {
      this.#isClosed = true;
    } else if (this.#line.length > this.#drawnOfLine) {
      this.#code.append(this.#undrawn(this.#line));
      this.#drawnOfLine = this.#line.length;
    }
  }

  #undrawn(line: string): string {
    if (this.#drawnOfLine > 0) return line.slice(this.#drawnOfLine);
    const spaces = line.length - line.trimStart().length;
    const text = line.slice(Math.min(spaces, this.#indentation));
    const isFirst = this.#isEmpty;
    this.#isEmpty = false;
    return isFirst ? text : `\n${text}`;
  }
}
