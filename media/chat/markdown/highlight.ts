// Colours finished code: runs of text with a class each, never HTML.
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

/** Longer code stays plain: highlighting takes about 2.5 ms per kilobyte, in one go. */
export const maxHighlightLength = 16_384;

const languages = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  lua,
  makefile,
  markdown,
  php,
  powershell,
  python,
  ruby,
  rust,
  sql,
  typescript,
  xml,
  yaml,
};

/** A piece of code; undefined kind is the colour of ordinary code. */
export interface CodeRun {
  readonly kind: string | undefined;
  readonly text: string;
}

/** Collects what highlight.js finds as runs, the innermost scope deciding. It calls this shape, documented or not. */
class RunCollector {
  readonly runs: CodeRun[] = [];
  readonly #scopes: string[] = [];

  addText(text: string): void {
    if (text === '') return;
    this.runs.push({ kind: this.#scopes.at(-1), text });
  }

  startScope(scope: string): void {
    this.#scopes.push(scope);
  }

  endScope(): void {
    this.#scopes.pop();
  }

  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: RunCollector): void {
    this.runs.push(...emitter.runs);
  }

  finalize(): void {
    this.#scopes.length = 0;
  }

  toHTML(): string {
    return '';
  }
}

const highlighter = hljs.newInstance();
highlighter.configure({ __emitter: RunCollector });
for (const [name, language] of Object.entries(languages)) highlighter.registerLanguage(name, language);
highlighter.registerAliases(['jsonc', 'json5'], { languageName: 'json' });
highlighter.registerAliases(['vue', 'svelte'], { languageName: 'xml' });

export function canHighlight(language: string): boolean {
  return highlighter.getLanguage(language) !== undefined;
}

/** The runs of the code line by line, or undefined for a language that is not known here. */
export function highlightLines(code: string, language: string): readonly (readonly CodeRun[])[] | undefined {
  if (!canHighlight(language)) return undefined;
  const result = highlighter.highlight(code, { language, ignoreIllegals: true });
  const { runs } = result._emitter as unknown as RunCollector;
  const lines: CodeRun[][] = [[]];
  for (const { kind, text } of runs) {
    const [first = '', ...others] = text.split('\n');
    if (first !== '') lines.at(-1)?.push({ kind, text: first });
    for (const other of others) lines.push(other === '' ? [] : [{ kind, text: other }]);
  }
  return lines;
}
