import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launchServer, type Plan } from './launch.ts';
import type { Address } from './place.ts';
import { haltServer, isServing } from './postmaster.ts';
import { trimLog } from './server-log.ts';

const LOOK = process.platform === 'linux' ? 500 : 5_000;
const TRIM = 600_000;

/**
 * Watches the server: one that died (the kernel kills for memory) is started again at the same address, so that the pool just connects
 * anew; one that somebody stopped in an orderly way stays down. None of its timers keeps Node alive.
 */
export function keepRunning(plan: Plan, first: number, address: Address) {
  const { cluster, log: logFile } = plan.place;
  let pid = first;
  let stopped = false;
  let look: Promise<void> = Promise.resolve();
  let busy = false;
  let failures = 0;
  let notBefore = 0;

  const check = async () => {
    if (await isServing(pid, cluster)) return;
    // A start of ours that failed has taken the record away, as an orderly stop does.
    if (failures === 0 && !existsSync(join(cluster, 'postmaster.pid'))) return;
    plan.log(`PostgreSQL (pid ${pid}) ended unexpectedly: starting it again`);
    pid = await launchServer(plan, address);
  };
  const watch = setInterval(() => {
    if (busy || stopped || Date.now() < notBefore) return;
    busy = true;
    look = check()
      .then(() => {
        failures = 0;
      })
      .catch((error: unknown) => {
        // A full disk, say: up to a minute between two tries.
        notBefore = Date.now() + Math.min(60_000, 1_000 * 2 ** failures++);
        plan.log(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        busy = false;
      });
  }, LOOK).unref();
  const trim = setInterval(() => void trimLog(logFile).catch(() => {}), TRIM).unref();

  return {
    async stop() {
      stopped = true;
      clearInterval(watch);
      clearInterval(trim);
      await look;
      await haltServer(pid, cluster, plan.programs.pgCtl);
    },
  };
}
