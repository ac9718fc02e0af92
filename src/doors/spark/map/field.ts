import { LISTING_FIELDS, type ListingValue, type ListName, type Option } from '../../../domain/index.ts';
import type { Role } from '../access.ts';
import { CUSTOM_FIELDS, type CustomField } from '../custom-fields.ts';
import { isSearchable, STANDARD_FIELDS, type StandardField, type StandardFieldName } from '../standard-fields.ts';

export type FieldValue = { readonly Name: string; readonly Value: string; readonly 'Applies To': readonly string[] };

/** `List Agent First Name` of `ListAgentFirstName`; runs of capitals stay together. */
const labelOf = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');

/** Listings hold the code of these and the name of all others. */
const HELD_BY_CODE: ReadonlySet<ListName> = new Set(['property_type', 'standard_status']);

/** The values of a list that the brokerage keeps; `types` are the codes of all property types. */
export const toFieldValues = (list: ListName, options: readonly Option[], types: readonly string[]): FieldValue[] =>
  options.map(({ code, name, applies_to }) => ({
    Name: name,
    Value: HELD_BY_CODE.has(list) ? code : name,
    'Applies To': list === 'property_type' ? [code] : applies_to.length > 0 ? applies_to : types,
  }));

/** The values that stand in listings. */
export const toSeenValues = (values: readonly ListingValue[]): FieldValue[] =>
  values.map(({ value, types }) => ({ Name: value, Value: value, 'Applies To': types }));

/** Land is not built. */
const visibleIn = (field: { readonly built?: true }, types: readonly string[]) =>
  field.built ? types.filter((code) => code !== 'C') : types;

export const toField = (
  name: StandardFieldName,
  role: Role,
  {
    base = '/v1/standardfields',
    types,
    list,
  }: { base?: string; types: readonly string[]; list: readonly FieldValue[] | undefined },
) => {
  const field: StandardField = STANDARD_FIELDS[name];
  return {
    ResourceUri: `${base}/${name}`,
    Label: labelOf(name),
    Type: field.type,
    Searchable: isSearchable(field, role),
    HasList: list !== undefined,
    MaxListSize: list?.length ?? 0,
    MlsVisible: visibleIn(field, types),
  };
};

export const toCustomField = (label: string, field: CustomField, types: readonly string[]) => ({
  ResourceUri: `/v1/customfields/${encodeURIComponent(label)}`,
  Label: label,
  Type: field.type,
  Searchable: field.field !== undefined && Object.hasOwn(LISTING_FIELDS, field.field),
  HasList: false,
  MaxListSize: 0,
  MlsVisible: visibleIn(field, types),
});

/** Each group under its label, all in one record (contracts/spark.md §10.2: E30). */
export const toGroups = (types: readonly string[]) =>
  Object.fromEntries(
    Object.entries(CUSTOM_FIELDS).map(([group, fields]) => [
      group,
      {
        Label: group,
        Fields: Object.fromEntries(Object.entries(fields).map(([label, field]) => [label, toCustomField(label, field, types)])),
      },
    ]),
  );
