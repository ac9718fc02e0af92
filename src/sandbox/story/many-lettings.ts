import { statement } from '../../db/index.ts';
import { type NounRows, nounRows } from '../bulk/noun-rows.ts';
import { ACCOUNTS, FIRMS, REPAIRS } from '../data/firms.ts';
import { ALLEN, JOHN, STAFF, type Staff } from '../data/staff.ts';
import { type Dice, makeDice } from '../dice.ts';
import { later, type Stage } from '../stage.ts';

type Home = {
  readonly id: number;
  readonly member_id: number;
  readonly office_id: number;
  readonly rent: number;
  readonly status: string;
};
type Made = { readonly id: number; readonly code: string };

const lettable = statement<Home>(
  'sandbox.homes_to_let',
  `select id, list_member_id as member_id, list_office_id as office_id, rent, let_status as status from property
   where org_id = $1 and marketing_mode = 'letting' and list_member_id is not null and landlord_id is null and deleted_at is null order by id`,
);
const people = statement<{ id: number }>(
  'sandbox.people_of_lettings',
  'select id from contact where org_id = $1 and id > 10000000 and deleted_at is null order by id limit 140',
);
const landlordsOf = statement<never>(
  'sandbox.landlords_of_homes',
  `update property p set landlord_id = l.landlord_id from jsonb_to_recordset($2::jsonb) as l(id bigint, landlord_id bigint)
   where p.org_id = $1 and p.id = l.id`,
);

const FROM = '2018-09-02T08:00:00Z';
const day = (date: Date) => date.toISOString().slice(0, 10);
const cents = (amount: number) => Math.round(amount * 100) / 100;

/** What became of a home that was offered, by how it stands now. */
const TENANCY: Readonly<Record<string, string>> = {
  tenancyCurrentUnavailable: 'current',
  underOffer: 'offerPending',
  underOfferUnavailable: 'arranging',
  withdrawn: 'finished',
};

type Scene = { readonly stage: Stage; readonly rows: NounRows; readonly dice: Dice };
const staffOf = ({ member_id }: Home): Staff => STAFF.find(({ memberId }) => memberId === member_id) ?? JOHN;

async function firms({ rows }: Scene): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const [n, { name, branch, types, supplier, officeId, street, staff }] of FIRMS.entries()) {
    const [street_number, street_name, city, postal_code] = street;
    const at = later(FROM, 0, n * 11);
    const values = {
      name,
      branch,
      type_ids: types,
      supplier_type_code: supplier,
      email: `office@${name.toLowerCase().replaceAll(/[^a-z]/g, '')}.example`,
      contact_points: [{ via: 'phone', kind: 'work', value: `(513) 555-01${60 + n}` }],
      address: { street_number, street_name, city, state_or_province: 'OH', postal_code, country: 'US' },
      office_ids: [officeId],
      member_ids: [ALLEN.memberId],
    };
    const extras = supplier === null ? {} : { payments: { nominalAccountId: 'repair' } };
    const company = await rows.add('company', { width: 11, officeId, by: ALLEN, at, label: name, values, extras });
    made.push(company);
    for (const [who, job_title] of staff)
      await rows.add('company_staff', {
        by: ALLEN,
        at,
        label: who,
        values: { company_id: company.id, name: who, job_title, is_main: true, active: true },
      });
  }
  return made;
}

const accounts = async ({ rows }: Scene): Promise<readonly Made[]> =>
  Promise.all(
    ACCOUNTS.map(([code, name, repairs]) =>
      rows.add('nominal_account', {
        width: 6,
        code,
        by: ALLEN,
        at: new Date(FROM),
        label: name,
        values: { name, applies_to_works_orders: repairs },
      }),
    ),
  );

async function party({ rows }: Scene, by: Staff, at: Date, contactId: number, role: Readonly<Record<string, unknown>>) {
  const none = { applicant_id: null, landlord_id: null, tenancy_id: null, occupy_on: null, vacate_on: null };
  const values = { ...none, associated_kind: 'contact', associated_id: contactId, is_main: true, position: 0, ...role };
  await rows.add('party', { width: 11, by, at, label: String(contactId), values });
}

async function repair(scene: Scene, home: Home, tenancy: Made | null, firm: Made, account: Made, at: Date): Promise<void> {
  const { rows, dice } = scene;
  const by = staffOf(home);
  const [description, notes, , price, chargeTo] = dice.pick(REPAIRS);
  const done = dice.chance(60);
  const net = price + dice.between(0, 40);
  const vat = cents(net * 0.07);
  const order = await rows.add('works_order', {
    width: 11,
    by,
    at,
    label: description,
    values: {
      company_id: firm.id,
      property_id: home.id,
      tenancy_id: tenancy?.id ?? null,
      member_id: by.memberId,
      type_code: 'GEN',
      status: done ? 'complete' : dice.pick(['raised', 'pendingQuote', 'raisedToChase', 'cancelled']),
      description,
      required: day(later(at, 14)),
      completed: done ? day(later(at, 9)) : null,
      total_net: net,
      total_vat: vat,
      total_gross: net + vat,
    },
    extras: {
      reporter: 'tenant',
      priority: dice.pick(['low', 'medium', 'high']),
      booked: day(later(at, 5)),
      reviewDate: day(later(at, 21)),
    },
  });
  const item = { works_order_id: order.id, net, vat, nominal_account_id: account.id };
  const quoted = { notes, chargeTo, estimate: price, estimateType: 'verbal', reserveAmount: 50 };
  await rows.add('works_order_item', { width: 11, by, at, label: notes, values: item, extras: quoted });
}

/** A month's rent: charged, then received. */
async function rentOf(scene: Scene, home: Home, tenancy: Made, landlord: Made, month: number, from: Date): Promise<void> {
  const { rows } = scene;
  const by = staffOf(home);
  const at = later(from, month * 30, 5);
  const values = {
    property_id: home.id,
    landlord_id: landlord.id,
    tenancy_id: tenancy.id,
    status: 'posted',
    category: 'rent',
    net: home.rent,
    tax: 0,
  };
  const charged = { type: 'invoice', ledger: 'tenant', direction: 'debit', description: 'Rent', outstanding: 0 };
  await rows.add('ledger_entry', { width: 11, by, at, label: 'Rent', values: { ...values, ...charged } });
  const received = { type: 'payment', ledger: 'landlord', direction: 'credit', description: 'Rent received', outstanding: 0 };
  await rows.add('ledger_entry', { width: 11, by, at: later(at, 2), label: 'Rent received', values: { ...values, ...received } });
}

/** The fee for letting: one charge, sometimes a credit, usually a payment. */
async function feeOf({ rows, dice }: Scene, home: Home, at: Date): Promise<void> {
  const by = staffOf(home);
  const net = cents(home.rent / 2);
  const vat = cents(net * 0.07);
  const paid = dice.chance(70);
  const credit = dice.chance(25) ? 50 : 0;
  const invoice = await rows.add('invoice', {
    width: 11,
    by,
    at,
    label: 'Letting fee',
    values: {
      property_id: home.id,
      member_id: by.memberId,
      status: paid ? 'paid' : credit > 0 ? 'partCredited' : 'raised',
      reference: `LF-${home.id % 10_000}`,
      description: 'Letting fee',
      dated: at,
      due: later(at, 14),
      net,
      vat,
      outstanding: paid ? 0 : cents(net + vat - credit),
    },
  });
  const line = { invoice_id: invoice.id, property_id: home.id, member_id: by.memberId };
  const add = (kind: string, description: string, amounts: Readonly<Record<string, unknown>>, when: Date) =>
    rows.add('invoice_line', {
      noun: `invoice_${kind}`,
      series: 'invoice_line',
      width: 11,
      by,
      at: when,
      label: description,
      values: { kind, description, type: null, dated: when, ...line, ...amounts },
      ...(kind === 'charge' ? { extras: { vatCode: 'S' } } : {}),
    });
  await add('charge', 'Letting fee', { type: 'charge', net, vat }, at);
  if (credit > 0) await add('credit', 'Goodwill', { net: credit, vat: 0 }, later(at, 3));
  if (paid) await add('payment', 'Payment received', { type: 'payment', net: cents(net - credit), vat }, later(at, 10));
}

/** What is kept of a home that somebody has moved into. */
function livedTerms({ id, rent }: Home, starts: string): Readonly<Record<string, unknown>> {
  const registered = day(later(`${starts}T00:00:00Z`, 7));
  return {
    endDateConfirmed: true,
    rentInstalmentsFrequency: 'monthly',
    rentInstalmentsAmount: rent,
    rentInstalmentsStart: starts,
    meterReadingGas: String(10_000 + (id % 8_999)),
    meterReadingGasLastRead: starts,
    meterReadingElectricity: String(40_000 + (id % 8_999)),
    meterReadingElectricityLastRead: starts,
    meterReadingWater: String(1_000 + (id % 899)),
    meterReadingWaterLastRead: starts,
    groupPaymentReference: `RENT${id % 100_000}`,
    legalStatusId: 'AST',
    feeNotes: 'Half a month for finding the tenant, a tenth of the rent for collecting it.',
    renewalOptions: { optionText: 'One more year at the rent of the day', conditionIds: [] },
    arrears: { chaseArrears: true, paymentPlan: 'no' },
    initialInspectionFrequencyInDays: 60,
    regularInspectionFrequencyInDays: 180,
    depositProtection: { scheme: 'Buckeye Deposits', registeredDate: registered, registrationNumber: `BD-${id % 100_000}` },
    isRentersRights: false,
    daysInArrears: 0,
  };
}

/** A couple takes a home: the application, the tenancy, who lives there, the checks, the money. */
async function tenancyOf(scene: Scene, home: Home, landlord: Made, contactId: number, at: Date): Promise<Made> {
  const { rows, dice } = scene;
  const by = staffOf(home);
  const status = TENANCY[home.status] ?? 'offerPending';
  const lived = status === 'current' || status === 'finished';
  const starts = day(later(at, 30));
  const ends = status === 'finished' ? day(later(at, 395)) : day(later(at, 30 + 365 * 9));
  const asked = { rent_from: cents(home.rent * 0.8), rent_to: cents(home.rent * 1.1), rent_frequency: 'monthly' };
  const applicant = await rows.add('applicant', {
    width: 9,
    by,
    at,
    label: 'Tenant to be',
    values: {
      marketing_mode: 'renting',
      department_id: 1,
      office_ids: [home.office_id],
      member_ids: [by.memberId],
      bedrooms_min: dice.between(1, 3),
      criteria: { side: 'rentals', price: { min: asked.rent_from, max: asked.rent_to } },
      ...asked,
    },
  });
  await party(scene, by, at, contactId, { applicant_id: applicant.id });
  const tenancy = await rows.add('tenancy', {
    width: 9,
    by,
    at,
    label: 'Tenancy',
    values: {
      property_id: home.id,
      applicant_id: applicant.id,
      member_id: by.memberId,
      status,
      starts_on: starts,
      ends_on: ends,
      type_code: 'AST',
      rent: home.rent,
      rent_frequency: 'monthly',
      deposit: { heldBy: 'depositProtectionScheme', type: 'monthsRent', period: 1, sum: home.rent },
      letting_fee: { type: 'percentage', amount: 50, frequency: 'upfront' },
      management_fee: { type: 'percentage', amount: 10, frequency: 'monthly' },
    },
    extras: {
      agentRole: dice.pick(['managed', 'rentCollection', 'lettingOnly']),
      isPeriodic: false,
      ...(lived ? livedTerms(home, starts) : {}),
      ...(status === 'finished' ? { finishedReason: 'TEN' } : {}),
    },
  });
  if (lived) {
    const role = { tenancy_id: tenancy.id, occupy_on: starts, vacate_on: status === 'finished' ? ends : null };
    await party(scene, by, later(at, 30), contactId, role);
  }
  const part = { tenancy_id: tenancy.id, kind: 'notice', type_code: null, phase: null, status: null };
  const add = (noun: string, values: Readonly<Record<string, unknown>>) =>
    rows.add('tenancy_part', { noun, series: 'tenancy_part', width: 11, by, at, label: noun, values: { ...part, ...values } });
  await add('tenancy_notice', {});
  const check = { kind: 'check', phase: 'preTenancy', status: lived ? 'completed' : 'needed' };
  for (const type_code of ['REF', 'RTR']) await add('tenancy_check', { ...check, type_code });
  if (lived) for (let month = 1; month <= 4; month++) await rentOf(scene, home, tenancy, landlord, month, at);
  if (lived) await feeOf(scene, home, later(at, 12));
  return tenancy;
}

/** Every home that Allen Realty offers to let has a landlord; some are let, some were, and things break in them. */
export function manyLettings(stage: Stage): void {
  stage.at(FROM, async () => {
    const rows = nounRows(stage);
    const scene: Scene = { stage, rows, dice: makeDice(52) };
    const companies = await firms(scene);
    const books = await accounts(scene);
    const homes = await stage.tx.rows(lettable, [stage.orgId]);
    const contacts = await stage.tx.rows(people, [stage.orgId]);
    const owners: { id: number; landlord_id: number }[] = [];
    for (const [n, home] of homes.entries()) {
      const by = staffOf(home);
      const at = later('2018-01-08T10:00:00Z', n * 4, n);
      const values = { active: true, office_id: home.office_id };
      const landlord = await rows.add('landlord', { width: 9, officeId: home.office_id, by, at, label: 'Landlord', values });
      await party(scene, by, at, contacts[n]?.id ?? 3603864, { landlord_id: landlord.id });
      owners.push({ id: home.id, landlord_id: landlord.id });
      const taken = TENANCY[home.status];
      const contactId = contacts[contacts.length - 1 - n]?.id ?? 3603867;
      const tenancy = taken === undefined ? null : await tenancyOf(scene, home, landlord, contactId, later(at, 1));
      const firm = companies[n % 6];
      const account = books[1];
      if (firm && account && (tenancy || n % 3 === 0)) await repair(scene, home, tenancy, firm, account, later(at, 40));
    }
    await rows.insert();
    await stage.tx.rows(landlordsOf, [stage.orgId, JSON.stringify(owners)]);
  });
}
