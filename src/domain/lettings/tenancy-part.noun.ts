import { statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import { holdKey } from '../guard.ts';
import { type Columns, date, json, noun, number, option, ref, text } from '../records/index.ts';
import type { Fee } from './tenancy.noun.ts';

/** Nouns of one table: each is a kind of it, and they share the numbers of their codes. */
const part = <const C extends Columns>(kind: string, columns: C) =>
  ({
    table: 'tenancy_part',
    columns: { tenancy_id: ref('tenancy'), kind: text({ required: true }), ...columns },
    code: { width: 11, office: ['tenancy_id'], series: 'tenancy_part' },
    parent: 'tenancy_id',
    offices: 'tenancy_id',
    shown: `t.kind = '${kind}'`,
    derive: () => ({ kind }),
  }) as const;

/** One that belongs to a negotiation or review rather than to the tenancy itself, which it finds through that. */
const partOfPart = <const C extends Columns>(kind: string, columns: C) =>
  ({
    ...part(kind, { parent_id: ref('tenancy_part'), ...columns }),
    parent: 'parent_id',
    code: { width: 11, office: ['parent_id'], series: 'tenancy_part' },
  }) as const;

const tenancyOf = statement<{ tenancy_id: number }>(
  'tenancy_part.tenancy',
  'select tenancy_id from tenancy_part where org_id = $1 and id = $2',
);
type Below = { readonly tx: Tx; readonly what: Happening; readonly before: unknown; idOf(column: 'parent_id'): number | null };
async function tenancyAbove({ tx, what, before, idOf }: Below) {
  if (before) return {};
  const [found] = await tx.rows(tenancyOf, [what.actor.orgId, idOf('parent_id')]);
  return { tenancy_id: found?.tenancy_id };
}

const fees = { letting_fee: json<Fee | null>(), management_fee: json<Fee | null>() };
const term = { starts_on: date(), ends_on: date(), member_id: ref('member'), rent: number(), rent_frequency: text(), ...fees };

export const tenancyCheckNoun = noun({
  ...part('check', {
    type_code: option('preTenancyCheckTypes'),
    phase: text(),
    description: text(),
    status: text(),
  }),
  name: 'tenancy_check',
  label: ({ description, type_code }) => description ?? type_code ?? '',
  metadataType: 'tenancyCheck',
});

export const tenancyBreakClauseNoun = noun({
  ...part('breakClause', { type_code: option('tenancyBreakClauses') }),
  name: 'tenancy_break_clause',
  label: ({ type_code }) => type_code ?? '',
});

const ofType = statement<{ id: number }>(
  'tenancy_part.of_type',
  `select id from tenancy_part
   where org_id = $1 and tenancy_id = $2 and kind = $3 and type_code = $4 and id <> $5 and deleted_at is null limit 1`,
);

type Typed = {
  readonly tx: Tx;
  readonly what: Happening;
  readonly after: { readonly id: number; readonly kind: string | null; readonly type_code: string | null };
  idOf(column: 'tenancy_id'): number | null;
};
/** One of a type for each tenancy; two that are written at once wait for each other. */
async function oneOfType({ tx, what, after, idOf }: Typed): Promise<Breach[]> {
  const { kind, type_code, id } = after;
  const tenancyId = idOf('tenancy_id');
  if (type_code === null || tenancyId === null) return [];
  await holdKey(tx, what.actor.orgId, `tenancy ${kind}`, String(tenancyId));
  const found = await tx.rows(ofType, [what.actor.orgId, tenancyId, kind, type_code, id]);
  return found.length === 0
    ? []
    : [{ in: 'body', at: 'type_code', reason: 'value', message: 'The tenancy has one of this type already' }];
}

export const tenancyAllowanceNoun = noun({
  ...part('allowance', { type_code: option('allowances') }),
  name: 'tenancy_allowance',
  label: ({ type_code }) => type_code ?? '',
  check: oneOfType,
});

export const tenancyResponsibilityNoun = noun({
  ...part('responsibility', { type_code: option('tenancyResponsibilities') }),
  name: 'tenancy_responsibility',
  label: ({ type_code }) => type_code ?? '',
  check: oneOfType,
});

/** How many months' rents a rent of that frequency is, so that an old and a new one can be compared. */
const months = (frequency: string) =>
  `case ${frequency} when 'weekly' then 52.0 / 12 when '4weeks' then 13.0 / 12 when 'annually' then 1.0 / 12 else 1 end`;

/** What the tenant pays a month before a renewal: the rent of the last extension before it, else the first one. */
const RENT_BEFORE = `coalesce(
  (select e.rent * ${months('e.rent_frequency')} from tenancy_part e
   where e.org_id = t.org_id and e.tenancy_id = t.tenancy_id and e.kind = 'extension' and e.deleted_at is null and e.rent is not null
     and e.created_at < t.created_at order by e.created_at desc, e.id desc limit 1),
  (select y.rent * ${months('y.rent_frequency')} from tenancy y where y.org_id = t.org_id and y.id = t.tenancy_id))`;

/** Talks about going on; one that ends well becomes an extension. */
export const tenancyRenewalNoun = noun({
  ...part('renewal', { ...term, status: text() }),
  name: 'tenancy_renewal',
  label: ({ status }) => status ?? '',
  reads: {
    rent_change: `round(t.rent - ${RENT_BEFORE} / (${months('t.rent_frequency')}), 2)`,
    rent_change_percentage: `round((t.rent * ${months('t.rent_frequency')} / nullif(${RENT_BEFORE}, 0) - 1) * 100, 2)`,
  },
  derive: ({ status }) => ({ kind: 'renewal', ...(status === null ? { status: 'notStarted' } : {}) }),
  async after({ before, after, other }) {
    if (after.status !== 'renewed' || before?.status === 'renewed') return;
    const { tenancy_id, member_id, starts_on, ends_on, rent, rent_frequency, letting_fee, management_fee } = after;
    const agreed = { tenancy_id, member_id, starts_on, ends_on, rent, rent_frequency, letting_fee, management_fee };
    await other('tenancy_extension').create({ ...agreed, phase: 'extension' });
  },
});

export const tenancyRenewalCheckNoun = noun({
  ...partOfPart('renewalCheck', { type_code: option('renewalCheckTypes'), description: text(), status: text() }),
  name: 'tenancy_renewal_check',
  label: ({ description, type_code }) => description ?? type_code ?? '',
  metadataType: 'renewalCheck',
  settle: tenancyAbove,
});

/** What the tenancy has become since it began; `phase` says what was changed. */
export const tenancyExtensionNoun = noun({
  ...part('extension', { ...term, phase: text() }),
  name: 'tenancy_extension',
  label: ({ phase }) => phase ?? '',
});

export const tenancyRentReviewNoun = noun({
  ...part('rentReview', {}),
  name: 'tenancy_rent_review',
  code: { width: 9, office: ['tenancy_id'], series: 'tenancy_part' },
  label: ({ code }) => code,
  metadataType: 'rentReview',
});

export const tenancyRentReviewCheckNoun = noun({
  ...partOfPart('rentReviewCheck', { type_code: option('renewalCheckTypes'), description: text(), status: text() }),
  name: 'tenancy_rent_review_check',
  label: ({ type_code }) => type_code ?? '',
  settle: tenancyAbove,
});

/** Who gave notice, and when; each tenancy has one. */
export const tenancyNoticeNoun = noun({
  ...part('notice', {}),
  name: 'tenancy_notice',
  label: ({ code }) => code,
});
