import { connect, type Tx } from '../../src/db/index.ts';
import { buildDomain, type Ports } from '../../src/domain/index.ts';
import { openFiles } from '../../src/files/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { makeResoKeys } from '../../src/kernel/reso-key.ts';
import { makeSecrets } from '../../src/kernel/secrets.ts';
import { copyDatabase, TEST_SECRET, testServer } from '../../src/testing/server.ts';

/** A database of one's own with the domain on it; the files are those of the run, which keeping only adds to. */
export async function openWorld(template: 'empty' | 'sandbox') {
  const database = await copyDatabase(template);
  const { db, pool, close } = connect(database.url, { max: 4 });
  const ports: Ports = {
    db,
    clock: systemClock,
    files: openFiles({ kind: 'disk', directory: testServer().files }),
    secrets: makeSecrets(TEST_SECRET),
    mintResoKey: makeResoKeys(),
  };
  return {
    /** for another process */
    url: database.url,
    ports,
    domain: buildDomain(ports),
    query: async <R = Record<string, unknown>>(text: string, values: unknown[] = []) =>
      (await pool.query(text, values)).rows as R[],
    /** Runs `work` and forgets what it did. */
    async rehearse(work: (tx: Tx) => Promise<void>): Promise<void> {
      const over = new Error('rehearsed');
      await db
        .tx(async (tx) => {
          await work(tx);
          throw over;
        })
        .catch((error: unknown) => {
          if (error !== over) throw error;
        });
    },
    async [Symbol.asyncDispose]() {
      await close();
      await database.drop();
    },
  };
}
export type World = Awaited<ReturnType<typeof openWorld>>;
