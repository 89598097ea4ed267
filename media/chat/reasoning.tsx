// The thinking of an answer: folded away, and read as markdown only when somebody unfolds it.
import { useEffect, useId } from 'preact/hooks';

import { Icon } from './icon.tsx';
import { DocumentView } from './markdown/documentView.tsx';
import { usePanel, useWords } from './panel.ts';
import { isLive } from './store.ts';
import type { AnswerModel } from './store.ts';

export function Reasoning({ turnId, answer }: { readonly turnId: string; readonly answer: AnswerModel }) {
  const { store, unfolded } = usePanel();
  const words = useWords();
  const contentId = useId();
  const isUnfolded = unfolded.value.has(turnId);
  const live = isLive(answer.outline.value);
  useEffect(() => {
    if (isUnfolded) store.unfoldReasoning(answer.reasoning, !live);
  }, [isUnfolded, answer]);
  const document = answer.reasoning.document.value;
  const toggle = (): void => {
    const next = new Set(unfolded.value);
    if (!next.delete(turnId)) next.add(turnId);
    unfolded.value = next;
  };
  return (
    <div class="reasoning">
      <div class="reasoning-head">
        <button
          type="button"
          class="disclosure"
          aria-expanded={isUnfolded}
          aria-controls={isUnfolded ? contentId : undefined}
          onClick={toggle}
        >
          <Icon name="chevronRight" />
          {words.reasoning}
        </button>
        {live && !answer.hasText.value && <span class="thinking">{words.thinking}</span>}
      </div>
      {isUnfolded && (
        <div id={contentId} class="reasoning-text">
          {document && <DocumentView document={document} />}
        </div>
      )}
    </div>
  );
}
