import type { ReactNode } from 'react';

export type Column<Row> = {
  /** its heading, and what its cell is called where each row is a card of its own */
  title: string;
  cell: (row: Row) => ReactNode;
  /** figures stand at the end; buttons too, under a heading that is only read aloud */
  kind?: 'figure' | 'actions';
  /** long words may break anywhere */
  breaks?: boolean;
};

type Props<Row> = {
  name: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** the first names the row */
  columns: readonly [Column<Row>, ...Column<Row>[]];
  className?: string;
};

const classOf = <Row,>({ kind, breaks }: Column<Row>) =>
  [...(kind ? ['end'] : []), ...(breaks ? ['breaks'] : [])].join(' ') || undefined;

/** Rows to scan; on a narrow screen one card a row. */
export function Table<Row>({ name, rows, keyOf, columns, className }: Props<Row>) {
  const [first, ...others] = columns;
  return (
    <table aria-label={name} className={className}>
      <thead>
        <tr>
          {columns.map(({ title, kind }) => (
            <th key={title} scope="col" className={kind === 'figure' ? 'end' : undefined}>
              {kind === 'actions' ? <span className="unseen">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row" className={classOf(first)}>
              {first.cell(row)}
            </th>
            {others.map((column) => (
              <td
                key={column.title}
                data-label={column.kind === 'actions' ? undefined : column.title}
                className={classOf(column)}
              >
                {column.kind === 'actions' ? <span className="links">{column.cell(row)}</span> : column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
