import type { Applied } from '../db/migrate.ts';
import type { Snapshot, TableShape } from '../db/transfer/snapshot.ts';
import type { Secrets } from '../kernel/secrets.ts';

/** Raised when an older program could not read what a newer one writes. */
export const FORM = 1;

/** The first entry: what the others are, and what they need. */
export type Manifest = {
  readonly portico: 'backup';
  readonly form: number;
  /** version of the program that made it */
  readonly version: string;
  readonly takenAt: string;
  readonly publicUrl: string | undefined;
  readonly migrations: readonly Applied[];
  /** what the secret says of itself: it tells whether what is sealed can be opened, and nothing else */
  readonly secret: string;
  readonly tables: readonly Pick<TableShape, 'name' | 'columns'>[];
  readonly sequences: Snapshot['sequences'];
  /** the highest position in the log of events */
  readonly transactions: number;
};

/** The entry after the rows: how many there were. */
export type Counts = { readonly rows: Readonly<Record<string, number>>; readonly files: number; readonly bytes: number };

export const MANIFEST = 'manifest.json';
export const COUNTS = 'counts.json';
export const tablePart = (table: string, part: number) => `tables/${table}/${String(part).padStart(6, '0')}`;
export const filePart = (orgId: number, sha256: string) => `files/${orgId}/${sha256}`;

export const fingerprintOf = (secrets: Pick<Secrets, 'sign'>) => secrets.sign('backup', 'portico');

/** Of an entry's name: which table's rows, or which file. */
export function readName(name: string): { table: string } | { orgId: number; sha256: string } | undefined {
  const table = /^tables\/([^/]+)\/\d{6}$/.exec(name)?.[1];
  if (table) return { table };
  const [, orgId, sha256] = /^files\/(\d{1,16})\/([0-9a-f]{64})$/.exec(name) ?? [];
  return orgId && sha256 ? { orgId: Number(orgId), sha256 } : undefined;
}
