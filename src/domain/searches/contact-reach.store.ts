import { type Querier, type Statement, statement } from '../../db/index.ts';

type Row = { readonly id: number; readonly reso_key: string };
/** Plain for reads; for a write the rows are held, so that a contact that is being deleted gets nothing new. */
type Pair = { readonly plain: Statement<Row>; readonly held: Statement<Row> };
const pair = (name: string, text: string): Pair => ({
  plain: statement(name, text),
  held: statement(`${name}_held`, `${text} for share of k`),
});

const inBook = pair(
  'searches.contacts_in_book',
  `select k.id, k.reso_key from contact k join contact_agent a on a.org_id = k.org_id and a.contact_id = k.id and a.member_id = $2
   where k.org_id = $1 and k.reso_key = any ($3::text[]) and k.deleted_at is null`,
);
const self = pair(
  'searches.contact_self',
  'select k.id, k.reso_key from contact k where k.org_id = $1 and k.id = $2 and k.reso_key = any ($3::text[]) and k.deleted_at is null',
);

/** A member speaks for the contacts of its book, a consumer for itself. */
export type Spokesman = { readonly memberId: number } | { readonly contactId: number };

/** key → id of the contacts with these keys that somebody may speak for. */
export async function reachContacts(
  q: Querier,
  orgId: number,
  who: Spokesman,
  keys: readonly string[],
  how: keyof Pair,
): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map();
  const rows =
    'memberId' in who
      ? await q.rows(inBook[how], [orgId, who.memberId, keys])
      : await q.rows(self[how], [orgId, who.contactId, keys]);
  return new Map(rows.map(({ id, reso_key }) => [reso_key, id]));
}

const hold = statement<{ id: number }>(
  'searches.hold_contact',
  'select id from contact where org_id = $1 and id = $2 and deleted_at is null for share',
);
/** Is the contact still there? Then it stays until the transaction ends. */
export const holdContact = async (q: Querier, orgId: number, id: number): Promise<boolean> =>
  (await q.rows(hold, [orgId, id])).length > 0;
