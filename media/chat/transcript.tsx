// The conversation: one article a message, kept at its end only while the reader is there.
import { computed, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { Answer } from './answer.tsx';
import { followEnd } from './followEnd.ts';
import { frozen } from './frozen.tsx';
import { Icon } from './icon.tsx';
import { usePanel, useWords } from './panel.ts';
import type { ReaderPlace } from './panel.ts';
import { Question } from './question.tsx';
import type { TurnModel } from './store.ts';
import { Welcome } from './welcome.tsx';

export function Transcript() {
  const { place, store } = usePanel();
  const words = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isFollowing = useMemo(() => signal(!isAmong(store.turns.value, place.read())), [place]);
  const lastTurnId = useMemo(() => computed(() => store.turns.value.at(-1)?.id), [store]);
  const turns = store.turns.value;
  const conversation = turns[0]?.id;
  const shownConversation = useRef(conversation);
  useEffect(() => {
    if (!scroller.current || !content.current) return undefined;
    if (shownConversation.current !== conversation) {
      // Another conversation is read from its end, wherever the reader was in the former one.
      shownConversation.current = conversation;
      place.write(undefined);
      isFollowing.value = true;
    }
    return followEnd(scroller.current, content.current, isFollowing, place);
  }, [place, isFollowing, conversation]);
  const jump = (): void => {
    isFollowing.value = true;
    if (!scroller.current) return;
    scroller.current.scrollTop = scroller.current.scrollHeight;
    scroller.current.focus();
  };
  return (
    <div class="transcript">
      <div
        ref={scroller}
        class="scroller"
        role="log"
        aria-live="off"
        aria-label={words.conversation}
        tabIndex={0}
      >
        <div ref={content} class="content">
          {turns.length === 0 ? (
            <Welcome />
          ) : (
            turns.map((turn) => <Turn key={turn.id} turn={turn} lastTurnId={lastTurnId} />)
          )}
        </div>
      </div>
      {turns.length > 0 && <JumpButton isFollowing={isFollowing} onPress={jump} />}
    </div>
  );
}

function JumpButton({
  isFollowing,
  onPress,
}: {
  readonly isFollowing: Signal<boolean>;
  readonly onPress: () => void;
}) {
  const words = useWords();
  if (isFollowing.value) return null;
  return (
    <button type="button" class="jump" onClick={onPress}>
      <Icon name="arrowDown" />
      {words.jumpToLatest}
    </button>
  );
}

function isAmong(turns: readonly TurnModel[], place: ReturnType<ReaderPlace['read']>): boolean {
  return turns.some(({ id }) => id === place?.turnId);
}

interface TurnProps {
  readonly turn: TurnModel;
  readonly lastTurnId: Signal<string | undefined>;
}

const Turn = frozen(function Turn({ turn, lastTurnId }: TurnProps) {
  return (
    <section class="turn" data-turn={turn.id}>
      <Question turn={turn} />
      <AnswerOf turn={turn} lastTurnId={lastTurnId} />
    </section>
  );
});

function AnswerOf({ turn, lastTurnId }: TurnProps) {
  const isLast = useMemo(() => computed(() => lastTurnId.value === turn.id), [turn, lastTurnId]);
  const answer = turn.answer.value;
  if (!answer) return null;
  return <Answer key={answer.id} turnId={turn.id} answer={answer} isLast={isLast.value} />;
}
