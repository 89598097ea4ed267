// One answer: who gives it, its thinking, its text, how it ended, and what can be done with it.
import { useMemo } from 'preact/hooks';

import type { AnswerOutline } from '../../src/core/protocol/protocol.ts';
import { ErrorCard } from './errorCard.tsx';
import { spellHidden } from './hiddenCharacters.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './iconButton.tsx';
import { AnswerContext } from './markdown/answerContext.ts';
import { codeAddress } from './markdown/codeBlocks.ts';
import type { CodeSource } from './markdown/codeBlocks.ts';
import { DocumentView } from './markdown/documentView.tsx';
import { usePanel, useWords } from './panel.ts';
import type { Panel } from './panel.ts';
import { Reasoning } from './reasoning.tsx';
import { isLive } from './store.ts';
import type { AnswerModel } from './store.ts';
import { useBriefly } from './useBriefly.ts';
import { VisibleText } from './visibleText.tsx';

interface AnswerProps {
  readonly turnId: string;
  readonly answer: AnswerModel;
  readonly isLast: boolean;
}

export function Answer({ turnId, answer, isLast }: AnswerProps) {
  const panel = usePanel();
  const words = useWords();
  const outline = answer.outline.value;
  const { model, laneLabel, notes, error } = outline;
  const name = model === '' ? words.assistant : `${words.assistant}, ${spellHidden(model)}`;
  const contexts = useMemo(
    () => answerContexts(panel, words, turnId, answer),
    [panel, words, turnId, answer],
  );
  return (
    <article class="answer" aria-label={name}>
      <div class="answer-head">
        <span class="answer-model">
          <VisibleText text={model} />
        </span>
        <span class="answer-lane">
          <VisibleText text={laneLabel} />
        </span>
      </div>
      {notes.map((note, index) => (
        <p key={index} class="note">
          <VisibleText text={note} />
        </p>
      ))}
      {answer.reasoning.isPresent.value && (
        <AnswerContext.Provider value={contexts.reasoning}>
          <Reasoning turnId={turnId} answer={answer} />
        </AnswerContext.Provider>
      )}
      <AnswerContext.Provider value={contexts.text}>
        <DocumentView document={answer.document} />
      </AnswerContext.Provider>
      {isLive(outline) && !answer.hasText.value && !answer.reasoning.isPresent.value && <span class="dots" />}
      <Ending outline={outline} />
      {error && <ErrorCard turnId={turnId} error={error} isCurrent={isLast} />}
      {!isLive(outline) && (
        <Actions turnId={turnId} outline={outline} hasText={answer.hasText.value} isLast={isLast} />
      )}
    </article>
  );
}

function Ending({ outline }: { readonly outline: AnswerOutline }) {
  const words = useWords();
  if (outline.state !== 'stopped' && outline.state !== 'interrupted') return null;
  return (
    <p class="ending">
      <Icon name={outline.state === 'stopped' ? 'stop' : 'warning'} />
      {outline.state === 'stopped' ? words.stopped : words.interrupted}
    </p>
  );
}

interface ActionsProps {
  readonly turnId: string;
  readonly outline: AnswerOutline;
  readonly hasText: boolean;
  readonly isLast: boolean;
}

/** What the error card offers already is not offered twice. */
function Actions({ turnId, outline, hasText, isLast }: ActionsProps) {
  const { announce, post } = usePanel();
  const words = useWords();
  const [isCopied, showCopied] = useBriefly();
  const remedies = outline.error?.remedies.map(({ id }) => id) ?? [];
  const copy = (): void => {
    post({ type: 'turn/copy', turnId });
    showCopied();
    announce(words.copied);
  };
  return (
    <div class="actions">
      {outline.footer !== undefined && (
        <span class="footer">
          <VisibleText text={outline.footer} />
        </span>
      )}
      <span class="action-buttons">
        {hasText && <IconButton icon={isCopied ? 'check' : 'copy'} name={words.copyMessage} onPress={copy} />}
        {isLast && !remedies.includes('retry') && (
          <IconButton icon="retry" name={words.retry} onPress={() => post({ type: 'turn/retry', turnId })} />
        )}
        {outline.canContinue && !remedies.includes('continue') && (
          <button type="button" class="secondary" onClick={() => post({ type: 'turn/continue', turnId })}>
            {words.continue}
          </button>
        )}
      </span>
      {isCopied && <span class="feedback">{words.copied}</span>}
    </div>
  );
}

function answerContexts(
  { announce, post }: Panel,
  words: AnswerContext['words'],
  turnId: string,
  answer: AnswerModel,
): { readonly text: AnswerContext; readonly reasoning: AnswerContext } {
  const openLink = (href: string): void => post({ type: 'link/open', turnId, href });
  const send = (type: 'code/copy' | 'code/insert') => (source: CodeSource) => {
    const address = codeAddress(answer.document.blocks.value, answer.document.source, source);
    if (!address) return;
    post({ type, turnId, ...address });
    if (type === 'code/copy') announce(words.copied);
  };
  return {
    reasoning: { words, openLink },
    text: { words, openLink, code: { copy: send('code/copy'), insert: send('code/insert') } },
  };
}
