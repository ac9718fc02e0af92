import type { Row } from '../../../kernel/record.ts';
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

/** As below the order's own path, in the order's own model; times come as JSON writes them. */
const showItem = (row: Row, order: string) => ({
  ...(row.extras as { reapit?: Model }).reapit,
  id: row.code,
  worksOrderId: order,
  created: new Date(String(row.created_at)),
  modified: new Date(String(row.updated_at)),
  netAmount: row.net,
  vatAmount: row.vat,
  grossAmount: row.gross,
  nominalAccountId: row.nominal_account_id,
  _links: {},
  _eTag: tagOf('works_order_item', row),
});

const worksOrders = declare('worksOrders', ({ domain }) => ({
  source: domain.records.worksOrder,
  fields: {
    typeId: column('type_code'),
    totalNetAmount: column('total_net'),
    totalVatAmount: column('total_vat'),
    totalGrossAmount: column('total_gross'),
    items: computed<readonly Model[]>({
      read: ({ item_rows, code }) => ((item_rows ?? []) as readonly Row[]).map((item) => showItem(item, code)),
      write: (items) => ({ items: items.map(itemFrom) }),
    }),
  },
}));

const worksOrderItems = declare('worksOrders/{id}/items', ({ domain }) => ({
  source: domain.records.worksOrderItem,
  fields: { netAmount: column('net'), vatAmount: column('vat'), grossAmount: column('gross') },
}));

export const worksOrderGroups: readonly Declared[] = [worksOrders, worksOrderItems];
