import type { Actor } from '../../../access/actor.ts';
import { CODE_OF_CLASS, type Question, type SearchReader, type StandingSearch } from '../../../domain/index.ts';
import { Fault } from '../../../kernel/fault.ts';
import type { Row } from '../../../kernel/record.ts';
import type { Desk, Model } from '../desk.ts';
import { type PropertyTypes, propertyTypes } from '../lists.ts';
import { conditionOfSearch } from './search-object.ts';
import { shownPlace } from './search-place.ts';

type Reading = Pick<Desk, 'domain' | 'readText'>;
type Type = { readonly code: string; readonly name: string };

const ends = (name: string, range: { min?: number; max?: number } | undefined): Model => ({
  ...(range?.min === undefined ? {} : { [`min_${name}`]: range.min }),
  ...(range?.max === undefined ? {} : { [`max_${name}`]: range.max }),
});

/** Criteria that another door wrote, as a SearchObject: what of them it has a place for. */
function asSearchObject({ side, criteria }: StandingSearch, types: readonly Type[]): Model {
  const names = (criteria.classes ?? []).flatMap((one) => types.find(({ code }) => code === CODE_OF_CLASS[one])?.name ?? []);
  const { shape } = criteria;
  return {
    search_type: side ?? 'sales',
    property_types: names,
    property_sub_types: criteria.sub_types ?? [],
    statuses: criteria.statuses ?? criteria.standard_statuses ?? [],
    town_names: criteria.cities ?? [],
    area_names: criteria.mls_areas ?? [],
    county_names: criteria.counties ?? [],
    states: criteria.states ?? [],
    zip_codes: criteria.postal_codes ?? [],
    neighborhoods: criteria.subdivisions ?? [],
    mls_ids: criteria.listing_numbers ?? [],
    ...(criteria.keywords?.[0] ? { keywords: criteria.keywords[0] } : {}),
    ...ends('price', criteria.price),
    ...ends('bedrooms', criteria.bedrooms),
    ...ends('bathrooms', criteria.bathrooms),
    ...ends('square_feet', criteria.living_area),
    ...ends('year_built', criteria.year_built),
    ...(shape ? shownPlace(shape) : {}),
  };
}

export const standingOf = (row: Row): StandingSearch => row.search as StandingSearch;

/** What a site sent; of another door's search what fits. */
export function attributesOf(search: StandingSearch, types: readonly Type[]): Model {
  const own = search.filter_text === null ? search.kept?.search_attributes : undefined;
  return { ...(own ?? asSearchObject(search, types)), name: search.name };
}

/** What a search asks of the listings, whole: Spark's text where there is one, else what the site sent (domain-property §7.1). */
export async function questionOf(
  { domain, readText }: Reading,
  { actor }: { readonly actor: Actor },
  known: PropertyTypes,
  search: StandingSearch,
): Promise<Question> {
  if (search.filter_text !== null) return readText(actor, search);
  return { where: conditionOfSearch(known, attributesOf(search, known.types), domain.now()) };
}

/** The same; undefined for a text that cannot be read any more, because what it names is gone. */
export const findQuestion: (...asked: Parameters<typeof questionOf>) => Promise<Question | undefined> = (...asked) =>
  questionOf(...asked).catch((error: unknown) => {
    if (error instanceof Fault) return undefined;
    throw error;
  });

/** The same for a job, which has no caller. */
export const makeSearchReader =
  (desk: Reading): SearchReader =>
  async (actor, search) =>
    questionOf(desk, { actor }, await propertyTypes(desk, { actor }), search);
