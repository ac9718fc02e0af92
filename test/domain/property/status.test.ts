import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { kindAfter, typesAfter } from '../../../src/domain/property/kinds.ts';
import { sideAfter, standardAfter } from '../../../src/domain/property/status.ts';

/** domain-property 8.1, row by row: selling, letting, and what both are told back as. */
const TABLE = [
  ['Incomplete', ['preAppraisal', 'valuation', 'paidValuation'], ['valuation', 'provisional'], 'valuation', 'valuation'],
  ['Hold', ['forSaleUnavailable'], ['toLetUnavailable'], 'forSaleUnavailable', 'toLetUnavailable'],
  ['Active', ['forSale'], ['toLet'], 'forSale', 'toLet'],
  ['ActiveUnderContract', ['underOffer'], ['underOffer', 'arrangingTenancy'], 'underOffer', 'underOffer'],
  [
    'Pending',
    ['underOfferUnavailable', 'reserved', 'exchanged'],
    ['underOfferUnavailable', 'arrangingTenancyUnavailable'],
    'underOfferUnavailable',
    'underOfferUnavailable',
  ],
  [
    'Closed',
    ['completed'],
    ['tenancyCurrent', 'tenancyCurrentUnavailable', 'tenancyFinished'],
    'completed',
    'tenancyCurrentUnavailable',
  ],
  ['Withdrawn', ['withdrawn'], ['withdrawn'], 'withdrawn', 'withdrawn'],
  ['Canceled', ['soldExternally'], ['sold', 'letByOtherAgent', 'letPrivately', 'tenancyCancelled'], 'withdrawn', 'withdrawn'],
] as const;

test('every status of a side has its word in RESO, and back', () => {
  for (const [standard, sale, lease, backSale, backLease] of TABLE) {
    for (const word of sale) equal(standardAfter('sale', word, 'Active'), standard === 'Active' ? 'Active' : standard, word);
    for (const word of lease) equal(standardAfter('lease', word, 'Closed'), standard, word);
    equal(sideAfter('sale', standard, null), backSale);
    equal(sideAfter('lease', standard, null), backLease);
  }
});

test('a finer word stays as long as it means the same', () => {
  equal(standardAfter('sale', 'forSaleUnavailable', 'ComingSoon'), 'ComingSoon');
  equal(standardAfter('sale', 'soldExternally', 'Expired'), 'Expired');
  equal(sideAfter('sale', 'Pending', 'exchanged'), 'exchanged');
  equal(sideAfter('lease', 'Closed', 'tenancyFinished'), 'tenancyFinished');
  equal(sideAfter('sale', 'Expired', 'soldExternally'), 'soldExternally');
});

test('what was never said counts as incomplete and stays unsaid', () => {
  equal(standardAfter('sale', null, 'Active'), null);
  equal(standardAfter('sale', 'valuation', null), 'Incomplete');
  equal(sideAfter('sale', null, null), 'valuation');
});

const residential = (property_sub_type: string | null) => ({ property_class: 'residential', property_sub_type }) as const;

test('the first word that maps says what a property is', () => {
  deepEqual(kindAfter(['nonsense', 'office', 'house'], residential(null)), {
    property_class: 'commercial',
    property_sub_type: 'Office',
  });
  deepEqual(kindAfter(['house'], residential(null)), residential('Single Family Residence'));
  deepEqual(kindAfter(['studio'], residential('Condominium')), residential('Condominium'));
  deepEqual(kindAfter(['house'], residential('Condominium')), residential('Single Family Residence'));
  deepEqual(kindAfter([], residential('Townhouse')), residential('Townhouse'));
  deepEqual(kindAfter(['house'], { property_class: 'income', property_sub_type: 'Duplex' }), {
    property_class: 'income',
    property_sub_type: 'Duplex',
  });
});

test('class and sub type say the words', () => {
  deepEqual(typesAfter(residential('Stock Cooperative'), []), ['flatApartment']);
  deepEqual(typesAfter(residential('Single Family Residence'), ['cottage', 'villa']), ['cottage', 'villa']);
  deepEqual(typesAfter({ property_class: 'farm', property_sub_type: null }, ['house']), ['farm']);
  deepEqual(typesAfter({ property_class: 'land', property_sub_type: 'Unimproved Land' }, ['developmentPlot']), [
    'developmentPlot',
  ]);
});
