import type { SavedSearch, SearchChange, SearchFilter } from '../../../domain/index.ts';
import { wholeSeconds } from '../../../kernel/dates.ts';
import type * as wire from '../contract/saved-search.ts';
import { filterOf } from './criteria-filter.ts';

/** The vendor's names of what searches can be sorted by. */
export const SEARCH_FIELDS = {
  Id: 'reso_key',
  OwnerId: 'owner_key',
  Name: 'name',
  Description: 'description',
  Filter: 'filter_text',
  Provided: 'provided',
  ModificationTimestamp: 'updated_at',
} as const;

const searchUri = (key: string) => `/v1/savedsearches/${key}`;

export const toSearch = (search: SavedSearch): wire.SavedSearch => ({
  Id: search.reso_key,
  ResourceUri: searchUri(search.reso_key),
  OwnerId: search.owner_key,
  Name: search.name,
  Description: search.description,
  Filter: search.filter_text ?? filterOf(search.criteria),
  ContactIds: [...search.contact_keys],
  Tags: [...search.tags],
  Provided: search.provided,
  ModificationTimestamp: wholeSeconds(search.updated_at),
});

export const toMade = ({ reso_key, name }: SavedSearch) => ({ ResourceUri: searchUri(reso_key), Id: reso_key, Name: name });

/** Everything but the filter, which has to be read first. */
export const fromSearchChange = (body: wire.SavedSearchChange, filter: SearchFilter | undefined): SearchChange => ({
  ...(body.Name === undefined ? {} : { name: body.Name }),
  ...(body.Description === undefined ? {} : { description: body.Description }),
  ...(filter === undefined ? {} : { filter }),
  ...(body.Tags === undefined ? {} : { tags: [...new Set(body.Tags)] }),
  ...(body.Provided === undefined ? {} : { provided: body.Provided }),
  ...(body.ContactIds === undefined ? {} : { contactKeys: body.ContactIds }),
});

export const searchWords = { contactKeys: 'ContactIds' };
