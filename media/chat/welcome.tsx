// What an empty conversation says; without a key its one action is setting it.
import { Icon } from './icon.tsx';
import { LaneMark } from './laneMark.tsx';
import { usePanel, useWords } from './panel.ts';

export function Welcome() {
  const { post, store } = usePanel();
  const words = useWords();
  const lane = store.lane.value;
  if (!lane) return null;
  const lines = (lane.hasKey ? words.welcome : words.welcomeNoKey).split('\n').filter((line) => line !== '');
  return (
    <div class="welcome">
      <LaneMark />
      {lines.map((line, index) => (
        <p key={index}>{line}</p>
      ))}
      {!lane.hasKey && (
        <button type="button" class="primary" onClick={() => post({ type: 'key/set' })}>
          <Icon name="key" />
          {words.setApiKey}
        </button>
      )}
    </div>
  );
}
