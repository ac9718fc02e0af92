import { type Breach, notFound } from '../../kernel/fault.ts';
import { type Change, NO_SUCH_REFERENCE } from '../../kernel/record.ts';
import { noun, ref, TIMES, type WriteContext } from '../records/index.ts';
import { type ChainDirection, findNeighbour, findTarget, OPPOSITE } from './chain.store.ts';

/** What is put next to a sale: that of an offer, one outside of the firm, or nothing any more. */
export type ChainLink = { readonly offer: string } | { readonly outside: Change } | null;

const columns = {
  offer_id: ref('offer', { readOnly: true }),
  property_id: ref('property', { readOnly: true }),
  buyer_id: ref('applicant', { readOnly: true }),
  vendor_id: ref('vendor', { readOnly: true }),
  vendor_solicitor_id: ref('company'),
  buyer_solicitor_id: ref('company'),
  upward_id: ref('conveyancing', { readOnly: true }),
  downward_id: ref('conveyancing', { readOnly: true }),
};
type Context = WriteContext<typeof columns>;

const linksIn = ({ taken }: Context): [ChainDirection, ChainLink][] =>
  (['upward', 'downward'] as const).flatMap((one) => (one in taken ? [[one, taken[one] as ChainLink]] : []));

const breach = (message: string): Breach => ({ in: 'body', at: 'offer_id', reason: 'value', message });

async function checkLink(
  { tx, what, before }: Context,
  direction: ChainDirection,
  link: NonNullable<ChainLink>,
): Promise<Breach[]> {
  if (!before) return [];
  if (before[`${direction}_id`] !== null) return [breach(`There is a link ${direction} already`)];
  if (!('offer' in link)) return [];
  const found = await findTarget(tx, what.actor.orgId, direction, link.offer, before.id);
  if (!found) return [breach(NO_SUCH_REFERENCE)];
  if (found.is_same_chain) return [breach('The sale of this offer is part of the chain already')];
  return found.is_linked ? [breach(`The sale of this offer has a link ${OPPOSITE[direction]} already`)] : [];
}

const nameOf = (
  role: 'applicant_id' | 'vendor_id',
  id: string,
) => `(select coalesce(k.name, concat_ws(' ', c.title, c.first_name, c.surname))
  from party p
  left join contact c on c.org_id = p.org_id and c.id = p.contact_id and c.deleted_at is null
  left join company k on k.org_id = p.org_id and k.id = p.company_id and k.deleted_at is null
  where p.org_id = t.org_id and p.${role} = t.${id} and p.deleted_at is null and p.archived_at is null
  order by p.is_main desc, p.position, p.id limit 1)`;

/**
 * The way of an accepted offer to completion, and a link in a chain of sales; one outside of the firm has no offer (domain-property §4.4).
 * A link is written on both of its ends in one transaction.
 */
export const conveyancingNoun = noun({
  name: 'conveyancing',
  columns,
  // Under the code of its offer; those without one count along with offers, so that no two are the same.
  kept: [{ name: 'conveyancing', keys: TIMES }],
  code: { width: 10, office: ['property_id'], series: 'offer' },
  label: ({ code }) => code,
  offices: 'property_id',
  metadataType: 'conveyancing',
  takes: ['upward', 'downward'],
  reads: {
    buyer_name: nameOf('applicant_id', 'buyer_id'),
    vendor_name: nameOf('vendor_id', 'vendor_id'),
    address: `(select to_jsonb(p) from (select building_name, unit_number, street_number, street_dir_prefix, street_name, street_suffix,
        street_dir_suffix, address_line2, city, county, state_or_province, postal_code
      from property where org_id = t.org_id and id = t.property_id and deleted_at is null) p)`,
  },
  async check(context) {
    const all = linksIn(context).flatMap(([direction, link]) => (link ? [checkLink(context, direction, link)] : []));
    return (await Promise.all(all)).flat();
  },
  async settle(context) {
    const { tx, what, before, other } = context;
    const settled: [string, number | null][] = [];
    for (const [direction, link] of linksIn(context)) {
      if (!before) continue;
      if (link === null) {
        if (before[`${direction}_id`] === null) throw notFound('conveyancing');
        settled.push([`${direction}_id`, null]);
      } else if ('offer' in link) {
        const found = await findTarget(tx, what.actor.orgId, direction, link.offer, before.id);
        settled.push([`${direction}_id`, found?.id ?? null]);
      } else settled.push([`${direction}_id`, (await other('conveyancing').create(link.outside)).id]);
    }
    return Object.fromEntries(settled);
  },
  async after(context) {
    const { tx, what, after, other, idOf } = context;
    for (const [direction, link] of linksIn(context)) {
      const back = OPPOSITE[direction];
      const next = idOf(`${direction}_id`);
      if (link !== null && next !== null) await other('conveyancing').update(next, { [`${back}_id`]: after.code });
      if (link !== null) continue;
      const former = await findNeighbour(tx, what.actor.orgId, direction, after.id);
      if (!former) continue;
      await other('conveyancing').update(former.id, { [`${back}_id`]: null });
      // One outside of the firm is there for the chain alone.
      if (former.is_external && former.is_end) await other('conveyancing').remove(former.id);
    }
  },
});
