// The conversation: one article a message, kept at its end only while the reader is there.
import { computed, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { Answer } from './answer.tsx';
import { followsAfterScroll, isAtEnd } from './following.ts';
import type { ScrollPosition } from './following.ts';
import { frozen } from './frozen.tsx';
import { Icon } from './icon.tsx';
import { usePanel, useWords } from './panel.ts';
import type { ReaderPlace } from './panel.ts';
import { Question } from './question.tsx';
import type { TurnModel } from './store.ts';
import { Welcome } from './welcome.tsx';

/** Milliseconds of rest after which the reader's place is remembered. */
const placeDelay = 300;

export function Transcript() {
  const { place, store } = usePanel();
  const words = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isFollowing = useMemo(() => signal(place.read() === undefined), [place]);
  const lastTurnId = useMemo(() => computed(() => store.turns.value.at(-1)?.id), [store]);
  useEffect(() => {
    if (!scroller.current || !content.current) return undefined;
    return follow(scroller.current, content.current, isFollowing, place);
  }, [place, isFollowing]);
  const turns = store.turns.value;
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

function JumpButton({ isFollowing, onPress }: { readonly isFollowing: Signal<boolean>; readonly onPress: () => void }) {
  const words = useWords();
  if (isFollowing.value) return null;
  return (
    <button type="button" class="jump" onClick={onPress}>
      <Icon name="arrowDown" />
      {words.jumpToLatest}
    </button>
  );
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

/** Keeps to the end while following, notices when the reader leaves it, and remembers where they are. */
function follow(
  scroller: HTMLElement,
  content: HTMLElement,
  isFollowing: Signal<boolean>,
  place: ReaderPlace,
): () => void {
  let previousTop = scroller.scrollTop;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Set until the reader's former place has been found again, or the reader has moved. */
  let wanted = place.read();

  const position = (): ScrollPosition => ({
    top: scroller.scrollTop,
    visible: scroller.clientHeight,
    whole: scroller.scrollHeight,
  });
  const onResize = (): void => {
    if (wanted) returnTo(scroller, wanted);
    else if (isFollowing.value) scroller.scrollTop = scroller.scrollHeight;
    previousTop = scroller.scrollTop;
  };
  const onScroll = (): void => {
    const now = position();
    isFollowing.value = followsAfterScroll(isFollowing.value, previousTop, now);
    previousTop = now.top;
    clearTimeout(timer);
    timer = setTimeout(() => place.write(isFollowing.value ? undefined : topmost(scroller)), placeDelay);
  };
  const onGesture = (): void => {
    wanted = undefined;
  };
  const onWheel = (event: WheelEvent): void => {
    onGesture();
    if (event.deltaY < 0 && scroller.scrollTop > 0) isFollowing.value = false;
    else if (event.deltaY > 0 && isAtEnd(position())) isFollowing.value = true;
  };
  const observer = new ResizeObserver(onResize);
  observer.observe(content);
  observer.observe(scroller);
  scroller.addEventListener('scroll', onScroll, { passive: true });
  scroller.addEventListener('wheel', onWheel, { passive: true });
  for (const gesture of ['keydown', 'pointerdown', 'touchstart']) scroller.addEventListener(gesture, onGesture, { passive: true });
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    scroller.removeEventListener('scroll', onScroll);
    scroller.removeEventListener('wheel', onWheel);
    for (const gesture of ['keydown', 'pointerdown', 'touchstart']) scroller.removeEventListener(gesture, onGesture);
  };
}

type Place = NonNullable<ReturnType<ReaderPlace['read']>>;

function topmost(scroller: HTMLElement): Place | undefined {
  const edge = scroller.getBoundingClientRect().top;
  for (const turn of scroller.querySelectorAll<HTMLElement>('.turn')) {
    const { top, bottom } = turn.getBoundingClientRect();
    if (bottom > edge) return { turnId: turn.dataset['turn'] ?? '', offset: Math.round(edge - top) };
  }
  return undefined;
}

function returnTo(scroller: HTMLElement, { turnId, offset }: Place): void {
  for (const turn of scroller.querySelectorAll<HTMLElement>('.turn')) {
    if (turn.dataset['turn'] === turnId) scroller.scrollTop = turn.offsetTop + offset;
  }
}
