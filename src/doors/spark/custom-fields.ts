import type { Listing } from '../../domain/index.ts';
import type { StandardField } from './standard-fields.ts';

/** A field of the MLS's own: shown under its label, filtered as `"Group"."Field"` where the domain's catalogue has it. */
export type CustomField = Pick<StandardField, 'type' | 'field' | 'built'> & {
  readonly valueOf: (listing: Listing) => string | number | readonly string[] | null;
};

const joined = (words: readonly string[] | null) => (words && words.length > 0 ? words : null);

/** What listings say beyond StandardFields, by group and label (contracts/spark.md §10.1: E30, §10.2: CustomFields). */
export const CUSTOM_FIELDS: Readonly<Record<string, Readonly<Record<string, CustomField>>>> = {
  'General Property Description': {
    Headline: { type: 'Character', valueOf: ({ headline }) => headline },
    'School District': { type: 'Character', field: 'school_district', valueOf: ({ school_district }) => school_district },
    'Lot Acres': { type: 'Decimal', field: 'lot_acres', valueOf: ({ lot_acres }) => lot_acres },
    'Association Dues': { type: 'Decimal', field: 'hoa_fee', valueOf: ({ hoa_fee }) => hoa_fee },
    Basement: { type: 'Character', field: 'basement', built: true, valueOf: ({ basement }) => basement },
    'Contingent Date': { type: 'Date', field: 'contingent_date', valueOf: ({ contingent_date }) => contingent_date },
    'Parking Spaces': { type: 'Integer', field: 'parking_spaces', built: true, valueOf: ({ parking_spaces }) => parking_spaces },
  },
  Features: {
    Style: { type: 'Character', built: true, valueOf: ({ styles }) => joined(styles) },
    Parking: { type: 'Character', built: true, valueOf: ({ parking }) => joined(parking) },
    'Special Features': { type: 'Character', valueOf: ({ special_features }) => joined(special_features) },
  },
};

/** The field of that label, whatever its group; labels are unique. */
export function findCustomField(label: string): CustomField | undefined {
  for (const fields of Object.values(CUSTOM_FIELDS)) if (Object.hasOwn(fields, label)) return fields[label];
  return undefined;
}

/** The field that a filter names with group and label. */
export const findCustomFieldOf = (group: string, label: string): CustomField | undefined => {
  const fields = Object.hasOwn(CUSTOM_FIELDS, group) ? CUSTOM_FIELDS[group] : undefined;
  return fields && Object.hasOwn(fields, label) ? fields[label] : undefined;
};
