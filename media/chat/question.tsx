// A message of the user's, word for word as it was sent.
import { Icon } from './icon.tsx';
import { IconButton } from './iconButton.tsx';
import { chunksOf } from './markdown/lineChunks.ts';
import { GroupsView } from './markdown/groupsView.tsx';
import { usePanel, useWords } from './panel.ts';
import type { TurnModel } from './store.ts';
import { VisibleText } from './visibleText.tsx';

/** UTF-16 units that are drawn of a question; the host has all of it. */
const longestShown = 100_000;

export function Question({ turn }: { readonly turn: TurnModel }) {
  const { post } = usePanel();
  const words = useWords();
  const { text, attachments } = turn.question;
  const shown = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
  return (
    <article class="question" aria-label={words.you}>
      <div class="bubble">
        {attachments.length > 0 && (
          <ul class="chips">
            {attachments.map(({ id, label, detail }) => (
              <li key={id} class="chip">
                <Icon name="file" />
                <span class="chip-label">
                  <VisibleText text={label} />
                </span>
                <span class="chip-detail">
                  <VisibleText text={detail} />
                </span>
              </li>
            ))}
          </ul>
        )}
        <div class="question-text">
          <GroupsView groups={chunksOf(shown.replace(/\r\n?/g, '\n'))} draw={questionChunk} />
        </div>
      </div>
      <div class="actions action-buttons">
        <IconButton
          icon="edit"
          name={words.editMessage}
          onPress={() => post({ type: 'turn/edit', turnId: turn.id })}
        />
      </div>
    </article>
  );
}

const questionChunk = (text: string) => (
  <div class="chunk">
    <VisibleText text={text === '' ? '\n' : text} />
  </div>
);
