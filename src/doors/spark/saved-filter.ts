import { isDeepStrictEqual } from 'node:util';
import { criteriaOf, type SearchFilter } from '../../domain/index.ts';
import type { Desk, SparkCaller } from './desk.ts';
import { listingFilterFields } from './listing-fields.ts';
import { listingLookups } from './listing-lookups.ts';
import { readFilter } from './sparkql/index.ts';

/** So far ahead that whatever counts from now comes to something else. */
const LATER = ((400 * 24 + 5) * 3600 + 431) * 1000;

/**
 * A filter as it is kept: the text byte for byte, and what of it fits the form that every door shows (domain-property §7.1). What counts
 * from today has no place in that form, so the text is read as of two moments and what differs is left out.
 * @throws SparkFault 1040, 1041, 2000 to 2003
 */
export async function readSavedFilter(desk: Desk, caller: SparkCaller, text: string | null): Promise<SearchFilter> {
  if (text === null) return { text, criteria: {}, fits: true };
  const now = desk.domain.now();
  const zone = async () => (await desk.domain.orgs.organisation(caller.actor)).time_zone;
  const readAt = async (at: Date) => {
    const lookups = listingLookups(desk, caller, { saved: true });
    return criteriaOf((await readFilter(text, { fields: listingFilterFields(caller.role), now: at, zone, lookups }))?.where);
  };
  const today = await readAt(now);
  const then = await readAt(new Date(now.getTime() + LATER));
  const lasting = Object.entries(today.criteria).filter(([key, value]) =>
    isDeepStrictEqual(value, (then.criteria as Record<string, unknown>)[key]),
  );
  const all = isDeepStrictEqual(today.criteria, then.criteria);
  return { text, criteria: Object.fromEntries(lasting), fits: today.fits && all };
}
