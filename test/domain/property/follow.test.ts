import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOfNew, type PropertyValues, SHIPPED_NAMES, whatFollows } from '../../../src/domain/property/follow.ts';
import type { Property } from '../../../src/domain/property/types.ts';

const AT = new Date('2024-05-06T07:08:09Z');
const made = (values: PropertyValues): Property =>
  ({ list_price: values.sale_price ?? null, original_list_price: null, ...columnsOfNew(values, AT) }) as Property;
const written = (before: Property, values: PropertyValues) => whatFollows(before, values, SHIPPED_NAMES, AT);

test('a status of selling brings what RESO and the MLS call it, and the day', () => {
  const row = made({ sale_status: 'forSale', sale_price: 300_000 });
  equal(row.standard_status, 'Active');
  equal(row.mls_status, 'Active');
  const after = written(row, { sale_status: 'exchanged' });
  equal(after.standard_status, 'Pending');
  equal(after.mls_status, 'Pending');
  equal(after.pending_date, '2024-05-06');
  equal(after.status_changed_at, AT);
  equal(written({ ...row, ...after }, { sale_status: 'reserved' }).status_changed_at, undefined);
});

test('the day of a contract with conditions stays what it first was', () => {
  const row = made({ sale_status: 'forSale' });
  const under = { ...row, ...written(row, { sale_status: 'underOffer' }) };
  equal(under.standard_status, 'ActiveUnderContract');
  equal(under.contingent_date, '2024-05-06');
  equal(
    written({ ...under, sale_status: 'forSale', standard_status: 'Active' }, { sale_status: 'underOffer' }).contingent_date,
    undefined,
  );
});

test('a word of the MLS moves the others if the list knows it, and stands alone if not', () => {
  const row = made({ sale_status: 'forSale' });
  const sold = written(row, { mls_status: 'Sold' });
  equal(sold.standard_status, 'Closed');
  equal(sold.sale_status, 'completed');
  const own = written(row, { mls_status: 'Back on market' });
  equal('standard_status' in own, false);
  equal(written({ ...row, ...own } as Property, { sale_status: 'withdrawn' }).mls_status, 'Withdrawn');
});

test('what is to let is leased, not sold', () => {
  const row = made({ marketing_mode: 'letting', let_status: 'toLet' });
  const after = written(row, { let_status: 'tenancyCurrent' });
  equal(after.standard_status, 'Closed');
  equal(after.mls_status, 'Leased');
});

test('of two sides the sale speaks for the row', () => {
  const row = made({ marketing_mode: 'sellingAndLetting', sale_status: 'forSale', let_status: 'toLet' });
  const after = written(row, { let_status: 'tenancyCurrent' });
  equal('standard_status' in after, false);
  const joined = written(made({ marketing_mode: 'letting', let_status: 'tenancyCurrent' }), {
    marketing_mode: 'sellingAndLetting',
    sale_status: 'forSale',
  });
  equal(joined.standard_status, 'Active');
  equal(joined.previous_list_price, null);
});

test('prices move along, the first one stays', () => {
  const row = made({ sale_price: 300_000 });
  equal(row.original_list_price, 300_000);
  const lower = written(row, { sale_price: 280_000 });
  equal(lower.previous_list_price, 300_000);
  equal(lower.original_list_price, 300_000);
  equal(lower.price_changed_at, AT);
  equal('previous_list_price' in written(row, { sale_price: 300_000 }), false);
  equal(written(made({}), { sale_price: 5 }).original_list_price, 5);
});

test('rents are compared by what they are a month', () => {
  const row = { ...made({ marketing_mode: 'letting', rent: 300, rent_frequency: 'weekly' }), list_price: 1300 } as Property;
  equal(row.original_list_price, 1300);
  equal(written(row, { rent: 1200, rent_frequency: 'monthly' }).previous_list_price, 1300);
});

test('the address is one line for all doors', () => {
  const row = made({
    unit_number: '12',
    street_number: '2100',
    street_name: 'Waterview',
    street_suffix: 'Dr',
    city: 'San  Francisco',
    county: 'San Francisco',
    state_or_province: 'CA',
    postal_code: '94114',
    country: 'US',
  });
  equal(row.first_line, '2100 Waterview Dr 12');
  equal(row.address_text, '12 2100 waterview dr san francisco san francisco, ca 94114');
  deepEqual('first_line' in written(row, { bedrooms: 3 }), false);
  equal(written(row, { city: 'Oakland' }).address_text?.includes('oakland'), true);
});
