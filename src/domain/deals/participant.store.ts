import { type Querier, statement } from '../../db/index.ts';
import type { Participant } from './types.ts';

const ofDeal = statement<Participant>(
  'participant.of_deal',
  'select * from participant where org_id = $1 and deal_id = $2 and deleted_at is null order by created_at, id',
);

/** In the order in which they were added. */
export async function listParticipants(q: Querier, orgId: number, dealId: number): Promise<Participant[]> {
  return q.rows(ofDeal, [orgId, dealId]);
}

const byId = statement<Participant>(
  'participant.by_id',
  'select * from participant where org_id = $1 and deal_id = $2 and id = $3 and deleted_at is null',
);

export async function findParticipant(q: Querier, orgId: number, dealId: number, id: number): Promise<Participant | undefined> {
  return (await q.rows(byId, [orgId, dealId, id]))[0];
}

const insert = statement<Participant>(
  'participant.insert',
  `insert into participant (org_id, id, deal_id, role, full_name, email, contact_id, extras, created_at, updated_at, created_by, created_door)
   values ($1, coalesce($2::bigint, nextval('participant_id_seq')), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning *`,
);

export type NewParticipantRow = {
  id?: number;
  deal_id: number;
  role: string;
  full_name: string | null;
  email: string | null;
  contact_id: number | null;
  extras: Participant['extras'];
  created_at: Date;
  updated_at: Date;
  created_by: number | null;
  created_door: string;
};

export async function insertParticipant(q: Querier, orgId: number, row: NewParticipantRow): Promise<Participant> {
  const [made] = await q.rows(insert, [
    orgId,
    row.id ?? null,
    row.deal_id,
    row.role,
    row.full_name,
    row.email,
    row.contact_id,
    JSON.stringify(row.extras),
    row.created_at,
    row.updated_at,
    row.created_by,
    row.created_door,
  ]);
  return made as Participant;
}

const save = statement<Participant>(
  'participant.save',
  `update participant set role = $3, full_name = $4, email = $5, extras = $6, updated_at = $7, version = version + 1
   where org_id = $1 and id = $2 returning *`,
);

export async function saveParticipant(q: Querier, row: Participant, at: Date): Promise<Participant> {
  const [saved] = await q.rows(save, [row.org_id, row.id, row.role, row.full_name, row.email, JSON.stringify(row.extras), at]);
  return saved as Participant;
}

const remove = statement<never>(
  'participant.delete',
  'update participant set deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2',
);

export async function deleteParticipant(q: Querier, orgId: number, id: number, at: Date): Promise<void> {
  await q.rows(remove, [orgId, id, at]);
}

const move = statement<never>('participant.move', 'update participant set deal_id = $3 where org_id = $1 and deal_id = $2');

/** A merge moves children with their ids. */
export async function moveParticipants(q: Querier, orgId: number, from: number, to: number): Promise<void> {
  await q.rows(move, [orgId, from, to]);
}
