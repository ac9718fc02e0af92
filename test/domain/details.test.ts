import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { changeDetails, readDate, readMoney, sortValues } from '../../src/domain/deals/details.ts';
import { Fault } from '../../src/kernel/fault.ts';

const none = new Set<string>();

test('text is kept as typed; null and blank clear; a section that is null stays', () => {
  const before = { financials: { purchase_sale_price: ' 650,000 ', sale_commission_rate: '6%' }, property: { type: 'Condo' } };
  deepEqual(changeDetails(before, { financials: { sale_commission_rate: '', rent: '$1' }, property: null }, none), {
    financials: { purchase_sale_price: ' 650,000 ', rent: '$1' },
    property: { type: 'Condo' },
  });
  deepEqual(changeDetails(before, { property: { type: null } }, none), { financials: before.financials });
});

test('a known field under a wrong section goes to its own, if only one has it', () => {
  deepEqual(changeDetails({}, { contract_dates: { inspection_date: '1/2/2020' } }, none), {
    offer_dates: { inspection_date: '1/2/2020' },
  });
  throws(() => changeDetails({}, { financials: { type: 'x' } }, none), Fault, 'type stands in two sections');
});

test('an unknown section or field refuses the change; those of the brokerage are known', () => {
  throws(() => changeDetails({}, { nowhere: {} }, none), Fault);
  throws(() => changeDetails({}, { property: { colour: 'red' } }, none), Fault);
  deepEqual(changeDetails({}, { '+Ours': { '+Colour': 'red' } }, new Set(['+Ours/+Colour'])), { '+Ours': { '+Colour': 'red' } });
});

test('dates and money are read for sorting only', () => {
  deepEqual(
    ['01/31/2017', '1/2/17', '2017-02-28', 'March 05, 2017', 'Mar 5, 2017', '02/30/2017', 'soon', '13/01/2017'].map(readDate),
    ['2017-01-31', '2017-01-02', '2017-02-28', '2017-03-05', '2017-03-05', null, null, null],
  );
  deepEqual(['$650,000', '650000.50', '-5', '6%', '', 'n/a', '1.2.3', '9'.repeat(20)].map(readMoney), [
    650000,
    650000.5,
    -5,
    6,
    null,
    null,
    null,
    null,
  ]);
  equal(
    sortValues({ property_address: { street_number: '333', street_name: 'Main St', city: 'San Francisco' } }).address_sort,
    '333 main st san francisco',
  );
});
