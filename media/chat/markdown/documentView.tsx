// All blocks of an answer or of its thinking, in sections, so that a frame costs the same however long it has become.
import { frozen } from '../frozen.tsx';
import type { Block } from './block.ts';
import { BlockView } from './blockView.tsx';
import type { GrowingDocument } from './growingDocument.ts';

export const DocumentView = frozen(function Document({ document }: { readonly document: GrowingDocument }) {
  return <Sections document={document} />;
});

function Sections({ document }: { readonly document: GrowingDocument }) {
  const groups = document.blocks.value;
  return (
    <div class="markdown">
      {groups.map((blocks, index) => (
        <Section key={index} blocks={blocks} />
      ))}
    </div>
  );
}

const Section = frozen(function Section({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <div class="section">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
});
