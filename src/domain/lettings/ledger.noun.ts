import { statement } from '../../db/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import { boolean, noun, number, ref, TIMES, text, type WriteContext } from '../records/index.ts';

export const nominalAccountNoun = noun({
  name: 'nominal_account',
  columns: { name: text({ required: true }), applies_to_works_orders: boolean({ required: true }) },
  code: { configured: ({ name }) => name ?? '', length: 6 },
  codeCase: 'lower',
  label: ({ name }) => name ?? '',
});

const columns = {
  property_id: ref('property'),
  landlord_id: ref('landlord'),
  tenancy_id: ref('tenancy'),
  company_id: ref('company'),
  works_order_id: ref('works_order'),
  nominal_account_id: ref('nominal_account'),
  member_id: ref('member'),
  status: text({ required: true }),
  type: text(),
  ledger: text(),
  category: text(),
  direction: text(),
  description: text(),
  net: number(),
  tax: number(),
  gross: number({ readOnly: true }),
  outstanding: number(),
};
type Context = WriteContext<typeof columns>;

type Ordered = {
  readonly property_id: number;
  readonly tenancy_id: number | null;
  readonly company_id: number | null;
  readonly landlord_id: number | null;
};
const ordered = statement<Ordered>(
  'ledger_entry.works_order',
  `select w.property_id, w.tenancy_id, w.company_id, p.landlord_id from works_order w join property p on p.org_id = w.org_id and p.id = w.property_id
   where w.org_id = $1 and w.id = $2`,
);
const landlordOf = statement<{ landlord_id: number | null }>(
  'ledger_entry.landlord',
  'select landlord_id from property where org_id = $1 and id = $2',
);

const OF_ORDER = ['property_id', 'tenancy_id', 'company_id'] as const;

async function orderOf({ tx, what, idOf }: Context): Promise<Ordered | undefined> {
  const id = idOf('works_order_id');
  return id === null ? undefined : (await tx.rows(ordered, [what.actor.orgId, id]))[0];
}

/** Whose entry it is has to agree with the works order it is about. */
async function orderBreaches(context: Context): Promise<Breach[]> {
  if (context.before) return [];
  const order = await orderOf(context);
  if (!order) return [];
  return OF_ORDER.filter((column) => {
    const said = context.idOf(column);
    return said !== null && said !== order[column];
  }).map((at) => ({ in: 'body', at, reason: 'value', message: 'The value does not agree with that of the works order' }));
}

/** What nobody said is that of the works order, and the landlord is the property's. */
async function fromOrder(context: Context) {
  if (context.before) return {};
  const { tx, what, idOf } = context;
  const order = await orderOf(context);
  const more = Object.fromEntries(OF_ORDER.map((column) => [column, idOf(column) ?? order?.[column] ?? null]));
  if (context.after.landlord_id !== null) return more;
  const landlord =
    order ?? (idOf('property_id') === null ? undefined : (await tx.rows(landlordOf, [what.actor.orgId, idOf('property_id')]))[0]);
  return { ...more, landlord_id: landlord?.landlord_id ?? null };
}

/** A line of the books. Amounts are never changed, only followed by further entries. */
export const ledgerEntryNoun = noun({
  name: 'ledger_entry',
  columns,
  kept: [{ name: 'ledger_entry', keys: TIMES }],
  code: { width: 11, office: ['property_id', 'tenancy_id', 'works_order_id', 'member_id'] },
  label: ({ description }) => description ?? '',
  offices: 'property_id',
  check: orderBreaches,
  settle: fromOrder,
});
