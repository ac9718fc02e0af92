import { access } from 'node:fs/promises';
import type { Connected } from '../db/connect.ts';
import { openSnapshot, type Snapshot, type TableShape, type Tellings } from '../db/transfer/snapshot.ts';
import type { Files } from '../kernel/files.ts';
import type { Secrets } from '../kernel/secrets.ts';
import { tellFeedPositions } from '../webhooks/feed-positions.ts';
import { type ArchiveWriter, writeArchive } from './archive.ts';
import { COUNTS, type Counts, FORM, filePart, fingerprintOf, MANIFEST, type Manifest, tablePart } from './manifest.ts';

export type Progress = (done: number, of: number, what: string) => void;

export type BackupPlan = {
  readonly pool: Connected['pool'];
  readonly files: Files;
  readonly secrets: Secrets;
  readonly version: string;
  readonly publicUrl: string | undefined;
  readonly now: Date;
  readonly path: string;
  readonly progress: Progress;
};

export type BackupFacts = {
  readonly path: string;
  /** of the archive */
  readonly size: number;
  readonly rows: number;
  readonly files: number;
  /** rows of the record that name bytes which were not there */
  readonly missing: readonly string[];
};

type Blob = { readonly org_id: number; readonly sha256: string; readonly size: number };

/** Rows go in parts of about that many bytes, because a tar wants to know a size before the bytes. */
const PART = 4 * 1024 * 1024;
const BLOBS = 1_000;

/**
 * Writes rows and files as they were at one moment, while others write on. Files have their hash for a name and are never changed, so
 * those that the rows of that moment name are those of that moment; none is taken away meanwhile (`BACKUP_LOCK`).
 */
export async function takeBackup(plan: BackupPlan): Promise<BackupFacts> {
  await refuseTaken(plan.path);
  const snapshot = await openSnapshot(plan.pool);
  const archive = writeArchive(plan.path);
  try {
    if (snapshot.migrations.length === 0) throw new Error('There is nothing in this database yet');
    const { tellings, highest } = await tellFeedPositions(snapshot);
    await archive.add(MANIFEST, json(manifestOf(plan, snapshot, highest)));
    const step = await stepper(snapshot, plan.progress);
    const rows: Record<string, number> = {};
    for (const table of snapshot.tables) {
      rows[table.name] = await writeTable(archive, snapshot, table, tellings);
      step(table.bytes, table.name);
    }
    const { files, bytes, missing } = await writeFiles(archive, snapshot, plan.files, (size) => step(size, 'files'));
    await archive.add(COUNTS, json({ rows, files, bytes } satisfies Counts));
    const size = await archive.finish();
    return { path: plan.path, size, rows: Object.values(rows).reduce((sum, n) => sum + n, 0), files, missing };
  } catch (error) {
    await archive.discard();
    throw error;
  } finally {
    await snapshot.close();
  }
}

const json = (value: object) => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

async function refuseTaken(path: string): Promise<void> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) throw new Error(`${path} is there already. Give the backup another name.`);
}

const manifestOf = (plan: BackupPlan, { migrations, tables, sequences }: Snapshot, transactions: number): Manifest => ({
  portico: 'backup',
  form: FORM,
  version: plan.version,
  takenAt: plan.now.toISOString(),
  publicUrl: plan.publicUrl,
  migrations,
  secret: fingerprintOf(plan.secrets),
  tables: tables.map(({ name, columns }) => ({ name, columns })),
  sequences,
  transactions,
});

async function stepper({ tables, query }: Snapshot, progress: Progress) {
  const [files] = await query<{ bytes: number }>('select coalesce(sum(size), 0) as bytes from blob');
  const of = tables.reduce((sum, { bytes }) => sum + bytes, files?.bytes ?? 0);
  let done = 0;
  return (bytes: number, what: string) => {
    done += bytes;
    progress(done, of, what);
  };
}

/** Answers how many rows: in COPY's text form each is a line, and a line break in a value is written otherwise. */
async function writeTable(archive: ArchiveWriter, snapshot: Snapshot, table: TableShape, tellings: Tellings): Promise<number> {
  let rows = 0;
  let part = 0;
  let held: Buffer[] = [];
  let size = 0;
  const write = async () => {
    if (size > 0) await archive.add(tablePart(table.name, ++part), Buffer.concat(held));
    held = [];
    size = 0;
  };
  for await (const chunk of snapshot.copy(table, tellings[table.name])) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows++;
    held.push(chunk);
    size += chunk.length;
    if (size >= PART) await write();
  }
  await write();
  return rows;
}

async function writeFiles(archive: ArchiveWriter, snapshot: Snapshot, files: Files, done: (bytes: number) => void) {
  const facts = { files: 0, bytes: 0, missing: [] as string[] };
  let after: Pick<Blob, 'org_id' | 'sha256'> = { org_id: 0, sha256: '' };
  for (;;) {
    const blobs = await snapshot.query<Blob>(
      `select org_id, sha256, size from blob where (org_id, sha256) > ($1, $2) order by org_id, sha256 limit ${BLOBS}`,
      [after.org_id, after.sha256],
    );
    const last = blobs.at(-1);
    if (!last) return facts;
    after = last;
    for (const { org_id, sha256, size } of blobs) {
      const opened = await files.open(org_id, sha256);
      if (opened) {
        await archive.addStream(filePart(org_id, sha256), opened.size, opened.stream, sha256);
        facts.files++;
        facts.bytes += opened.size;
      } else facts.missing.push(filePart(org_id, sha256));
      done(size);
    }
  }
}
