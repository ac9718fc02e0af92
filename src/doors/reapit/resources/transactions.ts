import type { Write } from '../../../kernel/record.ts';
import { column } from '../../../wire/resource/mapping.ts';
import { type Declared, declare, operation } from '../desk.ts';
import { groupShape, inWordsOf, writeOf } from '../write-of.ts';

const transactions = declare('transactions', ({ domain }) => ({
  source: domain.records.ledgerEntry,
  fields: {
    transactionType: column('direction'),
    netAmount: column('net'),
    taxAmount: column('tax'),
    grossAmount: column('gross'),
  },
}));

const nominalAccounts = declare('transactions/nominalAccounts', ({ domain }) => ({
  source: domain.records.nominalAccount,
}));

const INVOICE = {
  accountId: column('nominal_account_id'),
  negotiatorId: column('member_id'),
  netAmount: column('net'),
  taxAmount: column('tax'),
};

const cents = (amount: number) => Math.round(amount * 100) / 100;

/** A supplier's invoice stands in the books at once and waits for somebody to authorise it (contracts/reapit.md §4.3). */
function asEntry({ values, ...write }: Write): Write {
  const owed = cents(Number(values.net ?? 0) + Number(values.tax ?? 0));
  return {
    ...write,
    values: {
      ...values,
      status: 'awaitingAuthorisation',
      type: 'invoice',
      ledger: 'landlord',
      category: values.works_order_id ? 'landlordWorksOrder' : 'landlordToSupplierPayment',
      direction: 'debit',
      outstanding: owed,
    },
  };
}

/** It is found among the transactions, which is where Location leads. */
export const addSupplierInvoice = operation(
  'transactions/supplierInvoices',
  'POST',
  '/transactions/supplierInvoices',
  ({ domain: { records }, base }) => {
    const shape = groupShape('transactions/supplierInvoices', records.ledgerEntry, INVOICE);
    return async ({ caller: { actor }, body }) => {
      const write = asEntry(writeOf(shape, body));
      const entry = await inWordsOf(shape, () => records.ledgerEntry.create(actor, write));
      return { answer: { status: 201, headers: { location: `${base}/transactions/${entry.code}` } } };
    };
  },
);

export const transactionGroups: readonly Declared[] = [transactions, nominalAccounts];
