// Whether the view keeps to the end of the conversation: only while the reader is there and has not turned upwards.

export interface ScrollPosition {
  readonly top: number;
  readonly visible: number;
  readonly whole: number;
}

/** Pixels from the end that still count as the end; fractions of pixels and rounding stay below it. */
const tolerance = 4;

export function isAtEnd({ top, visible, whole }: ScrollPosition): boolean {
  return whole - visible - top <= tolerance;
}

/** Whether to follow after a scroll to `position` from `previousTop`: upwards releases, only reaching the end resumes. */
export function followsAfterScroll(
  isFollowing: boolean,
  previousTop: number,
  position: ScrollPosition,
): boolean {
  if (isAtEnd(position)) return isFollowing || position.top > previousTop;
  return isFollowing && position.top >= previousTop;
}
