// The head of the panel: which model answers on which lane and on whose bill, and the ways to other conversations.
import type { LaneView } from '../../src/core/protocol/protocol.ts';
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
    <>
      <button
        type="button"
        class="model"
        aria-label={name}
        title={`${name}\n${spellHidden(lane.bill)}`}
        onClick={() => post({ type: 'model/switch' })}
      >
        <span class="model-name">{shortName(words.modelOnLane, lane)}</span>
        <Icon name="chevronDown" />
      </button>
      <span class="bill">
        <VisibleText text={lane.bill} />
      </span>
    </>
  );
}

/** "Model: {0} on {1}" from its first blank to its last, so that what is seen is part of what is read out. */
function shortName(template: string, { model, laneLabel }: LaneView) {
  const short = template.slice(template.indexOf('{'), template.lastIndexOf('}') + 1);
  return short.split(/(\{\d\})/).map((part) => {
    if (part === '{0}') return <VisibleText text={model} />;
    return (
      <span>
        <VisibleText text={part === '{1}' ? laneLabel : part} />
      </span>
    );
  });
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
