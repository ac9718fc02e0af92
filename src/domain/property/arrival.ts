import { type Statement, statement, type Tx } from '../../db/index.ts';
import { type Happening, shared } from '../../events/index.ts';
import { shownFacts } from '../shown-listing.ts';
import type { Property } from './types.ts';

/** Rows that wait for a listing of which they know the number and its MLS, by their table. */
type Waiting = {
  readonly table: string;
  /** what their events call them */
  readonly noun: string;
  readonly set?: string;
  /** what is true of them while they wait */
  readonly lacks?: string;
  readonly more?: string;
};
const WAITING: readonly Waiting[] = [
  { table: 'property_view', noun: `'property_view'` },
  { table: 'site_activity', noun: 't.kind' },
  { table: 'note', noun: `'property_note'`, more: `and t.kind = 'property'` },
  {
    table: 'listing_cart_item',
    noun: `'listing_cart_item'`,
    set: ', price = l.price',
    // A cart has a listing once; a second row of it goes on as it is.
    more: `and not exists (select from listing_cart_item o where o.org_id = t.org_id and o.cart_id = t.cart_id and o.deleted_at is null
      and (o.property_id = l.id or (o.property_id is null and o.id < t.id and lower(o.mls_name) = l.mls and lower(o.listing_number) = l.number)))`,
  },
  { table: 'appointment', noun: `'appointment'` },
  { table: 'enquiry', noun: `'enquiry'`, set: ', property_ids = array[l.id]', lacks: `t.property_ids = '{}'` },
];

const link = ({ table, noun, set = '', lacks = 't.property_id is null', more = '' }: Waiting) => `${table}_now as (
  update ${table} t set property_copy = coalesce(t.property_copy, l.facts), updated_at = $4, version = t.version + 1${
    lacks.includes('property_ids') ? '' : ', property_id = l.id'
  }${set}
  from l where t.org_id = $1 and ${lacks} and t.listing_number is not null and t.deleted_at is null and lower(t.mls_name) = l.mls
    and lower(t.listing_number) = l.number ${more}
  returning ${noun} as noun, t.id, t.property_address, t.contact_id)`;

// $3 to $9 are what events share.
const arrive: Statement<never> = statement(
  'property.arrive',
  `with l as (select p.id, p.list_price as price, m.short_name_key as mls, p.listing_number_key as number, ${shownFacts('p')} as facts
     from property p join mls m on m.org_id = p.org_id and m.id = p.mls_id where p.org_id = $1 and p.id = $2),
   ${WAITING.map(link).join(',\n   ')},
   moved as (${WAITING.map(({ table }) => `select * from ${table}_now`).join(' union all ')})
   insert into event (org_id, group_uuid, at, door, actor_kind, actor_id, actor_name, client_id, noun, row_id, row_name, verb, changed,
     property_id, contact_id)
   select $1, $3, $4, $5, $6, $7, $8, $9, moved.noun, moved.id, moved.property_address, 'updated',
     case moved.noun when 'enquiry' then jsonb_build_object('property_ids', jsonb_build_array('[]'::jsonb, jsonb_build_array(l.id)))
       else jsonb_build_object('property_id', jsonb_build_array(null, l.id)) end, l.id, moved.contact_id
   from moved, l`,
);

/**
 * Visitors' rows may come before their listing does: they keep its number and the name of its MLS, and are linked when a property has
 * these (contracts/propertybase.md G15).
 */
export const linkWaiting = (tx: Tx, what: Happening, { id }: Pick<Property, 'id'>): Promise<unknown> =>
  tx.rows(arrive, [what.actor.orgId, id, ...shared(what)]);
