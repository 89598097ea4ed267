// Runs of text in an answer as elements: emphasis, code, links; HTML and images stay text.
import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { Token, Tokens } from 'marked';

import { spellHidden } from '../hiddenCharacters.ts';
import { VisibleText } from '../visibleText.tsx';
import { wordedWith } from '../worded.ts';
import { AnswerContext } from './answerContext.ts';
import { decodeEntities } from './entities.ts';
import { safeLink } from './safeLink.ts';

/** Emphasis nested deeper is hostile, and each level is a call. */
const maxDepth = 24;
/** Of the address of an image that is not loaded; a `data:` address can hold megabytes. */
const longestShownAddress = 300;

export function InlineTokens({
  tokens,
  depth = 0,
}: {
  readonly tokens: readonly Token[];
  readonly depth?: number;
}) {
  if (depth > maxDepth) return <VisibleText text={tokens.map(({ raw }) => raw).join('')} />;
  return <>{tokens.map((token, index) => inline(token as Tokens.Generic, index, depth))}</>;
}

function inline(token: Tokens.Generic, key: number, depth: number): ComponentChildren {
  const inner = () => <InlineTokens tokens={token.tokens ?? []} depth={depth + 1} />;
  switch (token.type) {
    case 'strong':
      return <strong key={key}>{inner()}</strong>;
    case 'em':
      return <em key={key}>{inner()}</em>;
    case 'del':
      return <del key={key}>{inner()}</del>;
    case 'codespan':
      return (
        <code key={key}>
          <VisibleText text={(token as Tokens.Codespan).text} />
        </code>
      );
    case 'link':
      return (
        <Link key={key} href={(token as Tokens.Link).href}>
          {inner()}
        </Link>
      );
    case 'image':
      return <ImageAddress key={key} token={token as Tokens.Image} />;
    case 'br':
      return <br key={key} />;
    case 'html':
      // The one tag that models need, in table cells, and that can carry nothing.
      if (/^<br\s*\/?>$/i.test(token.raw)) return <br key={key} />;
      return <VisibleText key={key} text={token.raw} />;
    case 'checkbox':
      return null;
    case 'text':
      if (token.tokens !== undefined && token.tokens.length > 0)
        return <InlineTokens key={key} tokens={token.tokens} depth={depth + 1} />;
      return <VisibleText key={key} text={decodeEntities((token as Tokens.Text).text)} />;
    case 'escape':
      return <VisibleText key={key} text={(token as Tokens.Escape).text} />;
    default:
      return <VisibleText key={key} text={token.raw} />;
  }
}

function Link({ href, children }: { readonly href: string; readonly children: ComponentChildren }) {
  const { openLink } = useContext(AnswerContext);
  const target = safeLink(decodeEntities(href));
  if (target === undefined) return <>{children}</>;
  const follow = (event: MouseEvent): void => {
    // VS Code opens links itself when a click reaches the document; the host is to look at it first.
    event.preventDefault();
    event.stopPropagation();
    if (event.type === 'click' || event.button === 1) openLink(decodeEntities(href));
  };
  return (
    <a href={target} title={spellHidden(target)} draggable={false} onClick={follow} onAuxClick={follow}>
      {children}
    </a>
  );
}

/** An image is never fetched: its description, and where it would have come from. */
function ImageAddress({ token }: { readonly token: Tokens.Image }) {
  const { words } = useContext(AnswerContext);
  const address =
    token.href.length > longestShownAddress ? `${token.href.slice(0, longestShownAddress)}…` : token.href;
  return (
    <span class="image-address">
      <VisibleText text={token.text} />
      {token.text === '' ? '' : ' '}
      <span class="address">
        (<VisibleText text={wordedWith(words.imageNotLoaded, address)} />)
      </span>
    </span>
  );
}
