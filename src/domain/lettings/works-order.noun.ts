import { statement } from '../../db/index.ts';
import { date, noun, number, option, ref, TIMES, text } from '../records/index.ts';

const add = statement<never>(
  'works_order.add_up',
  `update works_order w set total_net = s.net, total_vat = s.vat, total_gross = s.gross
   from (select coalesce(sum(net), 0) as net, coalesce(sum(vat), 0) as vat, coalesce(sum(gross), 0) as gross
         from works_order_item where org_id = $1 and works_order_id = $2 and deleted_at is null) s
   where w.org_id = $1 and w.id = $2`,
);
const addAfter = statement<never>(
  'works_order.add_up_without',
  `update works_order w set total_net = s.net, total_vat = s.vat, total_gross = s.gross
   from (select coalesce(sum(i.net), 0) as net, coalesce(sum(i.vat), 0) as vat, coalesce(sum(i.gross), 0) as gross
         from works_order_item i where i.org_id = $1 and i.deleted_at is null
           and i.works_order_id = (select works_order_id from works_order_item where org_id = $1 and id = $2)) s
   where w.org_id = $1 and w.id = (select works_order_id from works_order_item where org_id = $1 and id = $2)`,
);

/** A repair or the like: what is to be done, by which firm, and who pays. */
export const worksOrderNoun = noun({
  name: 'works_order',
  columns: {
    company_id: ref('company'),
    property_id: ref('property'),
    tenancy_id: ref('tenancy'),
    member_id: ref('member'),
    type_code: option('worksOrderTypes'),
    status: text({ required: true }),
    description: text({ required: true }),
    required: date(),
    completed: date(),
    total_net: number({ readOnly: true, required: true }),
    total_vat: number({ readOnly: true, required: true }),
    total_gross: number({ readOnly: true, required: true }),
  },
  kept: [{ name: 'works_order', keys: TIMES }],
  code: { width: 11, office: ['property_id', 'member_id'] },
  label: ({ description }) => description ?? '',
  offices: 'property_id',
  metadataType: 'worksOrder',
  reads: {
    item_rows: `(select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'code', i.code, 'version', i.version, 'extras', i.extras,
        'net', i.net, 'vat', i.vat, 'gross', i.gross, 'nominal_account_id', (select a.code from nominal_account a
          where a.org_id = i.org_id and a.id = i.nominal_account_id and a.deleted_at is null),
        'created_at', i.created_at, 'updated_at', i.updated_at) order by i.created_at, i.id), '[]')
      from works_order_item i where i.org_id = t.org_id and i.works_order_id = t.id and i.deleted_at is null)`,
  },
  takes: ['items'],
  async after({ before, after, taken, other }) {
    if (before) return;
    for (const item of (taken.items ?? []) as readonly Readonly<Record<string, unknown>>[])
      await other('works_order_item').create({ ...item, works_order_id: after.code });
  },
});

/** Sums are kept with the order and move no version of it. */
export const worksOrderItemNoun = noun({
  name: 'works_order_item',
  columns: {
    works_order_id: ref('works_order'),
    net: number(),
    vat: number(),
    gross: number({ readOnly: true }),
    nominal_account_id: ref('nominal_account'),
  },
  code: { width: 11, office: ['works_order_id'] },
  label: ({ code }) => code,
  parent: 'works_order_id',
  offices: 'works_order_id',
  async after({ tx, what, idOf }) {
    await tx.rows(add, [what.actor.orgId, idOf('works_order_id')]);
  },
  async removed({ tx, what, row }) {
    await tx.rows(addAfter, [what.actor.orgId, row.id]);
  },
});
