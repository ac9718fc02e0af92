import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { type Db, statement, type Tx } from './db/index.ts';
import type { Clock } from './kernel/clock.ts';
import {
  type Called,
  type CallGate,
  type CallLimits,
  isRefusal,
  land,
  memoryGate,
  NOTHING_CALLED,
  type Refusal,
  takeOff,
} from './wire/call-gate.ts';

const make = statement<never>(
  'call_gate.make',
  'insert into call_gate (application, state, updated_at) values ($1, $2, now()) on conflict (application) do nothing',
);
const lock = statement<{ state: Called }>('call_gate.lock', 'select state from call_gate where application = $1 for update');
const save = statement<never>('call_gate.save', 'update call_gate set state = $2, updated_at = now() where application = $1');
const forget = statement<never>('call_gate.forget', "delete from call_gate where updated_at < now() - interval '1 day'");

/** What an application called, for one reader at a time. */
async function read(tx: Tx, application: string): Promise<Called> {
  const [known] = await tx.rows(lock, [application]);
  if (known) return known.state;
  await tx.rows(make, [application, JSON.stringify(NOTHING_CALLED)]);
  return (await tx.rows(lock, [application]))[0]?.state ?? NOTHING_CALLED;
}

/**
 * The same limits counted in the database, for all instances: a small transaction when a call comes and one when it is over. They wait for
 * each other for each application, which may make 20 a second.
 */
export function databaseGate(db: Db, clock: Clock, limits: CallLimits, log: Logger): CallGate {
  // Without a limit there is nothing to share.
  if (Object.values(limits).every((limit) => limit === null)) return memoryGate(clock, limits);
  const change = (application: string, next: (called: Called) => Called) =>
    db
      .tx(async (tx) => tx.rows(save, [application, JSON.stringify(next(await read(tx, application)))]))
      .catch((error: unknown) => log.warn({ room: 'limits', err: error }, 'A call was not counted'));
  return {
    async enter(application, customer) {
      const flight = randomUUID();
      const refused = await db.tx(async (tx): Promise<Refusal | undefined> => {
        const taken = takeOff(await read(tx, application), limits, { flight, customer, now: clock.now().getTime() });
        if (isRefusal(taken)) return taken;
        await tx.rows(save, [application, JSON.stringify(taken)]);
        return undefined;
      });
      return refused ?? { leave: () => void change(application, (called) => land(called, flight)) };
    },
    spend(application, calls) {
      void change(application, (called) => ({ ...called, spent: called.spent + calls }));
    },
  };
}

/** What nobody called for a day is dropped by a job. */
export const forgetCalls = (db: Db) => db.rows(forget, []);
