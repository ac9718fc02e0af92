import type { Actor } from '../../../access/actor.ts';
import type { Domain } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { among } from '../../../wire/resource/conditions.ts';
import { tagOf } from '../../../wire/resource/etag.ts';
import { column, computed } from '../../../wire/resource/mapping.ts';
import { type Declared, declare, type Model } from '../desk.ts';

/** Members of an item that have columns of their own. */
const COLUMNS: Readonly<Record<string, string>> = { netAmount: 'net', vatAmount: 'vat' };

function itemFrom(sent: Model) {
  const named = Object.entries(sent).filter(([, value]) => value !== null);
  const values = named.flatMap(([name, value]) => (COLUMNS[name] ? [[COLUMNS[name], value]] : []));
  const extras = named.filter(([name]) => !COLUMNS[name]);
  return { ...Object.fromEntries(values), extras: { reapit: Object.fromEntries(extras) } };
}

/** As below the order's own path, in the order's own model. */
const showItem = (row: Row) => ({
  ...(row.extras as { reapit?: Model }).reapit,
  id: row.code,
  worksOrderId: row.works_order_id,
  created: row.created_at,
  modified: row.updated_at,
  netAmount: row.net,
  vatAmount: row.vat,
  grossAmount: row.gross,
  nominalAccountId: row.nominal_account_id,
  _links: {},
  _eTag: tagOf('works_order_item', row),
});

const withItems =
  ({ records }: Domain) =>
  async (actor: Actor, orders: readonly Row[]): Promise<readonly Row[]> => {
    const where = among(
      'works_order_id',
      orders.map(({ code }) => code),
    );
    const order = [{ field: 'created_at', descending: false }];
    const { rows } = await records.worksOrderItem.list(actor, { where, order, limit: 100_000, offset: 0, total: false });
    const of = Map.groupBy(rows, ({ works_order_id }) => works_order_id);
    return orders.map((one) => ({ ...one, item_rows: of.get(one.code) ?? [] }));
  };

const worksOrders = declare('worksOrders', ({ domain }) => ({
  source: domain.records.worksOrder,
  fields: {
    typeId: column('type_code'),
    totalNetAmount: column('total_net'),
    totalVatAmount: column('total_vat'),
    totalGrossAmount: column('total_gross'),
    items: computed<readonly Model[]>({
      read: ({ item_rows }) => ((item_rows ?? []) as readonly Row[]).map(showItem),
      write: (items) => ({ items: items.map(itemFrom) }),
    }),
  },
  attach: withItems(domain),
}));

const worksOrderItems = declare('worksOrders/{id}/items', ({ domain }) => ({
  source: domain.records.worksOrderItem,
  fields: { netAmount: column('net'), vatAmount: column('vat'), grossAmount: column('gross') },
}));

export const worksOrderGroups: readonly Declared[] = [worksOrders, worksOrderItems];
