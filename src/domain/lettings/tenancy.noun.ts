import { statement } from '../../db/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import { partiesOf } from '../people/index.ts';
import { date, instant, integer, json, noun, number, option, ref, TIMES, text, type WriteContext } from '../records/index.ts';

export type Fee = { readonly type?: string; readonly amount?: number; readonly frequency?: string };
export type Deposit = {
  readonly heldBy?: string;
  readonly period?: number;
  readonly type?: string;
  readonly sum?: number;
};

const columns = {
  property_id: ref('property'),
  applicant_id: ref('applicant'),
  member_id: ref('member'),
  status: text({ required: true }),
  starts_on: date(),
  ends_on: date(),
  type_code: option('tenancyTypes'),
  rent: number(),
  rent_frequency: text(),
  deposit: json<Deposit | null>(),
  letting_fee: json<Fee | null>(),
  management_fee: json<Fee | null>(),
  source_id: ref('source'),
  source_office_id: ref('office'),
  archived_at: instant(),
  deal_id: integer({ readOnly: true }),
};
type Context = WriteContext<typeof columns>;

/** What was agreed when it began stands still from then on (contracts/reapit.md §4.3). */
const FIXED = { deposit: 'deposit', letting_fee: 'letting fee', management_fee: 'management fee' } as const;
const BEGUN: ReadonlySet<string> = new Set(['current', 'finished']);
const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

function fixedBreaches({ before, after }: Context): Breach[] {
  if (!before || !BEGUN.has(before.status ?? '')) return [];
  return Object.entries(FIXED)
    .filter(([column]) => !same(before[column as keyof typeof FIXED], after[column as keyof typeof FIXED]))
    .map(([at, name]) => ({
      in: 'body',
      at,
      reason: 'value',
      message: `The ${name} cannot be changed once the tenancy is ${before.status}`,
    }));
}

type Partner = { readonly kind: string; readonly code: string; readonly is_main: boolean; readonly position: number };
const tenants = statement<Partner>(
  'tenancy.tenants_to_be',
  `select p.associated_kind as kind, coalesce(c.code, k.code) as code, p.is_main, p.position
   from party p
   left join contact c on c.org_id = p.org_id and c.id = p.contact_id and c.deleted_at is null
   left join company k on k.org_id = p.org_id and k.id = p.company_id and k.deleted_at is null
   where p.org_id = $1 and p.applicant_id = $2 and p.deleted_at is null and p.archived_at is null and coalesce(c.id, k.id) is not null
     and not exists (select from party there where there.org_id = $1 and there.tenancy_id = $3 and there.deleted_at is null)
   order by p.is_main desc, p.position, p.id`,
);

/** Those who applied live there once the tenancy is current. */
async function moveIn({ tx, what, after, idOf, other }: Context): Promise<void> {
  const found = await tx.rows(tenants, [what.actor.orgId, idOf('applicant_id'), after.id]);
  for (const { kind, code, is_main, position } of found)
    await other('party').create({
      tenancy_id: after.code,
      associated_kind: kind,
      associated_id: code,
      is_main,
      position,
      occupy_on: after.starts_on,
    });
}

export const tenancyNoun = noun({
  name: 'tenancy',
  columns,
  kept: [{ name: 'tenancy', keys: TIMES }],
  code: { width: 9, office: ['property_id', 'applicant_id', 'member_id'] },
  label: ({ code }) => code,
  offices: 'property_id',
  metadataType: 'tenancy',
  reads: {
    ...partiesOf('tenancy_id').reads,
    currency: '(select p.currency from property p where p.org_id = t.org_id and p.id = t.property_id)',
  },
  collections: partiesOf('tenancy_id').collections,
  check: fixedBreaches,
  async after(context) {
    const { before, after, other } = context;
    // The notice is one object from the beginning, so that it can be read and has a version of its own.
    if (!before) await other('tenancy_notice').create({ tenancy_id: after.code });
    if (after.status === 'current' && before?.status !== 'current') await moveIn(context);
  },
});
