import { type Columns, instant, noun, number, ref, TIMES, text } from '../records/index.ts';

/** What the brokerage bills for a property; doors only read it. */
export const invoiceNoun = noun({
  name: 'invoice',
  columns: {
    property_id: ref('property'),
    member_id: ref('member'),
    status: text({ required: true }),
    reference: text(),
    description: text(),
    dated: instant(),
    due: instant(),
    net: number(),
    vat: number(),
    outstanding: number(),
  },
  kept: [{ name: 'invoice', keys: TIMES }],
  code: { width: 11, office: ['property_id', 'member_id'] },
  label: ({ reference, code }) => reference ?? code,
  offices: 'property_id',
});

const line = <const C extends Columns>(kind: string, columns: C) =>
  ({
    table: 'invoice_line',
    columns: {
      invoice_id: ref('invoice'),
      kind: text({ required: true }),
      property_id: ref('property'),
      member_id: ref('member'),
      description: text(),
      net: number(),
      vat: number(),
      ...columns,
    },
    code: { width: 11, office: ['invoice_id'], series: 'invoice_line' },
    offices: 'invoice_id',
    shown: `t.kind = '${kind}'`,
    derive: () => ({ kind }),
  }) as const;

export const invoicePaymentNoun = noun({
  ...line('payment', { type: text(), dated: instant() }),
  name: 'invoice_payment',
  label: ({ description }) => description ?? '',
});
export const invoiceCreditNoun = noun({
  ...line('credit', { dated: instant() }),
  name: 'invoice_credit',
  label: ({ description }) => description ?? '',
});
export const invoiceChargeNoun = noun({
  ...line('charge', { type: text() }),
  name: 'invoice_charge',
  label: ({ description }) => description ?? '',
});
