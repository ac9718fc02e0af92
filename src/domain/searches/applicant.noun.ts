import { statement } from '../../db/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import { NO_SUCH_REFERENCE } from '../../kernel/record.ts';
import { NEW_APPLICANT, writeOwnEntry } from '../journal/index.ts';
import { makeParties, type NewParty, partiesOf } from '../people/index.ts';
import { boolean, date, instant, integer, json, noun, number, option, ref, refs, TIMES, text, texts } from '../records/index.ts';
import type { Criteria, Range } from './criteria.ts';

const columns = {
  marketing_mode: text({ required: true }),
  currency: text(),
  active: boolean({ required: true }),
  department_id: ref('department'),
  office_ids: refs('office', { facet: 'office' }),
  member_ids: refs('member', { facet: 'member' }),
  solicitor_id: ref('company'),
  source_id: ref('source'),
  source_office_id: ref('office'),
  status_code: option('applicantStatuses'),
  types: texts({ facet: 'type' }),
  styles: texts({ facet: 'style' }),
  situations: texts({ facet: 'situation' }),
  parking: texts({ facet: 'parking' }),
  ages: texts({ facet: 'age' }),
  localities: texts({ facet: 'locality' }),
  markets: texts({ facet: 'market' }),
  special_features: texts(),
  furnishing: texts({ facet: 'furnishing' }),
  bedrooms_min: integer(),
  bedrooms_max: integer(),
  price_from: number(),
  price_to: number(),
  rent_from: number(),
  rent_to: number(),
  rent_frequency: text(),
  rent_from_monthly: number({ readOnly: true }),
  rent_to_monthly: number({ readOnly: true }),
  location_type: text(),
  location_options: texts(),
  criteria: json<Criteria>(),
  last_call: date(),
  next_call: date(),
  archived_at: instant(),
};

const areas = statement<{ code: string }>(
  'applicant.areas',
  'select code from area where org_id = $1 and code = any ($2::text[]) and deleted_at is null',
);
const base = statement<{ currency: string }>(
  'applicant.base_currency',
  'select base_currency as currency from organisation where id = $1',
);
const upper = (codes: readonly string[]) => codes.map((code) => code.toUpperCase());

const range = (min: number | null, max: number | null): Range | undefined =>
  min === null && max === null ? undefined : { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };

/** In a month, as listings to let are compared (domain-property §8.2). */
function monthly(rent: number | null, per: string | null): number | null {
  if (rent === null) return null;
  const times = { weekly: 52 / 12, fourWeekly: 13 / 12, annually: 1 / 12 }[per ?? ''] ?? 1;
  return Math.round(rent * times * 100) / 100;
}

/** Somebody who wants to buy or to rent, and what. Neither sends mails nor is deleted by a consumer: no saved search (domain-property §7.1). */
export const applicantNoun = noun({
  name: 'applicant',
  columns,
  kept: [{ name: 'applicant', keys: TIMES }],
  code: { width: 9, office: ['office_ids', 'member_ids'] },
  label: ({ code }) => code,
  offices: 'office_ids',
  metadataType: 'applicant',
  takes: ['parties'],
  ...partiesOf('applicant_id'),
  fields: {
    marketing_mode: { sql: 't.marketing_mode', type: 'text', required: true },
    location_text: { sql: 't.location_text', type: 'text', caseless: 't.location_text', required: true },
  },
  derive(row) {
    const renting = row.marketing_mode === 'renting';
    const price = renting
      ? range(monthly(row.rent_from, row.rent_frequency), monthly(row.rent_to, row.rent_frequency))
      : range(row.price_from, row.price_to);
    const bedrooms = range(row.bedrooms_min, row.bedrooms_max);
    return {
      criteria: { side: renting ? 'rentals' : 'sales', ...(price ? { price } : {}), ...(bedrooms ? { bedrooms } : {}) },
      // New ones are looking; nothing is said of others.
      ...(row.active === null ? { active: true } : {}),
    };
  },
  async check({ tx, what, after }) {
    if (after.location_type !== 'areas' || after.location_options.length === 0) return [];
    const known = new Set((await tx.rows(areas, [what.actor.orgId, upper(after.location_options)])).map(({ code }) => code));
    return upper(after.location_options).flatMap((code, i): Breach[] =>
      known.has(code) ? [] : [{ in: 'body', at: `location_options/${i}`, reason: 'value', message: NO_SUCH_REFERENCE }],
    );
  },
  async settle({ tx, what, after }): Promise<Record<string, unknown>> {
    return after.currency === null ? { currency: (await tx.rows(base, [what.actor.orgId]))[0]?.currency ?? null } : {};
  },
  async after(context) {
    const { before, after } = context;
    if (!before) await writeOwnEntry(context, { kind: 'applicant', id: after.id, description: NEW_APPLICANT });
    if (context.taken.parties) await makeParties(context, 'applicant_id', context.taken.parties as readonly NewParty[]);
  },
});
