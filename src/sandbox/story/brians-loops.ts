import type { Details } from '../../domain/index.ts';
import { BRIAN } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';
import type { LoopPlan } from './beats.ts';
import { tellLoop } from './loop.ts';

type Plan = Omit<LoopPlan, 'owner' | 'profileId'>;

const place = (
  street_number: string,
  street_name: string,
  city: string,
  zip_postal_code: string,
  more: Record<string, string> = {},
) => ({
  street_number,
  street_name,
  city,
  state_prov: 'OH',
  zip_postal_code,
  ...more,
});
const sale = (address: Record<string, string>, price: string, closing: string): Details => ({
  property_address: address,
  financials: { purchase_sale_price: price, sale_commission_rate: '6%' },
  contract_dates: { closing_date: closing },
});
const listing = (address: Record<string, string>, price: string, listed: string, expires: string): Details => ({
  property_address: address,
  listing_information: { current_price: price, original_price: price, listing_date: listed, expiration_date: expires },
});

/** Nine more of profile 42, all with greater ids than 34308, which comes first in its list (contracts/dotloop.md §8: D14). */
const PLANS: readonly Plan[] = [
  {
    id: 34417,
    name: 'Hannah Voss, 18 Sycamore Ct, Oxford, OH 45056',
    type: 'LISTING_FOR_SALE',
    first: 'PRE_LISTING',
    status: 'SOLD',
    created: '2017-06-22T14:05:10Z',
    days: 61,
    details: {
      ...listing(
        place('18', 'Sycamore Ct', 'Oxford', '45056', { county: 'Butler', parcel_tax_id: 'H4100-112-000-031' }),
        '$264,900',
        '06/30/2017',
        '12/30/2017',
      ),
      financials: { purchase_sale_price: '$259,000', sale_commission_rate: '6%', sale_commission_total: '$15,540' },
      contract_dates: { contract_agreement_date: '07/19/2017', closing_date: '08/22/2017' },
    },
    people: [
      { role: 'SELLER', name: 'Hannah Voss', email: 'hannah.voss@example.com', more: { 'Marital Status': 'Married' } },
      { role: 'BUYER', name: 'Gideon Salter' },
    ],
    folders: [
      { name: 'Listing Agreement', papers: [['exclusive-right-to-sell.pdf', 'listingAgreement']] },
      { name: 'Closing', papers: [['closing-statement.pdf', 'closingStatement']] },
    ],
    lists: [
      {
        name: 'Going Live',
        tasks: [
          { name: 'photographs', due: '2017-06-27', done: true },
          { name: 'sign in the yard', due: '2017-06-30', done: true },
        ],
      },
    ],
  },
  {
    id: 34882,
    name: '402 Locust Bend Rd, Hamilton, OH 45011',
    type: 'LISTING_FOR_SALE',
    first: 'PRE_LISTING',
    status: 'ACTIVE_LISTING',
    created: '2018-05-07T15:40:00Z',
    days: 9,
    details: listing(
      place('402', 'Locust Bend Rd', 'Hamilton', '45011', { county: 'Butler' }),
      '189,500',
      'May 14, 2018',
      'November 14, 2018',
    ),
    people: [
      { role: 'SELLER', name: 'Dorothy Amsel', email: 'dorothy.amsel@example.org', more: { 'Marital Status': 'Widowed' } },
    ],
    folders: [
      {
        name: 'Disclosures',
        papers: [
          ['property-disclosure.pdf', 'propertyDisclosure'],
          ['lead-based-paint.pdf', 'leadPaint'],
        ],
      },
    ],
    lists: [
      {
        name: 'Going Live',
        tasks: [
          { name: 'photographs', due: '2018-05-11', done: true },
          { name: 'first open house', due: '2018-05-20' },
        ],
      },
    ],
  },
  {
    id: 35117,
    name: 'Wendell Okoro, buying in Eaton',
    type: 'PURCHASE_OFFER',
    first: 'PRE_OFFER',
    status: 'PRE_OFFER',
    created: '2018-06-04T18:22:31Z',
    days: 20,
    people: [{ role: 'BUYER', name: 'Wendell Okoro', email: 'wendell.okoro@example.net' }],
    folders: [{ name: 'Financing', papers: [['pre-approval.pdf', 'preApproval']] }],
    lists: [
      {
        name: 'Before the Offer',
        tasks: [
          { name: 'pre-approval letter', due: '2018-06-08', done: true },
          { name: 'agency disclosure signed', due: '2018-06-08' },
        ],
      },
    ],
  },
  {
    id: 35690,
    name: 'Fontaine, 61 Ferry Landing, Trenton, OH 45067',
    type: 'PURCHASE_OFFER',
    first: 'PRE_OFFER',
    status: 'UNDER_CONTRACT',
    created: '2018-07-11T13:11:45Z',
    days: 12,
    details: {
      ...sale(place('61', 'Ferry Landing', 'Trenton', '45067', { county: 'Butler' }), '231,000', '08/31/2018'),
      offer_dates: { offer_date: '07/12/2018', offer_expiration_date: '07/14/2018', inspection_date: '07/27/2018' },
    },
    people: [
      { role: 'BUYER', name: 'Camille Fontaine', email: 'camille.fontaine@example.com' },
      { role: 'LISTING_AGENT', name: 'Rosa Delgado', more: { 'Company Name': 'Riverbend Homes', 'License #': 'SAL.2012000456' } },
    ],
    folders: [
      {
        name: 'Offer and Counteroffer',
        papers: [
          ['purchase-agreement.pdf', 'purchaseAgreement'],
          ['counteroffer-1.pdf', 'counteroffer'],
        ],
      },
    ],
    lists: [
      {
        name: 'Under Contract',
        tasks: [
          { name: 'earnest money', due: '2018-07-20', done: true },
          { name: 'appraisal', due: '2018-08-10' },
        ],
      },
    ],
  },
  {
    id: 36204,
    name: '9 Station House Rd, Oxford, OH 45056',
    type: 'LISTING_FOR_LEASE',
    first: 'PRE_LISTING',
    status: 'LEASED',
    created: '2018-02-12T20:01:00Z',
    days: 45,
    details: {
      property_address: place('9', 'Station House Rd', 'Oxford', '45056'),
      financials: { rent: '$1,350', rent_commission_amount: '675' },
      contract_info: { start_date: '04/01/2018', end_date: '03/31/2019' },
    },
    people: [
      { role: 'LANDLORD', name: 'Vernon Pell' },
      { role: 'TENANT', name: 'Keiko Tanaka', email: 'keiko.tanaka@example.org' },
    ],
    folders: [
      {
        name: 'Lease',
        papers: [
          ['lease.pdf', 'leaseAgreement'],
          ['move-in-checklist.pdf', 'moveInChecklist'],
        ],
      },
    ],
  },
  {
    id: 36871,
    name: 'Caruso, apartment near the college',
    type: 'LEASE_OFFER',
    first: 'PRE_OFFER',
    status: 'ARCHIVED',
    created: '2017-11-03T16:30:20Z',
    days: 30,
    details: { financials: { rent: '950' } },
    people: [{ role: 'TENANT', name: 'Anton Caruso', email: 'anton.caruso@example.com' }],
    folders: [{ name: 'Application', papers: [['rental-application.pdf', 'rentalApplication']] }],
  },
  {
    id: 37950,
    name: 'Mbeki, 1204 Quarry View Dr, Cincinnati, OH 45220',
    type: 'PURCHASE_OFFER',
    first: 'PRE_OFFER',
    status: 'SOLD',
    created: '2017-08-14T12:48:00Z',
    days: 58,
    details: sale(place('1204', 'Quarry View Dr', 'Cincinnati', '45220', { county: 'Hamilton' }), '$412,750.00', 'Oct 10, 2017'),
    people: [
      { role: 'BUYER', name: 'Amara Mbeki', email: 'amara.mbeki@example.com' },
      { role: 'LOAN_OFFICER', name: 'Percy Hollis', more: { 'Company Name': 'Summit Lending' } },
    ],
    folders: [
      {
        name: 'Title',
        papers: [
          ['title-commitment.pdf', 'titleCommitment'],
          ['appraisal.pdf', 'appraisal'],
        ],
      },
    ],
  },
  {
    id: 38466,
    name: 'Referral from Asheville',
    type: 'REAL_ESTATE_OTHER',
    first: 'NEW',
    status: 'IN_PROGRESS',
    created: '2018-04-19T14:14:14Z',
    days: 6,
    details: { referral: { referral_percent: '25%', referral_source: 'Blue Ridge Partners' } },
    folders: [{ name: 'Agreement', papers: [['referral-agreement.pdf', 'referralAgreement']] }],
  },
  {
    id: 39002,
    name: 'Office move, parking permits',
    type: 'OTHER',
    first: 'NEW',
    status: 'DONE',
    created: '2018-01-08T21:09:00Z',
    days: 14,
    lists: [
      {
        name: 'Errands',
        tasks: [
          { name: 'fill in the form', done: true },
          { name: 'collect the permits', due: '2018-01-19', done: true },
        ],
      },
    ],
  },
];

/** Brian's further loops, and the pair of profile 3 of which one was merged into the other. */
export function briansLoops(stage: Stage): void {
  const { deals } = stage.domain;
  const brian = actorOf(stage.orgId, BRIAN);
  for (const plan of PLANS) tellLoop(stage, { ...plan, owner: BRIAN, profileId: 42 });
  tellLoop(stage, {
    id: 30003,
    owner: BRIAN,
    profileId: 3,
    name: 'Draper, 77 Old Mill Rd',
    type: 'LISTING_FOR_SALE',
    first: 'PRE_LISTING',
    status: 'PRE_LISTING',
    created: '2017-03-06T15:00:00Z',
    days: 10,
    details: { property_address: place('77', 'Old Mill Rd', 'Hamilton', '45011') },
    people: [{ role: 'SELLER', name: 'Desmond Draper', email: 'desmond.draper@example.com' }],
    folders: [{ name: 'Listing Agreement', papers: [['exclusive-right-to-sell.pdf', 'listingAgreement']] }],
  });
  tellLoop(stage, {
    id: 30004,
    owner: BRIAN,
    profileId: 3,
    name: 'Desmond Draper, 77 Old Mill Rd, Hamilton, OH 45011',
    type: 'LISTING_FOR_SALE',
    first: 'PRE_LISTING',
    status: 'ACTIVE_LISTING',
    created: '2017-03-09T13:30:00Z',
    days: 15,
    details: listing({}, '$318,000', '03/24/2017', '09/24/2017'),
    lists: [
      {
        name: 'Going Live',
        tasks: [
          { name: 'enter with the MLS', due: '2017-03-24', done: true },
          { name: 'first open house', due: '2017-04-02' },
        ],
      },
    ],
  });
  stage.at('2017-04-03T14:25:00Z', () => deals.merge(brian, 30003, 30004));
}
