import { stat } from 'node:fs/promises';
import type { Connected } from '../db/connect.ts';
import { Filled, type Loader, loadDatabase } from '../db/transfer/load.ts';
import type { Files } from '../kernel/files.ts';
import type { Secrets } from '../kernel/secrets.ts';
import { Damaged, type Entry, readArchive, readWhole } from './archive.ts';
import { COUNTS, type Counts, FORM, fingerprintOf, MANIFEST, type Manifest, readName } from './manifest.ts';
import type { Progress } from './take.ts';

export type RestorePlan = {
  readonly pool: Connected['pool'];
  readonly files: Files;
  readonly secrets: Secrets;
  readonly path: string;
  /** what is there goes */
  readonly replace: boolean;
  readonly progress: Progress;
};

/** It cannot be restored here, and why; nothing was written. */
export class NotRestored extends Error {}

/**
 * Reads the archive to its end first, and only then writes: files, which nobody sees yet, and rows in one transaction that commits last.
 * Whoever is killed in between leaves a database as it was, and files that are swept after a day.
 */
export async function restoreBackup(plan: RestorePlan): Promise<{ manifest: Manifest; counts: Counts }> {
  const { size } = await stat(plan.path);
  let read = 0;
  const watched = (what: string) => (bytes: number) => {
    read += bytes;
    plan.progress(read, 2 * size, what);
  };
  const checked = await checkArchive(plan, watched('checking'));
  try {
    const { tables, migrations, sequences, transactions } = checked.manifest;
    await loadDatabase(plan.pool, { tables, migrations, sequences, transactions, replace: plan.replace }, async (loader) => {
      const rows = await writeEntries(readArchive(plan.path, watched('restoring')), checked.manifest, plan.files, loader);
      for (const [table, count] of Object.entries(checked.counts.rows))
        if ((rows.get(table) ?? 0) !== count) throw new Damaged(`${table} had ${count} rows, and ${rows.get(table) ?? 0} came`);
    });
  } catch (error) {
    if (!(error instanceof Filled)) throw error;
    if (error.by === 'strangers')
      throw new NotRestored('There are tables of another program in this database. Portico wants one of its own.');
    throw new NotRestored(
      'There are organisations in this database already. Restore into an empty one, or say --replace to lose them.',
    );
  }
  return checked;
}

/** Reads everything once: only its end says whether this is what was written. */
async function checkArchive({ path, secrets }: RestorePlan, read: (bytes: number) => void) {
  let manifest: Manifest | undefined;
  let counts: Counts | undefined;
  for await (const entry of readArchive(path, read)) {
    if (manifest) {
      if (entry.name === COUNTS) counts = JSON.parse((await readWhole(entry.bytes)).toString()) as Counts;
      else if (readName(entry.name)) for await (const _ of entry.bytes);
      else throw new Damaged(`nobody knows what ${entry.name} is`);
      continue;
    }
    if (entry.name !== MANIFEST) throw new NotRestored(`${path} is no backup of Portico`);
    manifest = checkManifest((await readWhole(entry.bytes)).toString(), secrets);
  }
  if (!manifest || !counts) throw new Damaged('it does not say what it holds');
  return { manifest, counts };
}

function checkManifest(text: string, secrets: Secrets): Manifest {
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.portico !== 'backup') throw new NotRestored('This is no backup of Portico');
  if (manifest.form > FORM)
    throw new NotRestored(`Portico ${manifest.version} made this backup. Restore it with that version or a later one.`);
  if (manifest.secret !== fingerprintOf(secrets))
    throw new NotRestored(
      'This backup was made under another PORTICO_SECRET, and what is sealed in it (secrets of keys and webhooks, signing keys) could ' +
        'not be opened here. Set PORTICO_SECRET to that of the installation it comes from; where none was set, it is in the file ' +
        '`secret` of its data folder.',
    );
  return manifest;
}

async function writeEntries(
  entries: AsyncIterable<Entry>,
  { tables }: Manifest,
  files: Files,
  loader: Loader,
): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  const shapes = new Map(tables.map((table) => [table.name, table]));
  let current: { name: string; table: ReturnType<Loader['into']> } | undefined;
  const close = async () => {
    if (current) rows.set(current.name, await current.table.end());
    current = undefined;
  };
  for await (const { name, size, bytes } of entries) {
    const part = readName(name);
    if (part && 'table' in part) {
      const shape = shapes.get(part.table);
      if (!shape) throw new Damaged(`its list lacks the table ${part.table}`);
      if (current?.name !== part.table) {
        await close();
        current = { name: part.table, table: loader.into(shape) };
      }
      for await (const chunk of bytes) await current!.table.write(chunk);
      continue;
    }
    await close();
    if (part) await writeFile(files, part, size, bytes);
    else for await (const _ of bytes);
  }
  await close();
  return rows;
}

async function writeFile(
  files: Files,
  { orgId, sha256 }: { orgId: number; sha256: string },
  size: number,
  bytes: AsyncIterable<Buffer>,
) {
  const received = await files.receive(orgId, bytes, { limit: size });
  if (received.sha256 === sha256) return received.keep();
  await received.discard();
  throw new Damaged(`the file ${orgId}/${sha256} has other bytes than its name says`);
}
