import { DEFAULT_LISTS } from '../lookup/index.ts';
import { ADDRESS_COLUMNS, addressColumns } from './address.ts';
import { kindAfter, type PropertyClass, typesAfter } from './kinds.ts';
import { DAY_OF_STATUS, type ListSide, namesClass, sideAfter, standardAfter } from './status.ts';
import type { Property } from './types.ts';

export type PropertyValues = Partial<Property>;

/** An option of the list mls_status: what an MLS calls a status, and RESO's word for it. */
export type StatusName = { readonly name: string; readonly standard: string };

/** A property before anything was said of it. */
const BLANK: PropertyValues = {
  property_class: 'residential',
  property_sub_type: null,
  types: [],
  marketing_mode: 'selling',
  sale_status: null,
  let_status: null,
  standard_status: null,
  mls_status: null,
  sale_price: null,
  rent: null,
  rent_frequency: null,
};

const sideOf = ({ marketing_mode }: PropertyValues): ListSide => (marketing_mode === 'letting' ? 'lease' : 'sale');
const columnOf = (side: ListSide) => (side === 'sale' ? 'sale_status' : 'let_status');

function followAddress(row: Property, values: PropertyValues, isNew: boolean): PropertyValues {
  return isNew || ADDRESS_COLUMNS.some((column) => column in values) ? addressColumns(row) : {};
}

function followKind(row: Property, values: PropertyValues): PropertyValues {
  const what = { property_class: row.property_class as PropertyClass, property_sub_type: row.property_sub_type };
  const saysWhat = 'property_class' in values || 'property_sub_type' in values;
  if ('types' in values) return saysWhat ? {} : kindAfter(row.types, what);
  return saysWhat ? { types: [...typesAfter(what, row.types)] } : {};
}

/** What the MLS calls the status now: what stands there, if it still says so, else the list's name for it. */
function nameOf(standard: string | null, standing: string | null, side: ListSide, names: readonly StatusName[]): string | null {
  const meant = names.filter((one) => namesClass(one.standard, standard));
  if (meant.some(({ name }) => name === standing)) return standing;
  const exact = meant.filter((one) => one.standard === (standard ?? 'Incomplete'));
  const said = exact.length > 0 ? exact : meant;
  // Of names for what is over, one is for what was let.
  const leased = said.find(({ name }) => /leas|rent|let\b/i.test(name));
  const sold = said.find((one) => one !== leased);
  return (side === 'lease' ? (leased ?? sold) : (sold ?? leased))?.name ?? standing;
}

/** One status in three vocabularies: the written one stands as written, the others follow where they say something else (§2.3, §8.1). */
function followStatus(
  before: Property | null,
  row: Property,
  values: PropertyValues,
  names: readonly StatusName[],
): PropertyValues {
  const side = sideOf(row);
  const own = columnOf(side);
  const saysStandard = 'standard_status' in values;
  const saysName = 'mls_status' in values;
  const saysOwn = own in values || (before !== null && sideOf(before) !== side);
  const named = saysName ? names.find(({ name }) => name === row.mls_status)?.standard : undefined;
  let standard = row.standard_status;
  if (!saysStandard && saysOwn) standard = standardAfter(side, row[own], row.standard_status);
  else if (!saysStandard && named !== undefined && !namesClass(named, standard)) standard = named;
  const moved = standard !== (before?.standard_status ?? null);
  const follows = !(own in values) && (saysStandard || named !== undefined) && moved;
  return {
    ...(saysStandard || standard !== row.standard_status ? { standard_status: standard } : {}),
    ...(follows ? { [own]: sideAfter(side, standard, row[own]) } : {}),
    ...(!saysName && moved ? { mls_status: nameOf(standard, row.mls_status, side, names) } : {}),
  };
}

/** When the status came to be what it is. */
function followMoments(before: Property | null, row: Property, values: PropertyValues, at: Date): PropertyValues {
  if (before && before.standard_status === row.standard_status)
    return before.mls_status === row.mls_status ? {} : { status_changed_at: at };
  const day = DAY_OF_STATUS[row.standard_status ?? ''];
  return {
    ...(before ? { status_changed_at: at } : {}),
    ...(day && !(day in values) && (row[day] ?? null) === null ? { [day]: at.toISOString().slice(0, 10) } : {}),
  };
}

const askedOf = (row: PropertyValues): readonly [price: number | null, per: string | null] =>
  sideOf(row) === 'lease' ? [row.rent ?? null, row.rent_frequency ?? 'monthly'] : [row.sale_price ?? null, null];

/** What is asked in a month, or at once: the figure that doors of the trade show (domain-property §8.2). */
function priceOf(row: PropertyValues): number | null {
  const [price, per] = askedOf(row);
  if (price === null) return null;
  const monthly = per === 'weekly' ? (price * 52) / 12 : per === 'annually' ? price / 12 : price;
  return per === null ? price : Math.round(monthly * 100) / 100;
}

/** A change of what is asked moves the former price along; the first one is kept (domain-property §8.2). */
function followPrice(before: Property | null, row: Property, values: PropertyValues, at: Date): PropertyValues {
  const now = priceOf(row);
  const original = { original_list_price: row.original_list_price ?? before?.list_price ?? now };
  if (!before) return 'original_list_price' in values ? {} : original;
  // What is now sold was let before: its price has no history on this side.
  if (sideOf(before) !== sideOf(row)) return { previous_list_price: null, original_list_price: now };
  const [old, per] = askedOf(before);
  const [price, nextPer] = askedOf(row);
  if (price === old && (per === nextPer || price === null)) return {};
  return old === null ? original : { ...original, previous_list_price: before.list_price, price_changed_at: at };
}

/** What an MLS calls statuses where a brokerage has no list of its own. */
export const SHIPPED_NAMES: readonly StatusName[] = DEFAULT_LISTS.mls_status.flatMap(({ name, reso_name }) =>
  reso_name === null ? [] : [{ name, standard: reso_name.replaceAll(' ', '') }],
);

/**
 * Columns that follow from what is written to a property, whichever door writes it; `values` come first and stand.
 * @param before null for a new property @param names the brokerage's list mls_status
 */
export function whatFollows(
  before: Property | null,
  values: PropertyValues,
  names: readonly StatusName[],
  at: Date,
): PropertyValues {
  const row = { ...BLANK, ...before, ...values } as Property;
  const known = {
    ...values,
    ...followAddress(row, values, before === null),
    ...followKind(row, values),
    ...('office_ids' in values && !('list_office_id' in values) ? { list_office_id: row.office_ids[0] ?? null } : {}),
    ...followStatus(before, row, values, names),
  };
  const after = { ...row, ...known } as Property;
  return { ...known, ...followMoments(before, after, values, at), ...followPrice(before, after, values, at) };
}

/** All that is known of a new property, for whoever writes many of them table by table. */
export const columnsOfNew = (values: PropertyValues, at: Date): PropertyValues => whatFollows(null, values, SHIPPED_NAMES, at);
