// Keeps a scroller at its end while the reader is there, notices when they leave it, and remembers where they are.
import type { Signal } from '@preact/signals';

import { followsAfterScroll, isAtEnd } from './following.ts';
import type { ScrollPosition } from './following.ts';
import type { ReaderPlace } from './panel.ts';

/** Milliseconds of rest after which the reader's place is remembered. */
const placeDelay = 300;
/** After these the reader moves, and is not taken back to where they were. */
const gestures = ['keydown', 'pointerdown', 'touchstart'] as const;

/** Returns what ends it. */
export function followEnd(
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
    const isBack = wanted !== undefined && returnTo(scroller, wanted);
    if (!isBack && isFollowing.value) scroller.scrollTop = scroller.scrollHeight;
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
  for (const gesture of gestures) scroller.addEventListener(gesture, onGesture, { passive: true });
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    scroller.removeEventListener('scroll', onScroll);
    scroller.removeEventListener('wheel', onWheel);
    for (const gesture of gestures) scroller.removeEventListener(gesture, onGesture);
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

/** Returns whether that turn is there. */
function returnTo(scroller: HTMLElement, { turnId, offset }: Place): boolean {
  for (const turn of scroller.querySelectorAll<HTMLElement>('.turn')) {
    if (turn.dataset['turn'] !== turnId) continue;
    scroller.scrollTop = turn.offsetTop + offset;
    return true;
  }
  return false;
}
