import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import type { Along, ColumnKind, Row, Write } from '../../kernel/record.ts';

export type SourceColumn = { readonly kind: ColumnKind; readonly readOnly: boolean; readonly which?: string };

/** Where the rows of a resource come from, in the organisation of an actor A. */
export type Source<A> = {
  readonly noun: string;
  /** the column that names the row these rows are parts of */
  readonly parent: string | null;
  readonly columns: Readonly<Record<string, SourceColumn>>;
  readonly metadataType: string | null;
  normalCode(code: string): string;
  list(actor: A, query: ListQuery, along?: Along): Promise<ListPage<Row>>;
  /** @throws Fault not_found */
  byCode(actor: A, code: string, along?: Along): Promise<Row>;
  byCodes(actor: A, codes: readonly string[], along?: Along): Promise<readonly Row[]>;
  create(actor: A, write: Write): Promise<Row>;
  update(actor: A, code: string, change: (row: Row) => Write): Promise<Row>;
  remove(actor: A, code: string, guard?: (row: Row) => void): Promise<void>;
};

/** What the engine asks of a caller. */
export type ResourceCaller<A> = { readonly actor: A; readonly scopes: ReadonlySet<string> };
