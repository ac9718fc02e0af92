import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { askServer } from './ask.ts';
import { ensureDatabase, loginTo, type Plan } from './launch.ts';
import type { Address } from './place.ts';
import { findPostmaster, haltServer, isServing, type Postmaster } from './postmaster.ts';
import { fingerprint } from './settings.ts';

const ANSWER = 5_000;
const BECOME_READY = 120_000;

type Answer = { readonly note: string | null; readonly settings: string | null };

/**
 * What the server at the recorded address says, when it takes our secret and reads this very folder: a copied folder has the same
 * secret and the record of the server that runs on the original.
 */
async function hear(plan: Plan, found: Postmaster): Promise<Answer | undefined> {
  const name = `portico-${randomBytes(6).toString('hex')}.note`;
  const path = join(plan.place.cluster, name);
  await writeFile(path, name, { mode: 0o644 });
  try {
    const sql = `select pg_read_file('${name}', true) as note, current_setting('portico.settings', true) as settings`;
    const [answer] = await askServer<Answer>(loginTo(plan, found), 'postgres', sql, ANSWER);
    return answer?.note === name ? answer : undefined;
  } catch {
    return undefined;
  } finally {
    await rm(path, { force: true });
  }
}

/** Waits for a server that is starting or stopping to be one thing or the other. */
async function settle(plan: Plan): Promise<Postmaster | undefined> {
  const { cluster } = plan.place;
  for (const end = Date.now() + BECOME_READY; ; await wait(10)) {
    const found = await findPostmaster(cluster);
    if (!found || !(await isServing(found.pid, cluster))) return undefined;
    if (found.status === 'ready' || Date.now() > end) return found;
  }
}

/**
 * Takes over the server that a killed Portico left running. Undefined: there is none (any more), so start one. A server that does not
 * answer, or was started with other settings, is stopped.
 * @throws Error when a server out of our sight (in another container) runs on the folder
 */
export async function adoptServer(plan: Plan): Promise<{ pid: number; address: Address } | undefined> {
  const { place, programs } = plan;
  const recorded = await findPostmaster(place.cluster);
  if (!recorded) return undefined;
  const found = await settle(plan);
  if (!found) {
    if (await hear(plan, recorded))
      throw new Error(
        `A PostgreSQL that this process cannot see, probably in another container, runs on ${place.cluster}. Stop it before starting here.`,
      );
    return undefined;
  }
  const answer = found.status === 'ready' ? await hear(plan, found) : undefined;
  if (answer?.settings === fingerprint(plan.settings, programs.version)) {
    await ensureDatabase(loginTo(plan, found));
    const clean = () => (process.platform === 'win32' ? Promise.resolve() : rm(found.host, { recursive: true, force: true }));
    return { pid: found.pid, address: { host: found.host, port: found.port, clean } };
  }
  plan.log(
    answer
      ? `PostgreSQL (pid ${found.pid}) runs with other settings: starting it anew`
      : `PostgreSQL (pid ${found.pid}) does not answer: starting it anew`,
  );
  await haltServer(found.pid, place.cluster, programs.pgCtl, answer ? undefined : ANSWER);
  return undefined;
}
