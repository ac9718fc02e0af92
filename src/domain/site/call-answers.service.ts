import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';

/** How long an answer is given again (contracts/propertybase.md G25). */
const KEPT_MS = 24 * 3_600_000;

export type KeptAnswer = {
  readonly name: string;
  readonly requestHash: Buffer;
  readonly status: number;
  readonly answer: unknown;
};

const find = statement<{ request_hash: Buffer; status: number; answer: unknown }>(
  'call_answer.find',
  'select request_hash, status, answer from call_answer where org_id = $1 and key_id = $2 and name = $3 and created_at > $4',
);
const keep = statement<never>(
  'call_answer.keep',
  `insert into call_answer (org_id, key_id, name, request_hash, status, answer, created_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (org_id, key_id, name) do update set request_hash = excluded.request_hash, status = excluded.status,
     answer = excluded.answer, created_at = excluded.created_at where call_answer.created_at <= $8`,
);
const forget = statement<never>('call_answer.forget', 'delete from call_answer where created_at <= $1');

/** Answers to calls that clients gave a name, so that a call that is made again does nothing again. */
export function callAnswersService({ db, clock }: Pick<Ports, 'db' | 'clock'>) {
  const since = () => new Date(clock.now().getTime() - KEPT_MS);
  return {
    async find({ orgId, id }: Actor, name: string): Promise<Omit<KeptAnswer, 'name'> | undefined> {
      const [row] = await db.rows(find, [orgId, id, name, since()]);
      return row && { requestHash: row.request_hash, status: row.status, answer: row.answer };
    },

    async keep({ orgId, id }: Actor, { name, requestHash, status, answer }: KeptAnswer): Promise<void> {
      await db.rows(keep, [orgId, id, name, requestHash, status, JSON.stringify(answer ?? null), clock.now(), since()]);
    },

    forget: (): Promise<unknown> => db.rows(forget, [since()]),
  };
}
