// A code block: its language, its buttons, and its lines in chunks, coloured once they are complete.
import type { ComponentChildren } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';

import { frozen } from './frozen.tsx';
import { Icon } from './icon.tsx';
import { AnswerContext } from './markdown/answerContext.ts';
import type { CodeSource } from './markdown/codeBlocks.ts';
import { entriesOf } from './markdown/groups.ts';
import { GroupsView } from './markdown/groupsView.tsx';
import { canHighlight, highlightLines, maxHighlightLength } from './markdown/highlight.ts';
import type { CodeRun } from './markdown/highlight.ts';
import type { Chunks } from './markdown/lineChunks.ts';
import { useBriefly } from './useBriefly.ts';
import { VisibleText } from './visibleText.tsx';
import { whenNear } from './whenNear.ts';
import { wordedWith } from './worded.ts';

interface CodeBlockProps {
  readonly source: CodeSource;
  readonly language: string;
  readonly chunks: Chunks;
  readonly isClosed: boolean;
}

export function CodeBlock({ source, language, chunks, isClosed }: CodeBlockProps) {
  const { words, code } = useContext(AnswerContext);
  const element = useRef<HTMLDivElement>(null);
  const colours = useColours(element, isClosed ? chunks : undefined, language);
  return (
    <div
      ref={element}
      class="code-block"
      role="group"
      aria-label={language === '' ? undefined : wordedWith(words.codeLanguage, language)}
    >
      <div class="code-header">
        <span class="language">
          <VisibleText text={language} />
        </span>
        {code && isClosed && <CodeButtons source={source} />}
      </div>
      <pre tabIndex={0}>
        <code>
          {colours === undefined ? (
            <GroupsView groups={chunks} draw={plainChunk} />
          ) : (
            colours.map((lines, index) => <ColouredChunk key={index} lines={lines} />)
          )}
        </code>
      </pre>
    </div>
  );
}

function CodeButtons({ source }: { readonly source: CodeSource }) {
  const { words, code } = useContext(AnswerContext);
  const [isCopied, showCopied] = useBriefly();
  return (
    <span class="code-buttons">
      {isCopied && <span class="feedback">{words.copied}</span>}
      <button
        type="button"
        class="tool"
        aria-label={words.copyCode}
        title={words.copyCode}
        onClick={() => {
          code?.copy(source);
          showCopied();
        }}
      >
        <Icon name={isCopied ? 'check' : 'copy'} />
      </button>
      <button
        type="button"
        class="tool"
        aria-label={words.insertAtCursor}
        title={words.insertAtCursor}
        onClick={() => code?.insert(source)}
      >
        <Icon name="insert" />
      </button>
    </span>
  );
}

const plainChunk = (text: string): ComponentChildren => (
  <span class="chunk">
    <VisibleText text={text === '' ? '\n' : text} />
  </span>
);

const ColouredChunk = frozen(function Chunk({ lines }: { readonly lines: readonly (readonly CodeRun[])[] }) {
  return (
    <span class="chunk">
      {lines.map((runs, index) => (
        <>
          {index > 0 && '\n'}
          {runs.map(({ kind, text }) =>
            kind === undefined ? (
              <VisibleText text={text} />
            ) : (
              <span class={syntaxClass(kind)}>
                <VisibleText text={text} />
              </span>
            ),
          )}
        </>
      ))}
    </span>
  );
});

/** "title.function.invoke" → "syntax-title syntax-title-function". */
function syntaxClass(kind: string): string {
  const [first = '', second] = kind.split('.');
  return second === undefined ? `syntax-${first}` : `syntax-${first} syntax-${first}-${second}`;
}

type Coloured = readonly (readonly (readonly CodeRun[])[])[];

/** The code in colours, chunk by chunk as it is drawn plainly, as soon as it is complete and near the screen. */
function useColours(
  element: { readonly current: HTMLElement | null },
  chunks: Chunks | undefined,
  language: string,
): Coloured | undefined {
  const [done, setDone] = useState<{ readonly code: string; readonly colours: Coloured | undefined }>();
  const code = chunks === undefined || !canHighlight(language) ? undefined : joined(chunks);
  useEffect(() => {
    if (code === undefined || chunks === undefined || done?.code === code || element.current === null)
      return undefined;
    return whenNear(element.current, () =>
      setDone({ code, colours: colouredChunks(code, chunks, language) }),
    );
  }, [code, language]);
  return done?.code === code ? done?.colours : undefined;
}

/** Undefined when it is too long to be coloured. */
function joined(chunks: Chunks): string | undefined {
  let length = 0;
  for (const chunk of entriesOf(chunks)) {
    length += chunk.length + 1;
    if (length > maxHighlightLength) return undefined;
  }
  return [...entriesOf(chunks)].join('\n');
}

function colouredChunks(code: string, chunks: Chunks, language: string): Coloured | undefined {
  const lines = highlightLines(code, language);
  if (!lines) return undefined;
  let start = 0;
  return [...entriesOf(chunks)].map((chunk) => {
    const end = start + chunk.split('\n').length;
    const part = lines.slice(start, end);
    start = end;
    return part;
  });
}
