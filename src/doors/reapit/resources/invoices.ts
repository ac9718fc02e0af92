import type { Actor } from '../../../access/actor.ts';
import type { Domain, RecordService } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { among } from '../../../wire/resource/conditions.ts';
import { column, computed, type Mappings } from '../../../wire/resource/mapping.ts';
import { type Declared, declare } from '../desk.ts';

const AMOUNTS: Mappings = { netAmount: column('net'), vatAmount: column('vat') };

async function linesOf(lines: RecordService, actor: Actor, invoices: readonly string[]) {
  const order = [{ field: 'created_at', descending: false }];
  const where = among('invoice_id', invoices);
  const { rows } = await lines.list(actor, { where, order, limit: 100_000, offset: 0, total: false });
  return Map.groupBy(rows, ({ invoice_id }) => invoice_id);
}

/** What was charged, credited and paid: three statements a page, however many invoices it has. */
const withLines =
  ({ records }: Domain) =>
  async (actor: Actor, invoices: readonly Row[]): Promise<readonly Row[]> => {
    const codes = invoices.map(({ code }) => code);
    const charges = await linesOf(records.invoiceCharge, actor, codes);
    const credits = await linesOf(records.invoiceCredit, actor, codes);
    const payments = await linesOf(records.invoicePayment, actor, codes);
    return invoices.map((one) => ({
      ...one,
      charges: charges.get(one.code) ?? [],
      credits: credits.get(one.code) ?? [],
      payments: payments.get(one.code) ?? [],
    }));
  };

/** A line as the invoice itself shows it. */
const showLine = (row: Row) => ({
  ...(row.extras as { reapit?: Readonly<Record<string, unknown>> }).reapit,
  id: row.code,
  created: row.created_at,
  modified: row.updated_at,
  type: row.type,
  invoiceId: row.invoice_id,
  propertyId: row.property_id,
  negotiatorId: row.member_id,
  description: row.description,
  date: row.dated,
  netAmount: row.net,
  vatAmount: row.vat,
  _links: {},
});
const lines = (name: string) => computed({ read: (row) => ((row[name] ?? []) as readonly Row[]).map(showLine) });

const invoices = declare('invoices', ({ domain }) => ({
  source: domain.records.invoice,
  fields: {
    ...AMOUNTS,
    date: column('dated'),
    dueDate: column('due'),
    outstandingAmount: column('outstanding'),
    isRaised: computed({ read: ({ status }) => status !== 'pending' }),
    charges: lines('charges'),
    credits: lines('credits'),
    payments: lines('payments'),
  },
  sorts: { due: ['due'] },
  attach: withLines(domain),
}));

const DATED = { ...AMOUNTS, date: column('dated') };

const invoicePayments = declare('invoices/payments', ({ domain }) => ({
  source: domain.records.invoicePayment,
  fields: DATED,
}));
const invoiceCredits = declare('invoices/credits', ({ domain }) => ({
  source: domain.records.invoiceCredit,
  fields: DATED,
}));
/** Charges have no dates of their own: they sort by when they were made. */
const invoiceCharges = declare('invoices/charges', ({ domain }) => ({
  source: domain.records.invoiceCharge,
  fields: AMOUNTS,
  sorts: { date: ['created_at'], due: ['created_at'] },
}));

export const invoiceGroups: readonly Declared[] = [invoices, invoicePayments, invoiceCredits, invoiceCharges];
