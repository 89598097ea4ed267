// A table, in parts when it is long: the width of columns costs with every row that a table has.
import type { Tokens } from 'marked';

import { frozen } from '../frozen.tsx';
import type { TableRow } from './block.ts';
import type { Groups } from './groups.ts';
import { GroupsView } from './groupsView.tsx';
import { InlineTokens } from './inlineView.tsx';

/** Groups of rows in one part; a table of one part has columns as wide as they need, of more parts equal ones. */
const groupsPerPart = 4;

interface TableProps {
  readonly header: TableRow;
  readonly rows: Groups<TableRow>;
}

export function TableView({ header, rows }: TableProps) {
  const parts: Groups<TableRow>[] = [rows.slice(0, groupsPerPart)];
  for (let start = groupsPerPart; start < rows.length; start += groupsPerPart) {
    parts.push(rows.slice(start, start + groupsPerPart));
  }
  return (
    <div class={parts.length === 1 ? 'table' : 'table parts'}>
      {parts.map((part, index) => (
        <TablePart key={index} header={index === 0 ? header : undefined} rows={part} />
      ))}
    </div>
  );
}

interface PartProps {
  readonly header: TableRow | undefined;
  readonly rows: Groups<TableRow>;
}

function TablePart({ header, rows }: PartProps) {
  return (
    <table>
      {header && (
        <thead>
          <tr>
            {header.map((cell, index) => (
              <th key={index} scope="col" class={alignment(cell)}>
                <InlineTokens tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        <GroupsView groups={rows} draw={tableRow} />
      </tbody>
    </table>
  );
}

const tableRow = (cells: TableRow) => <Row cells={cells} />;

const Row = frozen(function Row({ cells }: { readonly cells: TableRow }) {
  return (
    <tr>
      {cells.map((cell, index) => (
        <td key={index} class={alignment(cell)}>
          <InlineTokens tokens={cell.tokens} />
        </td>
      ))}
    </tr>
  );
});

function alignment({ align }: Tokens.TableCell): string | undefined {
  return align ? `align-${align}` : undefined;
}
