import type { Condition, ListPage } from '../../kernel/condition.ts';
import type { Listing, ListingQuery, Listings } from '../property/index.ts';
import { conditionOf } from './criteria.ts';
import type { SavedSearches } from './saved-search.service.ts';
import type { SavedSearch } from './types.ts';
import type { Seeker } from './whose.ts';

/** Reads the text of a search into a question: the language is the door's that it was written for. */
export type FilterReader = (text: string) => Promise<Condition | undefined> | Condition | undefined;

/** What a search asks of the listings now: its text is the authority, its criteria where it has none (domain-property §7.1). */
export async function questionOf({ filter_text, criteria }: SavedSearch, read: FilterReader): Promise<Condition | undefined> {
  return filter_text === null ? conditionOf(criteria) : read(filter_text);
}

/** The listings of a search, whichever door it was made through. */
export function runService(listings: Listings, searches: SavedSearches) {
  return {
    questionOf,

    /** A page of the listings that the search finds and the seeker sees. @throws Fault not_found for the search */
    async run(seeker: Seeker, key: string, query: ListingQuery, read: FilterReader): Promise<ListPage<Listing>> {
      const asked = await questionOf(await searches.search(seeker, key), read);
      const of = [asked ?? [], query.where ?? []].flat();
      return listings.list(seeker.actor, seeker.seen, { ...query, where: { kind: 'and', of } });
    },
  };
}
