// What went wrong, in one sentence, with the button that cures it; what the provider said is folded away.
import { useId, useState } from 'preact/hooks';

import type { ErrorCard as ErrorCardView } from '../../src/core/protocol/protocol.ts';
import { Icon } from './icon.tsx';
import { usePanel, useWords } from './panel.ts';
import { VisibleText } from './visibleText.tsx';

interface ErrorCardProps {
  readonly turnId: string;
  readonly error: ErrorCardView;
  /** Errors of earlier turns are part of the conversation and interrupt nobody. */
  readonly isCurrent: boolean;
}

export function ErrorCard({ turnId, error, isCurrent }: ErrorCardProps) {
  const { post } = usePanel();
  const words = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const detailsId = useId();
  return (
    <div class="error-card" role={isCurrent ? 'alert' : 'group'}>
      <Icon name="error" />
      <div class="error-body">
        <p class="sentence">
          <VisibleText text={error.sentence} />
        </p>
        <div class="remedies">
          {error.remedies.map(({ id, label }, index) => (
            <button
              key={id}
              type="button"
              class={index === 0 ? 'primary' : 'secondary'}
              onClick={() => post({ type: 'remedy/take', turnId, remedy: id })}
            >
              {label}
            </button>
          ))}
        </div>
        {error.details.length > 0 && (
          <>
            <button
              type="button"
              class="disclosure"
              aria-expanded={isOpen}
              aria-controls={isOpen ? detailsId : undefined}
              onClick={() => setIsOpen(!isOpen)}
            >
              <Icon name="chevronRight" />
              {words.details}
            </button>
            {isOpen && (
              <ul id={detailsId} class="details">
                {error.details.map((line, index) => (
                  <li key={index}>
                    <VisibleText text={line} />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </div>
  );
}
