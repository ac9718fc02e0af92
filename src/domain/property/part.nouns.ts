import { date, noun, option, ref, text } from '../records/index.ts';

/** What parts of a property have in common: one table, told apart by `kind`, and one series of codes. */
const part = (kind: string) =>
  ({
    table: 'property_part',
    code: { width: 11, office: ['property_id'], series: 'property_part' },
    parent: 'property_id',
    offices: 'property_id',
    shown: `t.kind = '${kind}'`,
    derive: () => ({ kind }),
  }) as const;
const own = { property_id: ref('property', { required: true }), kind: text({ required: true }) };

/** Something to see to before the property goes on the market. */
export const propertyCheckNoun = noun({
  ...part('check'),
  name: 'property_check',
  columns: { ...own, type_code: text(), status: text() },
  label: ({ code }) => code,
});

/** What somebody says the property is worth. */
export const appraisalNoun = noun({
  ...part('appraisal'),
  name: 'appraisal',
  columns: { ...own, starts_on: date() },
  label: ({ code }) => code,
});

export const alarmNoun = noun({
  ...part('alarm'),
  name: 'alarm',
  columns: { ...own, type_code: option('alarmTypes') },
  label: ({ code }) => code,
});

export const developmentPhaseNoun = noun({
  ...part('developmentPhase'),
  name: 'development_phase',
  columns: { ...own },
  label: ({ code }) => code,
});

/** Who of the staff does what for a property, beside its agents. */
export const staffRoleNoun = noun({
  ...part('staffRole'),
  name: 'staff_role',
  columns: { ...own, member_id: ref('member'), status: text() },
  label: ({ member_id }) => member_id ?? '',
  reads: {
    member_name: `(select coalesce(m.display_name, concat_ws(' ', nullif(m.first_name, ''), nullif(m.last_name, ''))) from member m
      where m.org_id = t.org_id and m.id = t.member_id and m.deleted_at is null)`,
  },
});

/** The texts of a property in another language, whose code is in `type_code`: one row a language. */
export const translationNoun = noun({
  ...part('translation'),
  name: 'translation',
  columns: { ...own, type_code: option('activeLanguages') },
  label: ({ type_code }) => type_code ?? '',
});

export const auctionLotNoun = noun({
  name: 'auction_lot',
  columns: { property_id: ref('property'), member_id: ref('member'), lot_number: text(), status: text() },
  code: { width: 11, office: ['property_id', 'member_id'] },
  label: ({ lot_number, code }) => lot_number ?? code,
  offices: 'property_id',
});
