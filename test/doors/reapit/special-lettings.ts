import type { Special } from './special.ts';

const TENANCY = ['OXF190060'];
const SOURCE = { id: 'ADV', type: 'source' };
const OFFICE = { id: 'OXF', type: 'office' };
const PLAIN = { metadata: undefined };
/** Read as percentage whichever way it is spelt (contracts/reapit.md §5.2). */
const FEE = { type: 'percentage', amount: 10, frequency: 'monthly' };
const TERM = { startDate: '2024-01-15T00:00:00Z', endDate: '2025-01-14T00:00:00Z', negotiatorId: 'JAS' };
const CHECK = { type: 'preTenancy', status: 'needed', checkTypeId: 'REF', description: undefined, ...PLAIN };
const WINDOW = 'start=2018-01-01T00:00:00Z&end=2018-12-31T00:00:00Z';

/** Letting, money, firms, diaries and journals. */
export const LETTINGS: Readonly<Record<string, Special>> = {
  landlords: {
    create: {
      ...PLAIN,
      solicitorId: 'OXF19002002',
      source: SOURCE,
      related: [{ associatedId: 'OXF18000003', associatedType: 'contact' }],
    },
    answered: { related: [{ id: 'OXF18000003', type: 'contact' }] },
    update: { ...PLAIN, solicitorId: 'OXF19002002', source: OFFICE },
    bare: { active: true },
  },
  'landlords/{id}/relationships': {
    above: ['OXF180001'],
    create: { associatedId: 'OXF18000003', associatedType: 'contact', isMain: false },
  },
  tenancies: {
    create: {
      ...PLAIN,
      status: 'arranging',
      typeId: 'AST',
      propertyId: 'OXF190347',
      applicantId: 'OXF180059',
      source: SOURCE,
      preTenancyCheckStatusId: 'REF',
    },
    update: {
      ...PLAIN,
      status: 'arranging',
      typeId: 'CL',
      source: OFFICE,
      legalStatusId: 'CL',
      preTenancyCheckStatusId: 'RTR',
    },
    bare: { status: 'offerPending' },
  },
  'tenancies/{id}/relationships': { above: TENANCY },
  'tenancies/{id}/checks': { above: TENANCY, create: CHECK, update: { status: 'completed', ...PLAIN } },
  'tenancies/{id}/breakClauses': {
    above: TENANCY,
    create: {
      typeId: 'TEN',
      breakFrom: { date: '2024-05-01', minTermMonths: 6 },
      noticeRequired: { date: '2024-04-01', beforeBreakMonths: 2 },
    },
    answered: {
      typeId: undefined,
      clauseTypeId: 'TEN',
      breakFrom: { date: '2024-05-01T00:00:00Z', minTermMonths: 6 },
      noticeRequired: { date: '2024-04-01T00:00:00Z', beforeBreakMonths: 2 },
    },
    update: { breakFrom: { minTermMonths: 6 }, noticeRequired: { beforeBreakMonths: 2 } },
  },
  'tenancies/{id}/allowances': { above: TENANCY, create: { typeId: 'UTL' } },
  'tenancies/{id}/responsibilities': { above: TENANCY, create: { typeId: 'CT' } },
  'tenancies/{id}/renewalNegotiations': {
    above: TENANCY,
    create: { ...TERM, lettingFee: { ...FEE, type: 'perentage' }, managementFee: FEE },
    answered: { startDate: '2024-01-15', endDate: '2025-01-14', lettingFee: FEE },
    update: { startDate: undefined, endDate: undefined, lettingFee: undefined, managementFee: undefined },
  },
  'tenancies/{id}/renewalNegotiations/{renewalId}/checks': {
    above: ['OXF190060', 'OXF20002003'],
    create: { status: 'needed', checkTypeId: 'TRM', description: undefined, ...PLAIN },
    update: { status: 'completed', ...PLAIN },
  },
  'tenancies/{id}/extensions': { above: TENANCY },
  'tenancies/{id}/rentReviews': {
    above: TENANCY,
    create: { agreement: { negotiatorId: 'JAS', status: 'started' }, ...PLAIN },
    update: { agreement: { status: 'agreed' }, ...PLAIN },
  },
  'tenancies/{id}/rentReviews/{rentReviewId}/checks': {
    above: ['OXF190060', 'OXF200203'],
    create: { status: 'needed', checkTypeId: 'DOC' },
    update: { status: 'arranged' },
  },
  'tenancies/{id}/noticeManagement': { above: TENANCY },
  worksOrders: {
    create: {
      ...PLAIN,
      companyId: 'OXF19002002',
      propertyId: 'OXF190347',
      tenancyId: 'OXF190060',
      typeId: 'GEN',
      items: [{ notes: 'Fit it', chargeTo: 'landlord', estimate: 10, estimateType: 'verbal', netAmount: 12.5, vatAmount: 0.88 }],
    },
    answered: { totalNetAmount: 12.5, totalVatAmount: 0.88, totalGrossAmount: 13.38 },
    update: { ...PLAIN, companyId: 'OXF19002002', propertyId: 'OXF190347', tenancyId: 'OXF190060', typeId: 'EMG' },
  },
  'worksOrders/{id}/items': { above: ['OXF19002002'] },
  companies: {
    create: { ...PLAIN, typeIds: ['SOL', 'AGT'], supplierTypeId: 'PLU' },
    update: { ...PLAIN, typeIds: ['CON'], supplierTypeId: 'ELE' },
    bare: { active: true, marketingConsent: 'notAsked' },
  },
  'companies/{id}/relationships': { above: ['OXF19002002'] },
  'companies/{id}/staffMembers': { above: ['OXF19002002'] },
  identityChecks: {
    create: {
      ...PLAIN,
      identityDocument1: { typeId: 'DL', expiry: '2027-03-01', details: 'Ohio' },
      identityDocument2: { typeId: 'UB', details: 'Water' },
    },
    update: {
      ...PLAIN,
      identityDocument1: { details: 'Ohio, new' },
      identityDocument2: { typeId: 'BS', expiry: '2028-01-01' },
    },
  },
  tasks: {
    create: {
      ...PLAIN,
      typeId: 'CA',
      senderId: 'BRE',
      recipientId: 'JAS',
      recipientType: 'negotiator',
      text: 'Ring\nabout the roof',
      landlordId: 'OXF180001',
      propertyId: 'OXF190347',
      applicantId: 'OXF180059',
      tenancyId: 'OXF190060',
    },
    update: {
      ...PLAIN,
      typeId: 'EM',
      senderId: 'JAS',
      recipientId: 'BRE',
      recipientType: undefined,
      landlordId: 'OXF180001',
      propertyId: 'OXF190347',
      applicantId: 'OXF180059',
      tenancyId: 'OXF190060',
    },
  },
  appointments: {
    create: {
      ...PLAIN,
      start: '2024-05-01T09:00:00Z',
      end: '2024-05-01T10:00:00Z',
      typeId: 'VL',
      organiserId: 'JAS',
      propertyId: 'OXF190347',
      attendee: { id: 'OXF180001', type: 'landlord' },
      followUpOn: '2024-05-03',
      recurrence: { interval: 2, type: 'weekly', until: '2024-12-31T00:00:00Z' },
      documents: undefined,
    },
    answered: { followUpOn: undefined },
    update: {
      ...PLAIN,
      start: '2024-05-01T08:00:00Z',
      end: '2024-05-01T11:00:00Z',
      typeId: 'MT',
      organiserId: 'BRE',
      propertyId: 'OXF190347',
      attendee: { id: 'OXF180001', type: 'landlord', confirmed: undefined },
      followUpOn: undefined,
      followUp: { responseId: 'INT', notes: 'Keen' },
      documents: undefined,
    },
    bare: {
      cancelled: false,
      attended: 'notSet',
      negotiatorConfirmed: false,
      attendeeConfirmed: false,
      propertyConfirmed: false,
    },
    queries: { start: `${WINDOW}&attendeeId=OXF18000001`, end: WINDOW },
  },
  'appointments/{id}/openHouseAttendees': {
    above: ['OXF180002'],
    create: { interestLevel: 'mightBeInterested', attendee: { id: 'OXF180001', type: 'landlord' } },
    update: { interestLevel: 'notSet' },
  },
  enquiries: {
    create: { propertyIds: ['OXF190347'] },
    update: { applicantId: 'OXF180059', createdPropertyId: 'OXF190347' },
    bare: { status: 'pending' },
  },
  referrals: {
    create: { referralTypeId: 'MOR', propertyId: 'OXF190347', applicantId: 'OXF180059', contactId: 'OXF18000001' },
    update: PLAIN,
    bare: { status: 'sent' },
  },
};
