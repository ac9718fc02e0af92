import { systemActor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { JOHN } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

/** The home that the documented tenancy is of: the first that John has let. */
const letHome = statement<{ id: number; code: string; rent: number }>(
  'sandbox.let_home',
  `select id, code, rent from property where org_id = $1 and list_member_id = $2 and let_status = 'tenancyCurrentUnavailable' and deleted_at is null
   order by id limit 1`,
);
const tenants = statement<{ code: string }>(
  'sandbox.tenants',
  'select code from contact where org_id = $1 and id = any ($2::bigint[]) order by id',
);
const giveLandlord = statement<never>(
  'sandbox.give_landlord',
  'update property set landlord_id = (select id from landlord where org_id = $1 and code = $3) where org_id = $1 and id = $2',
);

/** Two of John's contacts who rent. */
const TENANTS = [3603908, 3603910];

export const LANDLORD = 'OXF180001';
export const TENANCY = 'OXF190060';
export const FIRM = 'OXF19002002';

/** Mr John Smith lets a home; a couple lives in it (domain-people §4.1). */
export function lettings(stage: Stage): void {
  const { records } = stage.domain;
  const system = systemActor(stage.orgId);
  const john = actorOf(stage.orgId, JOHN);

  stage.at('2018-09-03T09:30:00Z', async () => {
    await records.company.create(
      system,
      {
        values: {
          name: 'Whitfield Legal',
          branch: 'Oxford',
          type_ids: ['SOL'],
          email: 'office@whitfieldlegal.example',
          contact_points: [{ via: 'phone', kind: 'work', value: '(513) 555-0160' }],
          address: {
            street_number: '21',
            street_name: 'Church St',
            city: 'Oxford',
            state_or_province: 'OH',
            postal_code: '45056',
            country: 'US',
          },
          office_ids: ['OXF'],
          member_ids: ['JAS'],
          extras: {
            reapit: { notes: 'Acts for most of our sellers.', vatRegistered: true, communicationPreferenceLetter: true },
          },
        },
      },
      { id: 5301, code: FIRM },
    );
    const staff = { company_id: FIRM, active: true };
    await records.companyStaff.create(
      system,
      { values: { ...staff, name: 'Ingrid Whitfield', job_title: 'Partner', salutation: 'Ms Whitfield', is_main: true } },
      { id: 5311 },
    );
    await records.companyStaff.create(
      system,
      { values: { ...staff, name: 'Dorothy Amsel', job_title: 'Paralegal', contact_id: 'OXF18000008', is_main: false } },
      { id: 5312 },
    );
  });

  stage.at('2018-09-04T10:00:00Z', async () => {
    const [home] = await stage.tx.rows(letHome, [stage.orgId, JOHN.memberId]);
    if (!home) throw new Error('The story has no home that John has let');
    await records.landlord.create(
      john,
      {
        values: {
          office_id: 'OXF',
          solicitor_id: FIRM,
          source_id: 'ADV',
          extras: { reapit: { statementPreferences: ['email'] } },
        },
      },
      { id: 5302, code: LANDLORD },
    );
    const role = { landlord_id: LANDLORD, associated_kind: 'contact', associated_id: 'OXF18000001', is_main: true, position: 0 };
    await records.party.create(john, { values: role }, { id: 5303, code: 'OXF10020030' });
    await stage.tx.rows(giveLandlord, [stage.orgId, home.id, LANDLORD]);

    const parties = (await stage.tx.rows(tenants, [stage.orgId, TENANTS])).map(({ code }) => ({ kind: 'contact', code }));
    const looking = { marketing_mode: 'renting', department_id: 'G', office_ids: ['OXF'], member_ids: ['JAS'] };
    const applicant = await records.applicant.create(
      john,
      { values: { ...looking, rent_from: 1_800, rent_to: 2_400, rent_frequency: 'monthly', bedrooms_min: 2, parties } },
      { id: 5304, code: 'OXF180059' },
    );
    await records.tenancy.create(
      john,
      {
        values: {
          property_id: home.code,
          applicant_id: applicant.code,
          member_id: 'JAS',
          status: 'arranging',
          starts_on: '2019-02-15',
          ends_on: '2027-02-14',
          type_code: 'AST',
          rent: home.rent,
          rent_frequency: 'monthly',
          deposit: { heldBy: 'depositProtectionScheme', period: 5, type: 'weeksRent', sum: home.rent },
          letting_fee: { type: 'fixed', amount: 350, frequency: 'upfront' },
          management_fee: { type: 'percentage', amount: 10, frequency: 'monthly' },
          source_id: 'ADV',
          extras: { reapit: { agentRole: 'managed', rentInstalmentsFrequency: 'monthly', legalStatusId: 'AST' } },
        },
      },
      { id: 5305, code: TENANCY },
    );
  });
  stage.at('2018-09-05T09:00:00Z', () => parts(stage));
  stage.at('2018-09-05T10:00:00Z', () => money(stage));
}

/** What was agreed, checked and gone through around the documented tenancy. */
async function parts(stage: Stage): Promise<void> {
  const { records } = stage.domain;
  const john = actorOf(stage.orgId, JOHN);
  const of = (id: number) => ({ id });
  const below = { tenancy_id: TENANCY };
  const reapit = (extras: Readonly<Record<string, unknown>>) => ({ extras: { reapit: extras } });
  const agreed = { agreements: { landlord: true, tenant: true } };
  const check = { ...below, phase: 'preTenancy', type_code: 'REF', status: 'completed' };
  await records.tenancyCheck.create(john, { values: check }, { ...of(5321), code: 'OXF20002002' });
  await records.tenancyCheck.create(
    john,
    { values: { ...below, phase: 'postTenancy', description: 'First inspection', status: 'needed' } },
    of(5322),
  );
  await records.tenancyBreakClause.create(
    john,
    { values: { ...below, type_code: 'MUT', ...reapit({ active: '2020-02-15', appliesTo: 'mutual', ...agreed }) } },
    of(5323),
  );
  await records.tenancyAllowance.create(
    john,
    { values: { ...below, type_code: 'GRD', ...reapit({ state: 'allowed', ...agreed }) } },
    of(5324),
  );
  await records.tenancyResponsibility.create(
    john,
    { values: { ...below, type_code: 'WAT', ...reapit({ appliesTo: 'tenant', ...agreed }) } },
    of(5325),
  );
  await records.tenancy.update(john, TENANCY, () => ({ values: { status: 'current' } }));
  const term = {
    ...below,
    member_id: 'JAS',
    starts_on: '2021-02-15',
    ends_on: '2023-02-14',
    rent: 2_350,
    rent_frequency: 'monthly',
  };
  const first = await records.tenancyRenewal.create(
    john,
    { values: { ...term, status: 'negotiating' } },
    { ...of(5326), code: 'OXF20002003' },
  );
  await records.tenancyRenewalCheck.create(
    john,
    { values: { parent_id: first.code, type_code: 'RNT', status: 'completed' } },
    of(5327),
  );
  await records.tenancyRenewal.update(john, first.code, () => ({ values: { status: 'renewed' } }));
  const review = await records.tenancyRentReview.create(
    john,
    { values: { ...below, ...reapit({ tenantSentDate: '2024-01-10', agreement: { negotiatorId: 'JAS', status: 'started' } }) } },
    { ...of(5328), code: 'OXF200203' },
  );
  await records.tenancyRentReviewCheck.create(
    john,
    { values: { parent_id: review.code, type_code: 'DOC', status: 'needed' } },
    of(5329),
  );
}

/** A repair in that home, and what was billed for it. */
async function money(stage: Stage): Promise<void> {
  const { records } = stage.domain;
  const john = actorOf(stage.orgId, JOHN);
  const { property_id } = await records.tenancy.byCode(john, TENANCY);
  const about = { property_id, tenancy_id: TENANCY };
  const order = {
    ...about,
    company_id: FIRM,
    member_id: 'JAS',
    type_code: 'GEN',
    status: 'raised',
    description: 'Porch light is out',
  };
  await records.worksOrder.create(
    john,
    { values: { ...order, required: '2019-03-15', extras: { reapit: { reporter: 'tenant', priority: 'low' } } } },
    { id: 5331, code: 'OXF19002002' },
  );
  const item = { works_order_id: 'OXF19002002', net: 60, vat: 4.2, nominal_account_id: 'repair' };
  await records.worksOrderItem.create(
    john,
    { values: { ...item, extras: { reapit: { notes: 'Replace the fitting', chargeTo: 'landlord' } } } },
    { id: 5332, code: 'OXF19002002' },
  );
  const bill = { property_id, member_id: 'JAS', dated: stage.domain.now() };
  await records.invoice.create(
    john,
    {
      values: {
        ...bill,
        status: 'partPaid',
        reference: 'LF-1',
        description: 'Letting fee',
        net: 350,
        vat: 24.5,
        outstanding: 124.5,
      },
    },
    { id: 5333, code: 'RPT20000043' },
  );
  const line = { invoice_id: 'RPT20000043', property_id, member_id: 'JAS' };
  await records.invoiceCharge.create(
    john,
    {
      values: { ...line, type: 'charge', description: 'Letting fee', net: 350, vat: 24.5, extras: { reapit: { vatCode: 'S' } } },
    },
    { id: 5334, code: 'RPT20000043' },
  );
  await records.invoicePayment.create(
    john,
    { values: { ...line, type: 'payment', description: 'Cheque', dated: stage.domain.now(), net: 200, vat: 0 } },
    { id: 5335, code: 'RPT20000044' },
  );
  await records.invoiceCredit.create(
    john,
    { values: { ...line, description: 'Goodwill', dated: stage.domain.now(), net: 50, vat: 0 } },
    { id: 5336, code: 'RPT20000045' },
  );
  const entry = { ...about, landlord_id: LANDLORD, type: 'invoice', ledger: 'tenant', category: 'rent', direction: 'debit' };
  await records.ledgerEntry.create(
    john,
    { values: { ...entry, status: 'posted', description: 'Rent, March', net: 2_230, tax: 0, outstanding: 0 } },
    { id: 5337, code: 'PAY20000001' },
  );
}
