// A list that grows at its end and is drawn in groups, so that a frame costs the same however long the list has become.

/** Entries per group: small enough to redraw the last one each frame, large enough that groups stay few. */
const groupSize = 32;

/** Only the last groups may differ between two versions of a list; all others keep their identity. */
export type Groups<Entry> = readonly (readonly Entry[])[];

export const noGroups: Groups<never> = [];

export function entryCount(groups: Groups<unknown>): number {
  const last = groups.at(-1);
  return last === undefined ? 0 : (groups.length - 1) * groupSize + last.length;
}

export function entryAt<Entry>(groups: Groups<Entry>, index: number): Entry | undefined {
  return groups[Math.floor(index / groupSize)]?.[index % groupSize];
}

/** The list with everything from `kept` on replaced. A group whose entries all stay the same keeps its identity. */
export function withEnding<Entry>(
  groups: Groups<Entry>,
  kept: number,
  ending: readonly Entry[],
): Groups<Entry> {
  const wholeGroups = Math.floor(kept / groupSize);
  const rest = [...(groups[wholeGroups] ?? []).slice(0, kept % groupSize), ...ending];
  const result = groups.slice(0, wholeGroups);
  for (let start = 0; start < rest.length; start += groupSize) {
    const group = rest.slice(start, start + groupSize);
    const before = groups[result.length];
    const isSame = before?.length === group.length && group.every((entry, index) => entry === before[index]);
    result.push(isSame ? before : group);
  }
  return result;
}

export function* entriesOf<Entry>(groups: Groups<Entry>): Generator<Entry> {
  for (const group of groups) yield* group;
}
