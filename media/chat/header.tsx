// The head of the panel: which model answers on which lane and on whose bill, and the ways to other conversations.
import { spellHidden } from './hiddenCharacters.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './iconButton.tsx';
import { usePanel, useWords } from './panel.ts';
import { VisibleText } from './visibleText.tsx';
import { worded } from './worded.ts';

export function Header() {
  const { post } = usePanel();
  const words = useWords();
  return (
    <header class="header">
      <ModelButton />
      <IconButton icon="history" name={words.history} onPress={() => post({ type: 'chat/history' })} />
      <IconButton icon="newChat" name={words.newChat} onPress={() => post({ type: 'chat/new' })} />
    </header>
  );
}

function ModelButton() {
  const { post, store } = usePanel();
  const words = useWords();
  const lane = store.lane.value;
  if (!lane) return null;
  const name = spellHidden(worded(words.modelOnLane, lane.model, lane.laneLabel));
  return (
    <button
      type="button"
      class="model"
      aria-label={name}
      title={`${name}\n${lane.bill}`}
      onClick={() => post({ type: 'model/switch' })}
    >
      <span class="model-name">
        <VisibleText text={lane.model} />
      </span>
      <span class="lane-name">
        <VisibleText text={`${lane.laneLabel} · ${lane.bill}`} />
      </span>
      <Icon name="chevronDown" />
    </button>
  );
}

/** Why the lane cannot work, or that it has no key, above a conversation that is there already. */
export function LaneNotice() {
  const { post, store } = usePanel();
  const words = useWords();
  const lane = store.lane.value;
  if (!lane || (lane.problem === undefined && (lane.hasKey || store.turns.value.length === 0))) return null;
  return (
    <div class="lane-notice">
      <Icon name={lane.problem === undefined ? 'key' : 'warning'} />
      <p>
        <VisibleText text={lane.problem ?? words.welcomeNoKey} />
      </p>
      {!lane.hasKey && store.turns.value.length > 0 && (
        <button type="button" class="primary" onClick={() => post({ type: 'key/set' })}>
          {words.setApiKey}
        </button>
      )}
    </div>
  );
}
