import type { Property } from './types.ts';

/** What Loop-It copies of a listing, once, as text (domain-property §4.3): section key → field key → text. */
export type ListingFacts = { propertyId: number; details: Record<string, Record<string, string>> };

const number = (value: number | null, digits = 2): string | undefined =>
  value === null ? undefined : value.toLocaleString('en-US', { maximumFractionDigits: digits });

/** `650,000`; decimals only if there are any. */
const money = (value: number | null): string | undefined =>
  value === null
    ? undefined
    : value.toLocaleString('en-US', { minimumFractionDigits: Number.isInteger(value) ? 0 : 2, maximumFractionDigits: 2 });

/** `MM/DD/YYYY` of a `YYYY-MM-DD`. */
const date = (value: string | null): string | undefined => {
  const [year, month, day] = value?.split('-') ?? [];
  return year && month && day ? `${month}/${day}/${year}` : undefined;
};

const area = (value: number | null, unit: string | null, plain: string, suffix: string): string | undefined => {
  const text = number(value);
  return text === undefined ? undefined : unit === plain || unit === null ? text : `${text} ${suffix}`;
};

const joined = (...parts: (string | null)[]) => parts.filter((part) => part).join(' ') || undefined;
const CLASSES: Record<string, string> = {
  residential: 'Residential',
  income: 'Income',
  land: 'Land',
  commercial: 'Commercial',
  farm: 'Farm',
};
const countries = new Intl.DisplayNames('en', { type: 'region' });

const kept = (fields: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => !!field[1]));

/** @param ownOffice whether the listing is the caller's own office's: only then its expiration date is copied */
export function factsOf(listing: Property, ownOffice: boolean): ListingFacts {
  const lease = listing.list_side === 'lease';
  return {
    propertyId: listing.id,
    details: {
      property_address: kept({
        country: listing.country && countries.of(listing.country),
        street_number: listing.street_number,
        street_name: joined(listing.street_dir_prefix, listing.street_name, listing.street_suffix, listing.street_dir_suffix),
        unit_number: listing.unit_number,
        city: listing.city,
        state_prov: listing.state_or_province,
        zip_postal_code: listing.postal_code,
        county: listing.county,
      }),
      property: kept({
        year_built: listing.year_built === null ? undefined : String(listing.year_built),
        bedrooms: number(listing.bedrooms),
        bathrooms: number(listing.bathrooms_total),
        square_footage: area(listing.living_area_min ?? listing.living_area_max, listing.living_area_unit, 'squareFeet', 'sq m'),
        school_district: listing.school_district,
        type: listing.property_sub_type ?? CLASSES[listing.property_class],
        lot_size: area(listing.lot_min ?? listing.lot_max, listing.lot_unit, 'acres', 'ha'),
      }),
      geographic_description: kept({ mls_area: listing.mls_area_minor, subdivision: listing.subdivision }),
      listing_information: kept({
        listing_date: date(lease ? listing.let_list_date : listing.sale_list_date),
        expiration_date: ownOffice ? date(listing.expiration_date) : undefined,
        original_price: money(listing.original_list_price),
        current_price: money(lease ? listing.rent : listing.sale_price),
        homeowners_association_dues: money(listing.hoa_fee),
        remarks: listing.public_remarks,
      }),
    },
  };
}
