import type { Special } from './special.ts';

const HOME = ['OXF190347'];
const LINK = 'https://video.example.com/watch/1';
const ATTRIBUTES = {
  type: ['house', 'cottage'],
  style: ['detached'],
  situation: ['garden', 'patio'],
  parking: ['garage'],
  age: ['period'],
  locality: ['rural'],
};
const SELLING = {
  instructed: '2024-01-15',
  price: 412000.5,
  reservationFee: 500,
  qualifier: 'guidePrice',
  status: 'forSale',
  disposal: 'privateTreaty',
  tenure: { type: 'leasehold', expiry: '2104-01-15' },
  agreementExpiry: '2025-01-15',
  fee: { type: 'percentage', amount: 1.25 },
  decoration: ['good', 'veryGood'],
  sharedOwnership: { sharedPercentage: 40.5, rent: 410.25, rentFrequency: 'monthly' },
};
const LETTING = {
  instructed: '2024-01-15',
  availableFrom: '2024-03-01',
  availableTo: '2025-03-01',
  agreementSigned: '2024-02-20',
  groundRentType: 'fixed',
  serviceChargeReviewDate: '2025-01-01',
  rent: 412.5,
  rentFrequency: 'weekly',
  rentIncludes: 'Water',
  furnishing: ['furnished', 'partFurnished'],
  agentRole: 'managed',
  term: 'long',
  status: 'toLet',
  worksOrderNote: 'Ring first',
  minimumTerm: 6,
  managementFee: { type: 'percentage', amount: 10.5 },
  lettingFee: {
    type: 'fixed',
    amount: 300,
    firstReduction: { type: 'fixed', reducingTo: 250.5, reducingAfterMonths: 12 },
    secondReduction: { type: 'fixed', reducingTo: 200, reducingAfterMonths: 24 },
  },
  qualifier: 'askingRent',
  utilities: { hasGas: true, gasMeterPoint: 'G1', electricityMeterPoint: 'E1', waterMeterPoint: 'W1' },
  deposit: { type: 'weeks', amount: 5 },
};
const LICENCING = {
  licenceRequired: true,
  licenceType: 'selective',
  households: 1,
  occupants: 4,
  aboveCommercialPremises: false,
  referenceNumber: 'L 1',
  hasRestrictions: false,
  application: { status: 'granted', referenceNumber: 'A 1', date: '2024-01-02', granted: '2024-02-02', expiry: '2029-02-02' },
};
const INSURANCE = {
  status: 'taken',
  referenceNumber: 'R 1',
  start: '2024-01-01',
  end: '2025-01-01',
  cancelledReasonId: 'TEN',
  autoRenew: true,
};

const BUYING = {
  priceFrom: 200000,
  priceTo: 350000,
  reasonId: 'MOV',
  positionId: 'FTB',
  tenure: ['freehold'],
  leaseRemaining: { min: 80 },
};

/** What the walk over all resources cannot make up of the groups of selling. */
export const SALES: Readonly<Record<string, Special>> = {
  properties: {
    create: {
      ...ATTRIBUTES,
      marketingMode: 'sellingAndLetting',
      selling: SELLING,
      letting: LETTING,
      videoUrl: LINK,
      video2Url: `${LINK}2`,
      boardStatus: 'FS',
      metadata: undefined,
    },
    update: {
      ...ATTRIBUTES,
      type: ['flatApartment'],
      selling: { ...SELLING, status: 'underOffer', price: 405000, matchPriceFrom: 1.5 },
      letting: { ...LETTING, rent: 1500, rentFrequency: 'monthly', rentInsurance: INSURANCE, licencing: LICENCING },
      videoUrl: `${LINK}3`,
      video2Url: `${LINK}4`,
      boardStatus: 'SO',
      availableServicesIds: ['WAT', 'GAS'],
      metadata: undefined,
    },
    queries: { priceFiltersCurrency: 'priceFiltersCurrency=USD&priceFrom=1', rentFrequency: 'rentFrequency=weekly&rentTo=500' },
  },
  // Days in, moments out (contracts/reapit.md §1.11).
  'properties/{id}/certificates': {
    above: HOME,
    create: { typeId: 'GS' },
    answered: { start: '2024-01-15T00:00:00Z', expiry: '2024-01-15T00:00:00Z' },
    update: { start: undefined, expiry: undefined },
  },
  'properties/{id}/certificates/responsibilities': { above: HOME },
  'properties/{id}/keys': { above: HOME, create: { typeId: 'SA' } },
  'properties/{id}/keys/{keyId}/movements': { above: [...HOME, 'OXF2000001'], create: { checkInRequired: undefined } },
  'properties/{id}/checks': { above: HOME },
  'properties/{id}/appraisals': { above: HOME, update: { date: undefined } },
  'properties/{id}/alarms': {
    above: HOME,
    create: { categoryId: 'FIR', typeId: 'SMK' },
    update: { categoryId: 'GAS', typeId: 'CO' },
  },
  'properties/{id}/checklists': { above: HOME },
  'properties/{id}/marketing': { above: HOME },
  'properties/{id}/utilities': { above: HOME },
  'properties/{id}/negotiators': { above: HOME },
  'properties/{id}/developmentPhases': { above: HOME },
  'properties/{id}/multilingual': { above: HOME },
  applicants: {
    create: {
      ...ATTRIBUTES,
      metadata: undefined,
      source: { id: 'RMV', type: 'source' },
      related: [{ associatedId: 'OXF18000003', associatedType: 'contact' }],
      locationType: 'areas',
      locationOptions: ['BRM', 'HAM'],
      buying: BUYING,
    },
    update: {
      ...ATTRIBUTES,
      metadata: undefined,
      source: { id: 'OXF', type: 'office' },
      locationType: 'addresses',
      buying: { ...BUYING, priceTo: 360000, mortgageExpiry: '2031-05-01' },
    },
    answered: { related: [{ id: 'OXF18000003', type: 'contact', surname: 'Garay' }] },
    bare: { currency: 'USD', active: true },
  },
  'applicants/{id}/relationships': {
    above: ['OXF200060'],
    create: { associatedType: 'contact', associatedId: 'OXF18000007' },
  },
  vendors: { update: { metadata: undefined, source: { id: 'ADV', type: 'source' } } },
  'vendors/{id}/relationships': { above: HOME, create: { associatedType: 'contact', associatedId: 'OXF18000007' } },
  offers: {
    create: { metadata: undefined, applicantId: 'OXF200060', propertyId: 'OXF190347' },
    update: { metadata: undefined },
  },
  conveyancing: { update: { metadata: undefined } },
  'conveyancing/{id}/chain': { above: ['OXF2000122'] },
  'contacts/{id}/relationships': { above: ['OXF18000001'] },
};
