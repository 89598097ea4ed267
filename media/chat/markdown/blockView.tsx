// Blocks of an answer as elements. A block that is finished keeps its identity and is never drawn again.
import type { ComponentChildren } from 'preact';
import type { Token, Tokens } from 'marked';

import { CodeBlock } from '../codeBlock.tsx';
import { frozen } from '../frozen.tsx';
import { VisibleText } from '../visibleText.tsx';
import type { Block, ListBlock, PlainBlock } from './block.ts';
import { chunksOf } from './lineChunks.ts';
import { GroupsView } from './groupsView.tsx';
import { InlineTokens } from './inlineView.tsx';
import { TableView } from './tableView.tsx';

export const BlockView = frozen(function Block({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'token':
      return <BlockToken token={block.token} />;
    case 'list':
      return <GrowingList block={block} />;
    case 'table':
      return <TableView header={block.header} rows={block.rows} />;
    case 'fence':
      return (
        <CodeBlock source={block} language={block.language} chunks={block.chunks} isClosed={block.isClosed} />
      );
    case 'plain':
      return <PlainText block={block} />;
  }
});

const BlockToken = frozen(function BlockToken({ token: given }: { readonly token: Token }) {
  const token = given as Tokens.Generic;
  switch (token.type) {
    case 'heading':
      return <Heading depth={(token as Tokens.Heading).depth} tokens={token.tokens ?? []} />;
    case 'paragraph':
    case 'text':
      return (
        <p>
          <InlineTokens tokens={token.tokens ?? [{ type: 'text', raw: token.raw, text: token.raw }]} />
        </p>
      );
    case 'code':
      return <NestedCode token={token as Tokens.Code} />;
    case 'blockquote':
      return <blockquote>{blockTokens(token.tokens ?? [])}</blockquote>;
    case 'list':
      return <NestedList list={token as Tokens.List} />;
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return <TableView header={header} rows={[rows]} />;
    }
    case 'hr':
      return <hr />;
    case 'html':
      return (
        <p class="raw-html">
          <VisibleText text={token.raw.trimEnd()} />
        </p>
      );
    case 'space':
    case 'def':
    case 'checkbox':
      return null;
    default:
      return (
        <p>
          <VisibleText text={token.raw} />
        </p>
      );
  }
});

function blockTokens(tokens: readonly Token[]): ComponentChildren {
  return tokens.map((token, index) => <BlockToken key={index} token={token} />);
}

/** The panel's own heading is the only one of the first level. */
function Heading({ depth, tokens }: { readonly depth: number; readonly tokens: readonly Token[] }) {
  const inner = <InlineTokens tokens={tokens} />;
  switch (depth) {
    case 1:
      return <h2 class="level-1">{inner}</h2>;
    case 2:
      return <h3 class="level-2">{inner}</h3>;
    case 3:
      return <h4 class="level-3">{inner}</h4>;
    default:
      return <h5 class="level-4">{inner}</h5>;
  }
}

function NestedCode({ token }: { readonly token: Tokens.Code }) {
  const isClosed = token.codeBlockStyle === 'indented' || /\n[ \t]*(?:`{3,}|~{3,})[ \t]*\n*$/.test(token.raw);
  return (
    <CodeBlock
      source={token}
      language={token.lang?.split(/[\s,{]/, 1)[0] ?? ''}
      chunks={chunksOf(token.text)}
      isClosed={isClosed}
    />
  );
}

function GrowingList({ block }: { readonly block: ListBlock }) {
  const items = <GroupsView groups={block.items} draw={listItem} />;
  if (!block.isOrdered) return <ul>{items}</ul>;
  return <ol start={block.first}>{items}</ol>;
}

function NestedList({ list }: { readonly list: Tokens.List }) {
  const items = list.items.map((item, index) => <ListItem key={index} item={item} />);
  if (!list.ordered) return <ul>{items}</ul>;
  return <ol start={list.start === '' ? 1 : list.start}>{items}</ol>;
}

const listItem = (item: Tokens.ListItem) => <ListItem item={item} />;

const ListItem = frozen(function ListItem({ item }: { readonly item: Tokens.ListItem }) {
  if (!item.task) return <li>{blockTokens(item.tokens)}</li>;
  return (
    <li class="task">
      <span class="checkbox">{item.checked ? '☑' : '☐'}</span>
      {blockTokens(item.tokens)}
    </li>
  );
});

function PlainText({ block }: { readonly block: PlainBlock }) {
  return (
    <div class="plain">
      <GroupsView groups={block.chunks} draw={plainChunk} />
    </div>
  );
}

const plainChunk = (text: string) => (
  <div class="chunk">
    <VisibleText text={text} />
  </div>
);
