import { randomUUID } from 'node:crypto';
import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';

/** How long an answer is given again (contracts/propertybase.md G25). */
const KEPT_MS = 24 * 3_600_000;
/** No call runs so long; after it the process that ran one is taken for dead. */
const RUNNING_MS = 60_000;

/** What a call was answered, as it is answered again. */
export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
};

/** What there is of a call by its name. */
export type NamedCall =
  /** nobody made it yet, or without effect: it is to be made, its events in this group */
  | { readonly kind: 'new'; readonly group: string }
  | ({ readonly kind: 'answered' } & KeptAnswer)
  | { readonly kind: 'running' }
  | { readonly kind: 'other_body' }
  /** it was carried out, and the process died before its answer was kept */
  | { readonly kind: 'answer_lost' };

type Kept = {
  readonly request_hash: Buffer;
  readonly status: number | null;
  readonly headers: KeptAnswer['headers'];
  readonly answer: unknown;
  readonly group_uuid: string | null;
  readonly created_at: Date;
  readonly carried_out: boolean;
};

const take = statement<{ name: string }>(
  'call_answer.take',
  `insert into call_answer (org_id, key_id, name, request_hash, group_uuid, created_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (org_id, key_id, name) do update set request_hash = excluded.request_hash, group_uuid = excluded.group_uuid,
     created_at = excluded.created_at, status = null, answer = null, headers = '{}' where call_answer.created_at <= $7
   returning name`,
);
const find = statement<Kept>(
  'call_answer.find',
  `select a.request_hash, a.status, a.headers, a.answer, a.group_uuid, a.created_at,
     exists (select from event e where e.org_id = a.org_id and e.group_uuid = a.group_uuid) as carried_out
   from call_answer a where a.org_id = $1 and a.key_id = $2 and a.name = $3`,
);
const takeOver = statement<{ name: string }>(
  'call_answer.take_over',
  `update call_answer set group_uuid = $5, created_at = $6 where org_id = $1 and key_id = $2 and name = $3 and group_uuid = $4
   returning name`,
);
const keep = statement<never>(
  'call_answer.keep',
  'update call_answer set status = $5, headers = $6, answer = $7 where org_id = $1 and key_id = $2 and name = $3 and group_uuid = $4',
);
const drop = statement<never>(
  'call_answer.drop',
  'delete from call_answer where org_id = $1 and key_id = $2 and name = $3 and group_uuid = $4',
);
const forget = statement<never>('call_answer.forget', 'delete from call_answer where created_at <= $1');

/** Answers to calls that clients gave a name, so that a call that is made again does nothing again, however close they come. */
export function callAnswersService({ db, clock }: Pick<Ports, 'db' | 'clock'>) {
  const ago = (ms: number) => new Date(clock.now().getTime() - ms);

  return {
    /** Takes the name for this call, unless one of that name was made or is being made. */
    async begin({ orgId, id }: Actor, name: string, requestHash: Buffer): Promise<NamedCall> {
      const group = randomUUID();
      const mine = [orgId, id, name];
      const taken = await db.rows(take, [...mine, requestHash, group, clock.now(), ago(KEPT_MS)]);
      if (taken.length > 0) return { kind: 'new', group };
      const [known] = await db.rows(find, mine);
      // It ended without effect this very moment.
      if (!known) return { kind: 'running' };
      if (!known.request_hash.equals(requestHash)) return { kind: 'other_body' };
      if (known.status !== null) return { kind: 'answered', status: known.status, headers: known.headers, json: known.answer };
      if (known.created_at > ago(RUNNING_MS)) return { kind: 'running' };
      if (known.carried_out) return { kind: 'answer_lost' };
      const over = await db.rows(takeOver, [...mine, known.group_uuid, group, clock.now()]);
      return over.length > 0 ? { kind: 'new', group } : { kind: 'running' };
    },

    /** The answer to a call that was begun. */
    async keep({ orgId, id }: Actor, name: string, group: string, { status, headers, json }: KeptAnswer): Promise<void> {
      await db.rows(keep, [orgId, id, name, group, status, JSON.stringify(headers), JSON.stringify(json ?? null)]);
    },

    /** A call that was begun had no effect: its name is free again. */
    drop: ({ orgId, id }: Actor, name: string, group: string): Promise<unknown> => db.rows(drop, [orgId, id, name, group]),

    forget: (): Promise<unknown> => db.rows(forget, [ago(KEPT_MS)]),
  };
}
