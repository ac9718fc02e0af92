import { invalidMember } from '../../kernel/fault.ts';
import { beginningOf } from '../../kernel/storable.ts';
import type { Details, DetailsChange } from './types.ts';

export type DetailKind = 'text' | 'money' | 'percent' | 'date';
/** `sort` names the column of profile_deal that the field feeds. */
export type DetailField = {
  readonly key: string;
  readonly kind: DetailKind;
  readonly sort?: 'purchase_price' | 'listing_date' | 'expiration_date' | 'closing_date';
};
export type DetailSection = { readonly key: string; readonly fields: readonly DetailField[] };

const text = (...keys: string[]): DetailField[] => keys.map((key) => ({ key, kind: 'text' }));
const money = (...keys: string[]): DetailField[] => keys.map((key) => ({ key, kind: 'money' }));
const date = (...keys: string[]): DetailField[] => keys.map((key) => ({ key, kind: 'date' }));

/** The catalogue of what a loop's details hold: 9 sections, 61 fields, and the lease fields after them (contracts/dotloop.md §5.6). */
export const DETAIL_SECTIONS: readonly DetailSection[] = [
  {
    key: 'property_address',
    fields: text(
      'country',
      'street_number',
      'street_name',
      'unit_number',
      'city',
      'state_prov',
      'zip_postal_code',
      'county',
      'mls_number',
      'parcel_tax_id',
    ),
  },
  {
    key: 'financials',
    fields: [
      { key: 'purchase_sale_price', kind: 'money', sort: 'purchase_price' },
      { key: 'sale_commission_rate', kind: 'percent' },
      { key: 'sale_commission_split_percent_buy_side', kind: 'percent' },
      { key: 'sale_commission_split_percent_sell_side', kind: 'percent' },
      ...money('sale_commission_total', 'earnest_money_amount'),
      ...text('earnest_money_held_by'),
      ...money(
        'sale_commission_split_amount_buy_side',
        'sale_commission_split_amount_sell_side',
        'rent',
        'rent_commission_amount',
      ),
    ],
  },
  {
    key: 'contract_dates',
    fields: [...date('contract_agreement_date'), { key: 'closing_date', kind: 'date', sort: 'closing_date' }],
  },
  { key: 'offer_dates', fields: date('inspection_date', 'offer_date', 'offer_expiration_date', 'occupancy_date') },
  { key: 'contract_info', fields: [...text('transaction_number', 'class', 'type'), ...date('start_date', 'end_date')] },
  { key: 'referral', fields: [{ key: 'referral_percent', kind: 'percent' }, ...text('referral_source')] },
  {
    key: 'listing_information',
    fields: [
      { key: 'expiration_date', kind: 'date', sort: 'expiration_date' },
      { key: 'listing_date', kind: 'date', sort: 'listing_date' },
      ...money('original_price', 'current_price', 'first_mortgage_balance', 'second_mortgage_balance', 'other_liens'),
      ...text('description_of_other_liens', 'homeowners_association'),
      ...money('homeowners_association_dues', 'total_encumbrances'),
      ...text('property_includes', 'property_excludes', 'remarks'),
    ],
  },
  {
    key: 'geographic_description',
    fields: text(
      'mls_area',
      'legal_description',
      'map_grid',
      'subdivision',
      'lot',
      'deed_page',
      'deed_book',
      'section',
      'addition',
      'block',
    ),
  },
  {
    key: 'property',
    fields: text('year_built', 'bedrooms', 'square_footage', 'school_district', 'type', 'bathrooms', 'lot_size'),
  },
];

const SECTIONS = new Map(DETAIL_SECTIONS.map((section) => [section.key, new Set(section.fields.map((field) => field.key))]));

/** The only section that has a field of that name; undefined when none or several have it. */
function ownSection(field: string): string | undefined {
  const having = [...SECTIONS].filter(([, fields]) => fields.has(field));
  return having.length === 1 ? having[0]?.[0] : undefined;
}

/** `ownFields`: `section/field` of what the brokerage defined itself. @throws Fault invalid for a section or field nobody defined */
function placeOf(section: string, field: string, ownFields: ReadonlySet<string>): string {
  const fields = SECTIONS.get(section);
  if (fields?.has(field) || ownFields.has(`${section}/${field}`)) return section;
  if (!fields && ![...ownFields].some((own) => own.startsWith(`${section}/`)))
    throw invalidMember(section, 'value', `There is no detail section '${section}'`);
  const place = ownSection(field);
  if (!place) throw invalidMember(`${section}/${field}`, 'value', `There is no detail field '${field}' in section '${section}'`);
  return place;
}

/**
 * Applies a change: text is kept as typed, null and '' clear, a known field under a wrong section goes to its own, an unknown one
 * refuses the whole change (domain-property §4.1).
 */
export function changeDetails(details: Details, change: DetailsChange, ownFields: ReadonlySet<string>): Details {
  const next: Details = structuredClone(details);
  for (const [section, fields] of Object.entries(change)) {
    if (fields === null) continue;
    for (const [field, value] of Object.entries(fields)) {
      const place = placeOf(section, field, ownFields);
      if (value === null || value === '') {
        delete next[place]?.[field];
        if (next[place] && Object.keys(next[place]).length === 0) delete next[place];
      } else {
        next[place] ??= {};
        next[place][field] = value;
      }
    }
    if (Object.keys(fields).length === 0) placeOfSection(section, ownFields);
  }
  return next;
}

/** An empty section still has to be one that exists. */
function placeOfSection(section: string, ownFields: ReadonlySet<string>): void {
  if (!SECTIONS.has(section) && ![...ownFields].some((own) => own.startsWith(`${section}/`)))
    throw invalidMember(section, 'value', `There is no detail section '${section}'`);
}

/** What lists sort by, read from the text; null where it cannot be read. */
export type SortValues = {
  address_sort: string | null;
  purchase_price: number | null;
  listing_date: string | null;
  expiration_date: string | null;
  closing_date: string | null;
};

export function sortValues(details: Details): SortValues {
  const address = details.property_address ?? {};
  const parts = ['street_number', 'street_name', 'unit_number', 'city', 'state_prov', 'zip_postal_code'].map(
    (key) => address[key],
  );
  const joined = beginningOf(
    parts
      .filter((part) => part)
      .join(' ')
      .toLowerCase(),
    500,
  );
  const values: SortValues = {
    address_sort: joined || null,
    purchase_price: null,
    listing_date: null,
    expiration_date: null,
    closing_date: null,
  };
  for (const section of DETAIL_SECTIONS)
    for (const field of section.fields) {
      const typed = details[section.key]?.[field.key];
      if (!field.sort || typed === undefined) continue;
      if (field.sort === 'purchase_price') values.purchase_price = readMoney(typed);
      else values[field.sort] = readDate(typed);
    }
  return values;
}

/** A number after removing all but digits, `.` and `-` (contracts/dotloop.md §1.6). */
export function readMoney(typed: string): number | null {
  const cleaned = typed.replace(/[^\d.-]/g, '');
  if (!/^-?\d+(\.\d*)?$|^-?\.\d+$/.test(cleaned)) return null;
  const value = Number(cleaned);
  return Math.abs(value) < 1e15 ? value : null;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const day = (year: number, month: number, date: number): string | null => {
  const at = new Date(Date.UTC(year, month - 1, date));
  if (year < 1 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
};

/** MM/DD/YYYY, M/D/YY, YYYY-MM-DD, Month DD, YYYY, Mon DD, YYYY, in this order; anything else is null (domain-property §8.2). */
export function readDate(typed: string): string | null {
  const value = typed.trim();
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(value);
  if (american) {
    const [, month = '', date = '', year = ''] = american;
    return day(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month), Number(date));
  }
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const words = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/.exec(value);
  if (words) {
    const name = (words[1] ?? '').toLowerCase();
    const month = MONTHS.findIndex((full) => full === name || (name.length === 3 && full.startsWith(name)));
    return month < 0 ? null : day(Number(words[3]), month + 1, Number(words[2]));
  }
  return null;
}
