// Adds a change to those that wait, so that a slow view costs no more memory than what it will have to draw.
import type { Change } from './protocol.ts';

/** Of these only the latest counts, and it may come later than what was said in between. */
const latestOnly: readonly Change['type'][] = [
  'status/changed',
  'lane/changed',
  'attachments/changed',
  'settings/changed',
];

/** Changes the list. */
export function joinChange(changes: Change[], change: Change): void {
  if (change.type === 'conversation/replaced') {
    keep(changes, (earlier) => latestOnly.includes(earlier.type));
  } else if (latestOnly.includes(change.type)) {
    keep(changes, (earlier) => earlier.type !== change.type);
  } else if (change.type === 'answer/grew') {
    const index = growthToJoin(changes, change.turnId);
    const earlier = changes[index];
    if (earlier?.type === 'answer/grew') {
      changes[index] = grown(earlier, change);
      return;
    }
  } else if (change.type === 'answer/started' || change.type === 'answer/changed') {
    const isOutdated = (earlier: Change): boolean =>
      earlier.type === 'answer/changed' || (change.type === 'answer/started' && isOfAnswer(earlier));
    keep(changes, (earlier) => !isOutdated(earlier) || turnOf(earlier) !== change.turnId);
  }
  changes.push(change);
}

type Growth = Extract<Change, { type: 'answer/grew' }>;

/** The last growth of the turn, unless something came after it that it must not be moved behind. */
function growthToJoin(changes: readonly Change[], turnId: string): number {
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const earlier = changes[index];
    if (earlier?.type === 'answer/grew' && earlier.turnId === turnId) return index;
    if (earlier?.type === 'turns/dropped' || earlier?.type === 'conversation/replaced') return -1;
    if (earlier !== undefined && turnOf(earlier) === turnId && earlier.type !== 'answer/changed') return -1;
  }
  return -1;
}

function grown(earlier: Growth, later: Growth): Growth {
  const text = joined(earlier.text, later.text);
  const reasoning = joined(earlier.reasoning, later.reasoning);
  return {
    type: 'answer/grew',
    turnId: later.turnId,
    ...(text !== undefined && { text }),
    ...(reasoning !== undefined && { reasoning }),
  };
}

function joined(one: string | undefined, other: string | undefined): string | undefined {
  return one === undefined ? other : one + (other ?? '');
}

function isOfAnswer(change: Change): boolean {
  return (
    change.type === 'answer/grew' || change.type === 'answer/started' || change.type === 'answer/changed'
  );
}

function turnOf(change: Change): string | undefined {
  if (change.type === 'turn/added') return change.turn.id;
  return 'turnId' in change ? change.turnId : undefined;
}

function keep(changes: Change[], isKept: (change: Change) => boolean): void {
  const kept = changes.filter(isKept);
  changes.splice(0, changes.length, ...kept);
}
