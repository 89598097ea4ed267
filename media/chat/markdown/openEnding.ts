// Draws the unfinished end of a streaming answer as it will be: half-open markup is closed, half-typed marks are held back.

/** A line of marks longer than this is shown although it may still become something else. */
const longestHeldLine = 240;
/** How far back an unfinished link or image may begin. */
const longestHeldLink = 2_000;

/** Only marks so far: a list bullet, an underline of a heading, a rule, a fence or a table row may come of it. */
const undecidedLine =
  /^[ \t>]*(?:[-+*_=~`#:| \t]+|(?:[-+*][ \t]+|\d{1,9}[.)][ \t]+)*(?:\d{1,9}[.)]?|[-+*_=~`#:|]{1,9})?)[ \t]*$/;
/** The line that opens a fence: shown when it is complete, since the language is part of it. */
const fenceOpening = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:`{3,}[^`\n]*|~{3,}[^\n]*)$/;
const fenceLine = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)$/;
/** A new line of this kind ends the run of text before it, so markup left open there stays open. */
const runStart =
  /^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|^[ \t>]*#{1,6}[ \t]+|^[ \t]*>[ \t>]*/;
const tableLine = /^[ \t]*\|/;
const delimiterRow = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** The text to draw for `tail`, the part of an answer that is not finished yet. */
export function completeEnding(tail: string): string {
  const text = holdTableHeader(holdLastLine(tail));
  if (text === '' || isVerbatim(text)) return text;
  const start = startOfRun(text);
  return text.slice(0, start) + closeRun(text.slice(start));
}

function holdLastLine(tail: string): string {
  const start = tail.lastIndexOf('\n') + 1;
  const line = tail.slice(start);
  if (line === '' || line.length > longestHeldLine) return tail;
  if (undecidedLine.test(line) || fenceOpening.test(line)) return tail.slice(0, start);
  return tail;
}

/** The first row of a table is held back until the row of dashes says that it is one. */
function holdTableHeader(text: string): string {
  const lines = text.split('\n');
  const isComplete = lines.at(-1) === '';
  if (isComplete) lines.pop();
  const last = lines.at(-1) ?? '';
  if (!tableLine.test(last) || last.length > longestHeldLine * 4 || delimiterRow.test(last)) return text;
  const before = lines.at(-2);
  if (before !== undefined && tableLine.test(before)) return text;
  return text.slice(0, text.length - last.length - (isComplete ? 1 : 0));
}

/** Inside a fence, indented code or raw HTML, marks are text. */
function isVerbatim(text: string): boolean {
  if (/^(?: {4}|\t| {0,3}<)/.test(text)) return true;
  if (!text.includes('```') && !text.includes('~~~')) return false;
  let fence = '';
  for (const line of text.split('\n')) {
    const match = fenceLine.exec(line);
    if (!match) continue;
    const [, marks = '', rest = ''] = match;
    if (fence === '') {
      if (!(marks.startsWith('`') && rest.includes('`'))) fence = marks;
    } else if (marks.startsWith(fence) && rest.trim() === '') fence = '';
  }
  return fence !== '';
}

/** Where the run of text begins that a mark at the end could belong to. */
function startOfRun(text: string): number {
  let end = text.length;
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (line.trim() === '') return Math.min(end + 1, text.length);
    if (tableLine.test(line)) return start + Math.max(line.search(/(?<!\\)\|[^|]*$/), 0) + 1;
    const marks = runStart.exec(line);
    if (marks) return start + marks[0].length;
    end = start - 1;
  }
  return 0;
}

function closeRun(whole: string): string {
  const run = withoutOpenLink(whole);
  const open: string[] = [];
  let index = 0;
  while (index < run.length) {
    const character = run[index];
    if (character === '\\') {
      index += 2;
    } else if (character === '`') {
      const marks = runOf(run, index);
      const close = closingBackticks(run, index + marks.length, marks);
      if (close === -1) {
        const isEmpty = run.slice(index + marks.length).trim() === '';
        const content = isEmpty ? run.slice(0, index).trimEnd() : run.trimEnd().replace(/`+$/, '') + marks;
        return content + closers(open);
      }
      index = close + marks.length;
    } else if (character === '*' || character === '_' || character === '~') {
      const marks = runOf(run, index);
      if (index + marks.length >= run.trimEnd().length && !closes(run, index, marks, open)) {
        return dropTrailingMarks(run, index, open);
      }
      follow(run, index, marks, open);
      index += marks.length;
    } else index++;
  }
  if (open.length === 0) return run;
  return run.trimEnd() + closers(open);
}

/** "[text](https://half" is drawn as its text, "![alt](half" not at all, until they are whole. */
function withoutOpenLink(run: string): string {
  const from = Math.max(0, run.length - longestHeldLink);
  const end = run.slice(from);
  const image = /!\[[^\]\n]*(?:\](?:\([^)\n]*)?)?$/.exec(end);
  if (image) return run.slice(0, from + image.index);
  const link = /\[([^\]\n]*)\]\([^)\n]*$/.exec(end);
  if (link) return run.slice(0, from + link.index) + (link[1] ?? '');
  return run;
}

function runOf(text: string, index: number): string {
  let end = index + 1;
  while (text[end] === text[index]) end++;
  return text.slice(index, end);
}

function closingBackticks(text: string, from: number, marks: string): number {
  let index = text.indexOf('`', from);
  while (index !== -1) {
    const found = runOf(text, index);
    if (found.length === marks.length) return index;
    index = text.indexOf('`', index + found.length);
  }
  return -1;
}

/** Whether these marks at the very end close something as they stand. */
function closes(run: string, index: number, marks: string, open: string[]): boolean {
  return open.at(-1) === marks && !/\s/.test(run[index - 1] ?? ' ');
}

/** Marks at the very end that close nothing yet: the second half of a closer, or an opener without its text. */
function dropTrailingMarks(run: string, index: number, open: string[]): string {
  const before = run[index - 1] ?? ' ';
  const isLiteral = open.length === 0 && !/[\s([{"'*_~]/.test(before);
  return (isLiteral ? run : run.slice(0, index)).trimEnd() + closers(open);
}

function follow(run: string, index: number, marks: string, open: string[]): void {
  const before = run[index - 1] ?? ' ';
  const after = run[index + marks.length] ?? ' ';
  const last = open.at(-1);
  if (last?.[0] === marks[0] && last !== undefined && !/\s/.test(before)) {
    if (marks.length >= last.length) {
      open.pop();
      const rest = marks.slice(last.length);
      if (rest !== '' && open.at(-1) === rest) open.pop();
    }
    return;
  }
  if (/\s/.test(after)) return;
  if (marks.startsWith('_') && /[\p{L}\p{N}]/u.test(before)) return;
  if (marks.startsWith('~') && marks.length > 2) return;
  if (marks.length <= 3) open.push(marks);
}

function closers(open: string[]): string {
  return open.toReversed().join('');
}
