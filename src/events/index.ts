import { randomUUID } from 'node:crypto';
import type { Actor } from '../access/actor.ts';
import { type Querier, statement } from '../db/index.ts';

/** One change of one row. `changed` holds {column: [old, new]}, or the whole row when it was created or deleted (domain-people §2.16). */
export type DomainEvent = {
  noun: string;
  row_id: number;
  /** what people called the row at that moment; activity lines print it */
  row_name?: string | null;
  verb: 'created' | 'updated' | 'deleted' | 'merged' | 'shared' | 'viewed';
  changed?: unknown;
  deal_id?: number | null;
  property_id?: number | null;
  contact_id?: number | null;
  /** the printed line of an imported activity */
  text?: string;
};

/** What all events of one transaction share: who, through which door, when. */
export type Happening = {
  readonly actor: Actor;
  readonly at: Date;
  readonly group: string;
};

export const happening = (actor: Actor, at: Date): Happening => ({ actor, at, group: actor.group ?? randomUUID() });

/** The values $n … of an event's shared columns, for statements that write a row and its event in one go. */
export const shared = ({ actor, at, group }: Happening) =>
  [group, at, actor.door, actor.kind, actor.id, actor.name, actor.clientId] as const;

const insert = statement<never>(
  'event.insert',
  `insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id,
                      noun, row_id, row_name, verb, changed, deal_id, property_id, contact_id, text)
   select $1, $2, $3, $4, $5, $6, $7, $8,
          e.noun, e.row_id, e.row_name, e.verb, coalesce(e.changed, '{}'), e.deal_id, e.property_id, e.contact_id, e.text
   from jsonb_to_recordset($9::jsonb) as e(noun text, row_id bigint, row_name text, verb text, changed jsonb,
        deal_id bigint, property_id bigint, contact_id bigint, text text)`,
);

/** Writes what happened, in the transaction of the change. */
export async function emit(q: Querier, what: Happening, ...events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  await q.rows(insert, [what.actor.orgId, ...shared(what), JSON.stringify(events)]);
}

/** {column: [old, new]} of the columns that differ; undefined when none does. Values are compared as JSON. */
export function difference<T extends object>(before: T, after: Partial<T>): Record<string, [unknown, unknown]> | undefined {
  const changed: Record<string, [unknown, unknown]> = {};
  for (const [column, value] of Object.entries(after)) {
    const old = (before as Record<string, unknown>)[column];
    if (value !== undefined && JSON.stringify(old) !== JSON.stringify(value)) changed[column] = [old, value];
  }
  return Object.keys(changed).length > 0 ? changed : undefined;
}

export { follow } from './follow.ts';
