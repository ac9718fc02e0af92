import { BACKUP_LOCK, type Db, statement, type Tx } from '../../db/index.ts';
import type { Files } from '../../kernel/files.ts';
import { forgetUploads } from './upload.store.ts';

const DAY = 86_400_000;

const claim = statement<{ id: number }>(
  'blob.claim',
  `insert into blob (org_id, sha256, size, sniffed_type) values ($1, $2, 0, 'application/octet-stream') on conflict do nothing returning id`,
);
const known = statement<{ org_id: number }>('blob.org_known', 'select id as org_id from organisation where id = $1');
const release = statement<never>('blob.release', 'delete from blob where org_id = $1 and id = $2');
const unused = statement<{ org_id: number; id: number; sha256: string }>(
  'blob.unused',
  `select b.org_id, b.id, b.sha256 from blob b
   where b.created_at < $1
     and not exists (select from document_version v where v.org_id = b.org_id and v.blob_id = b.id)
     and not exists (select from media m where m.org_id = b.org_id and m.blob_id = b.id)
     and not exists (select from public_file f where f.org_id = b.org_id and f.blob_id = b.id)
     and not exists (select from rendition r where r.org_id = b.org_id and r.drawn_id = b.id)
     and not exists (select from upload u where u.org_id = b.org_id and u.blob_id = b.id)
     and not exists (select from deal_template t where t.org_id = b.org_id and t.content @? format('$.folders[*].documents[*].blob_id ? (@ == %s)', b.id)::jsonpath)
   limit 1000`,
);
const dropUnused = statement<{ id: number }>(
  'blob.drop_unused',
  `delete from blob b where b.org_id = $1 and b.id = $2
     and not exists (select from document_version v where v.org_id = b.org_id and v.blob_id = b.id)
     and not exists (select from media m where m.org_id = b.org_id and m.blob_id = b.id)
     and not exists (select from public_file f where f.org_id = b.org_id and f.blob_id = b.id)
     and not exists (select from upload u where u.org_id = b.org_id and u.blob_id = b.id)
     and not exists (select from rendition r where r.org_id = b.org_id and r.drawn_id = b.id) returning id`,
);

// A backup reads files for as long as it takes; whoever would take one away leaves it for the next sweep.
const alone = statement<{ alone: boolean }>('blob.sweep_alone', `select pg_try_advisory_xact_lock(${BACKUP_LOCK}) as alone`);
const isAlone = async (tx: Tx) => (await tx.rows(alone, []))[0]?.alone === true;

/**
 * Takes away files that no row names after a day, and rows that nothing names after thirty (domain-property §6.2). A file is removed
 * only while this transaction holds its key in `blob`, and an upload keeps its bytes only while it holds the same key, so neither can
 * take a file from the other.
 */
export async function sweepFiles(db: Db, files: Files, now: Date): Promise<{ files: number; blobs: number }> {
  const swept = { files: 0, blobs: 0 };
  const dayAgo = new Date(now.getTime() - DAY);
  await forgetUploads(db, dayAgo);
  for (const blob of await db.rows(unused, [new Date(now.getTime() - 30 * DAY)])) {
    await db.tx(async (tx) => {
      if (!(await isAlone(tx))) return;
      if ((await tx.rows(dropUnused, [blob.org_id, blob.id])).length === 0) return;
      await files.remove(blob.org_id, blob.sha256);
      swept.blobs++;
    });
  }
  for await (const file of files.list()) {
    if (file.modifiedAt > dayAgo || (await db.rows(known, [file.orgId])).length === 0) continue;
    await db.tx(async (tx) => {
      if (!(await isAlone(tx))) return;
      const [claimed] = await tx.rows(claim, [file.orgId, file.sha256]);
      if (!claimed) return;
      await files.remove(file.orgId, file.sha256);
      await tx.rows(release, [file.orgId, claimed.id]);
      swept.files++;
    });
  }
  await files.sweepTemporary(dayAgo);
  return swept;
}
