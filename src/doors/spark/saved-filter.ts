import { isDeepStrictEqual } from 'node:util';
import { systemActor } from '../../access/actor.ts';
import { criteriaOf, type Domain, type SearchFilter, type SearchReader } from '../../domain/index.ts';
import type { Desk, SparkCaller } from './desk.ts';
import { listingFilterFields } from './listing-fields.ts';
import { listingLookups } from './listing-lookups.ts';
import { readFilter } from './sparkql/index.ts';

const readAt = (desk: Desk, caller: SparkCaller, text: string, now: Date) => {
  const zone = async () => (await desk.domain.orgs.organisation(caller.actor)).time_zone;
  const lookups = listingLookups(desk, caller, { saved: true });
  return readFilter(text, { fields: listingFilterFields(caller.role), now, zone, lookups });
};

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
  const fittingAt = async (at: Date) => criteriaOf((await readAt(desk, caller, text, at))?.where);
  const today = await fittingAt(now);
  const then = await fittingAt(new Date(now.getTime() + LATER));
  const lasting = Object.entries(today.criteria).filter(([key, value]) =>
    isDeepStrictEqual(value, (then.criteria as Record<string, unknown>)[key]),
  );
  const all = isDeepStrictEqual(today.criteria, then.criteria);
  return { text, criteria: Object.fromEntries(lasting), fits: today.fits && all };
}

/** Reads the text of a search as its owner wrote it, for whoever runs it elsewhere than at this door. */
export function makeTextReader(domain: Domain): SearchReader {
  const desk: Desk = { domain, publicUrl: '', base: '' };
  return async ({ orgId }, { filter_text, owner_member_id, owner_contact_id }) => {
    const nobody = systemActor(orgId, 'spark');
    const isContacts = owner_contact_id !== null;
    const caller: SparkCaller = {
      actor: isContacts ? { ...nobody, kind: 'contact', id: owner_contact_id } : { ...nobody, memberId: owner_member_id },
      role: isContacts ? 'vow' : 'private',
      userKey: '',
      account: { memberId: owner_member_id ?? 0, resoKey: '' },
      flags: new Set(),
      keyId: null,
    };
    // A search that asks for nothing finds every listing.
    return (await readAt(desk, caller, filter_text ?? '', domain.now())) ?? { where: { kind: 'and', of: [] } };
  };
}
