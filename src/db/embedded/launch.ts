import { setTimeout as wait } from 'node:timers/promises';
import { askServer, type Login, sqlState } from './ask.ts';
import type { Address, Place } from './place.ts';
import { disownRecord, findPostmaster, folderMark, haltServer } from './postmaster.ts';
import type { Programs } from './programs.ts';
import { startProgram } from './run.ts';
import { openLog } from './server-log.ts';
import type { ServerUser } from './server-user.ts';
import { fingerprint, type Settings } from './settings.ts';

/** All that a server is started from. */
export type Plan = {
  readonly place: Place;
  readonly user: ServerUser;
  readonly programs: Programs;
  readonly settings: Settings;
  readonly secret: string;
  readonly log: (line: string) => void;
};

export const loginTo = (plan: Plan, { host, port }: { host: string; port: number }): Login => ({
  host,
  port,
  user: 'portico',
  password: plan.secret,
});

/** Survivors of a killed server leave within moments; PostgreSQL refuses to start beside them. */
const NOT_YET = /pre-existing shared memory block|lock file ".*" already exists/;
const LEAVING = 20_000;

/** Starts the server and answers its pid when it takes connections. Only when none lives in the folder. */
export async function launchServer(plan: Plan, address: Address): Promise<number> {
  for (const began = Date.now(); ; ) {
    const outcome = await tryLaunch(plan, address);
    if (typeof outcome === 'number') return outcome;
    if (!NOT_YET.test(outcome) || Date.now() - began > LEAVING)
      throw new Error(`PostgreSQL did not start on ${plan.place.cluster}. It said (${plan.place.log}):\n${outcome}`);
    await wait(50);
  }
}

async function argsFor({ settings, programs, place }: Plan, { host, port }: Address): Promise<string[]> {
  const where = process.platform === 'win32' ? { listen_addresses: host } : { unix_socket_directories: host };
  const all = { ...settings, ...where, port, 'portico.settings': fingerprint(settings, programs.version) };
  return [...Object.entries(all).map(([name, value]) => `${name}=${value}`), await folderMark(place.cluster)].flatMap(
    (setting) => ['-c', setting],
  );
}

/** The pid, or what the server said when it gave up. */
async function tryLaunch(plan: Plan, address: Address): Promise<number | string> {
  const { cluster } = plan.place;
  await disownRecord(cluster);
  const output = await openLog(plan.place.log);
  try {
    const args = await argsFor(plan, address);
    const child = await startProgram(plan.programs.postgres, cluster, plan.user, (folder) => ['-D', folder, ...args], output.fd);
    child.stdin?.destroy();
    let ended = false;
    child.once('exit', () => {
      ended = true;
    });
    const pid = child.pid as number;
    try {
      for (let turn = 1; ; turn++) {
        if (ended) return await output.read();
        // Its own word first: asking it before would fill the log with refusals.
        const found = await findPostmaster(cluster);
        if (found?.pid === pid && found.status === 'ready') break;
        if (turn % 500 === 0) plan.log(`PostgreSQL is not ready after ${turn / 100} s: it repairs what a hard stop left`);
        await wait(10);
      }
      await ensureDatabase(loginTo(plan, address));
      child.unref();
      return pid;
    } catch (error) {
      await haltServer(pid, cluster, plan.programs.pgCtl);
      throw error;
    }
  } finally {
    await output.close();
  }
}

/** A kill can fall between the cluster and its database. */
export async function ensureDatabase(login: Login): Promise<void> {
  try {
    await askServer(login, 'portico', 'select', 10_000);
  } catch (error) {
    if (sqlState(error) === '28P01')
      throw new Error(
        'PostgreSQL refuses the password in postgres.secret. Remove that file and start again: a new one is set then.',
      );
    if (sqlState(error) !== '3D000') throw error;
    await askServer(login, 'postgres', 'create database portico', 60_000);
  }
}
