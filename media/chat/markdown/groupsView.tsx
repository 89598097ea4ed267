// Draws a growing list group by group, so that a frame looks only at the groups that changed.
import type { ComponentChildren } from 'preact';

import { frozen } from '../frozen.tsx';
import type { Groups } from './groups.ts';

interface GroupsProps<Entry> {
  readonly groups: Groups<Entry>;
  /** The same function on each drawing. Its result needs no key. */
  readonly draw: (entry: Entry, number: number) => ComponentChildren;
}

interface GroupProps {
  readonly entries: readonly unknown[];
  readonly firstNumber: number;
  readonly draw: (entry: never, number: number) => ComponentChildren;
}

interface EntryProps {
  readonly entry: unknown;
  readonly number: number;
  readonly draw: (entry: never, number: number) => ComponentChildren;
}

export function GroupsView<Entry>({ groups, draw }: GroupsProps<Entry>) {
  let number = 0;
  return (
    <>
      {groups.map((entries, index) => {
        const firstNumber = number;
        number += entries.length;
        return <GroupView key={index} entries={entries} firstNumber={firstNumber} draw={draw} />;
      })}
    </>
  );
}

const GroupView = frozen(function Group({ entries, firstNumber, draw }: GroupProps) {
  return entries.map((entry, index) => (
    <EntryView key={index} entry={entry} number={firstNumber + index} draw={draw} />
  ));
});

const EntryView = frozen(function Entry({ entry, number, draw }: EntryProps) {
  return draw(entry as never, number);
});
