// What a bench reports: rows of figures, some of them with a goal, printed side by side.

export interface BenchRow {
  readonly name: string;
  /** Already worded, one for each column after the name. */
  readonly cells: readonly string[];
  /** The figure that has a goal, and the most it may be. */
  readonly goal?: { readonly figure: number; readonly most: number; readonly unit: string };
}

export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly BenchRow[];
}

/** Prints the table and gives the number of goals missed. */
export function printTable({ title, columns, rows }: BenchTable): number {
  const head = ['', ...columns, 'goal'];
  const lines = rows.map(({ name, cells, goal }) => [
    name,
    ...cells,
    goal === undefined ? '' : verdict(goal),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => width(line[column]))));
  const show = (line: readonly string[]): string =>
    line
      .map((cell, column) => pad(cell, widths[column] ?? 0, column === 0 || column === head.length - 1))
      .join('  ');
  console.log(`\n${title}\n${show(head)}\n${widths.map((wide) => '─'.repeat(wide)).join('  ')}`);
  for (const line of lines) console.log(show(line));
  return rows.filter(({ goal }) => goal !== undefined && goal.figure > goal.most).length;
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (high + (sorted[middle - 1] ?? Number.NaN)) / 2 : high;
}

function verdict({ figure, most, unit }: { figure: number; most: number; unit: string }): string {
  return `${figure <= most ? 'ok' : 'MISSED'}, at most ${most} ${unit}`;
}

function width(cell: string | undefined): number {
  return cell?.length ?? 0;
}

function pad(cell: string, wide: number, left: boolean): string {
  return left ? cell.padEnd(wide) : cell.padStart(wide);
}
