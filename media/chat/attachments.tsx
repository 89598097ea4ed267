// What will be sent along: a chip each, with a way to take it off.
import { spellHidden } from './hiddenCharacters.ts';
import { Icon } from './icon.tsx';
import { usePanel, useWords } from './panel.ts';
import { VisibleText } from './visibleText.tsx';
import { wordedWith } from './worded.ts';

export function Attachments() {
  const { post, store } = usePanel();
  const words = useWords();
  const attachments = store.attachments.value;
  if (attachments.length === 0) return null;
  return (
    <ul class="chips">
      {attachments.map(({ id, label, detail }) => (
        <li key={id} class="chip">
          <Icon name="file" />
          <span class="chip-label" title={spellHidden(label)}>
            <VisibleText text={label} />
          </span>
          <span class="chip-detail">
            <VisibleText text={detail} />
          </span>
          <button
            type="button"
            class="tool"
            aria-label={spellHidden(wordedWith(words.removeAttachment, label))}
            title={words.removeAttachment.replace('{0}', '').trim()}
            onClick={() => post({ type: 'attachment/remove', id })}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
