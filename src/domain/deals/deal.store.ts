import type { ProfileFacts } from '../../access/profile-access.ts';
import { type Querier, statement } from '../../db/index.ts';
import type { SortValues } from './details.ts';
import type { Deal, DealWithDetails, Details } from './types.ts';

/** Everything of a deal but its details, which only few answers need. */
export const DEAL_COLUMNS = `d.org_id, d.id, d.profile_id, d.name, d.transaction_type, d.status, d.template_id, d.property_id,
  d.task_count, d.done_task_count, d.review_submitted_at, d.merged_into_id, d.version, d.created_at, d.updated_at,
  d.deleted_at, d.created_by, d.created_door`;

/** A deal as a profile looks for it: who may use the profile, and the deal (the survivor of a merge) if the profile sees it. */
export type Opening = ProfileFacts & { asked_merged_into: number | null; seen: boolean } & DealWithDetails;

const OPEN = (columns: string) => `
  select p.type, p.member_id, p.deactivated_at, coalesce(o.manager_id, t.leader_id) as manager_id,
         asked.merged_into_id as asked_merged_into, v.deal_id is not null as seen, ${columns}
  from profile p
  left join office o on o.org_id = p.org_id and o.id = p.office_id
  left join team t on t.org_id = p.org_id and t.id = p.team_id
  left join deal asked on asked.org_id = p.org_id and asked.id = $3
  left join deal d on d.org_id = p.org_id and d.id = coalesce(asked.merged_into_id, asked.id)
  left join profile_deal v on v.org_id = p.org_id and v.profile_id = p.id and v.deal_id = d.id
  where p.org_id = $1 and p.id = $2 and p.deleted_at is null`;

const openOne = statement<Opening>('deal.open', OPEN(DEAL_COLUMNS));
const openDetailed = statement<Opening>('deal.open_details', OPEN(`${DEAL_COLUMNS}, d.details`));

export async function findOpening(
  q: Querier,
  orgId: number,
  profileId: number,
  dealId: number,
  details = false,
): Promise<Opening | undefined> {
  return (await q.rows(details ? openDetailed : openOne, [orgId, profileId, dealId]))[0];
}

const profile = statement<ProfileFacts & { requires_template: boolean }>(
  'deal.profile',
  `select p.type, p.member_id, p.deactivated_at, p.requires_template, coalesce(o.manager_id, t.leader_id) as manager_id
   from profile p
   left join office o on o.org_id = p.org_id and o.id = p.office_id
   left join team t on t.org_id = p.org_id and t.id = p.team_id
   where p.org_id = $1 and p.id = $2 and p.deleted_at is null`,
);

export async function findProfileFacts(q: Querier, orgId: number, profileId: number) {
  return (await q.rows(profile, [orgId, profileId]))[0];
}

const lock = statement<DealWithDetails>(
  'deal.lock',
  `select ${DEAL_COLUMNS}, d.details from deal d where d.org_id = $1 and d.id = $2 for update`,
);

export async function lockDeal(q: Querier, orgId: number, id: number): Promise<DealWithDetails | undefined> {
  return (await q.rows(lock, [orgId, id]))[0];
}

const insert = statement<DealWithDetails>(
  'deal.insert',
  `with d as (
     insert into deal (org_id, id, profile_id, name, transaction_type, status, template_id, property_id, details,
                       created_at, updated_at, created_by, created_door)
     values ($1, coalesce($2::bigint, nextval('deal_id_seq')), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     returning *)
   select ${DEAL_COLUMNS}, d.details from d`,
);

export type NewDealRow = {
  id?: number;
  profile_id: number;
  name: string;
  transaction_type: string;
  status: string;
  template_id: number | null;
  property_id: number | null;
  details: Details;
  created_at: Date;
  updated_at: Date;
  created_by: number | null;
  created_door: string;
};

export async function insertDeal(q: Querier, orgId: number, deal: NewDealRow): Promise<DealWithDetails> {
  const [row] = await q.rows(insert, [
    orgId,
    deal.id ?? null,
    deal.profile_id,
    deal.name,
    deal.transaction_type,
    deal.status,
    deal.template_id,
    deal.property_id,
    JSON.stringify(deal.details),
    deal.created_at,
    deal.updated_at,
    deal.created_by,
    deal.created_door,
  ]);
  return row as DealWithDetails;
}

const list = statement<never>(
  'deal.list_under',
  `insert into profile_deal (org_id, profile_id, deal_id, is_owner, transaction_type, status, created_at, updated_at,
                             address_sort, purchase_price, listing_date, expiration_date, closing_date, review_submitted_at)
   select d.org_id, $2, d.id, d.profile_id = $2, d.transaction_type, d.status, d.created_at, d.updated_at, $4, $5, $6, $7, $8, d.review_submitted_at
   from deal d where d.org_id = $1 and d.id = $3
   on conflict do nothing`,
);

/** Puts the deal into a profile's list: the owner's, or one it is shared with. */
export async function listUnder(q: Querier, orgId: number, profileId: number, dealId: number, sort: SortValues): Promise<void> {
  await q.rows(list, [
    orgId,
    profileId,
    dealId,
    sort.address_sort,
    sort.purchase_price,
    sort.listing_date,
    sort.expiration_date,
    sort.closing_date,
  ]);
}

const unlistDeal = statement<{ profile_id: number }>(
  'deal.unlist',
  'delete from profile_deal where org_id = $1 and deal_id = $2 returning profile_id',
);

/** Takes the deal out of every list; answers the profiles that saw it. */
export async function unlist(q: Querier, orgId: number, dealId: number): Promise<number[]> {
  return (await q.rows(unlistDeal, [orgId, dealId])).map((row) => row.profile_id);
}

const save = statement<DealWithDetails>(
  'deal.save',
  `with d as (
     update deal set name = $3, transaction_type = $4, status = $5, details = $6, property_id = $7, updated_at = $8, version = version + 1
     where org_id = $1 and id = $2 returning *),
   listed as (
     update profile_deal set transaction_type = $4, status = $5, updated_at = $8, address_sort = $9, purchase_price = $10,
            listing_date = $11, expiration_date = $12, closing_date = $13
     where org_id = $1 and deal_id = $2)
   select ${DEAL_COLUMNS}, d.details from d`,
);

/** Writes the deal as it now is; its places in lists follow. */
export async function saveDeal(q: Querier, deal: DealWithDetails, sort: SortValues, at: Date): Promise<DealWithDetails> {
  const [row] = await q.rows(save, [
    deal.org_id,
    deal.id,
    deal.name,
    deal.transaction_type,
    deal.status,
    JSON.stringify(deal.details),
    deal.property_id,
    at,
    sort.address_sort,
    sort.purchase_price,
    sort.listing_date,
    sort.expiration_date,
    sort.closing_date,
  ]);
  return row as DealWithDetails;
}

const touch = statement<never>(
  'deal.touch',
  `with d as (
     update deal set task_count = task_count + $4, done_task_count = done_task_count + $5, updated_at = $3, version = version + 1
     where org_id = $1 and id = $2)
   update profile_deal set updated_at = $3 where org_id = $1 and deal_id = $2`,
);

/** A change below the loop moves its `updated_at` (domain-property §2.6). The deal is locked by the caller. */
export async function touchDeal(q: Querier, orgId: number, id: number, at: Date, tasks = 0, done = 0): Promise<void> {
  await q.rows(touch, [orgId, id, at, tasks, done]);
}

const ownFields = statement<{ section: string; name: string }>(
  'deal.own_fields',
  'select section, name from detail_field where org_id = $1 and deleted_at is null order by position, id',
);

/** Detail fields that the brokerage defined itself. */
export async function listOwnFields(q: Querier, orgId: number): Promise<{ section: string; name: string }[]> {
  return q.rows(ownFields, [orgId]);
}

const seen = statement<Deal & { seen_profile_id: number }>(
  'deal.where_seen',
  `select ${DEAL_COLUMNS}, v.profile_id as seen_profile_id
   from deal asked
   join deal d on d.org_id = asked.org_id and d.id = coalesce(asked.merged_into_id, asked.id)
   join profile_deal v on v.org_id = d.org_id and v.deal_id = d.id
   join profile p on p.org_id = v.org_id and p.id = v.profile_id and p.member_id = $3 and p.deactivated_at is null and p.deleted_at is null
   where asked.org_id = $1 and asked.id = $2
   order by v.is_owner desc, p.is_default desc, p.id limit 1`,
);

/** The deal, and one of the member's profiles that sees it. */
export async function findSeen(q: Querier, orgId: number, dealId: number, memberId: number) {
  return (await q.rows(seen, [orgId, dealId, memberId]))[0];
}
