import { equal } from 'node:assert/strict';
import type { Ids } from '../../src/testing/routes.ts';
import type { Cast, Speak } from './strangers.ts';

/** The start of a path's pattern, ids for it, and the names of those that the second brokerage has too. */
type Fixed = readonly [start: string, ids: Ids, common?: readonly string[]];

const TENANCY = 'OXF190060';
const PARTS: Readonly<Record<string, string>> = {
  breakClauses: 'clauseId',
  allowances: 'allowanceId',
  responsibilities: 'responsibilityId',
};
const NOTED = '20100815153524571646000000';

/** Makes a row and answers its id, from Location or the body. */
async function make(owner: Speak, path: string, json: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<string> {
  const { status, text, location } = await owner(method, path, json);
  equal(Math.floor(status / 100), 2, `${method} ${path}: ${status} ${text}`);
  if (location) return location.split('/').at(-1) ?? '';
  const body = JSON.parse(text || '{}') as { data?: { id: string }; D?: { Results?: { ResourceUri?: string; Id?: string }[] } };
  const [row] = body.D?.Results ?? [];
  return body.data?.id ?? row?.Id ?? row?.ResourceUri?.replace(/\/$/, '').split('/').at(-1) ?? '';
}

const idsAt = async (owner: Speak, path: string) => {
  const { D } = JSON.parse((await owner('GET', path)).text) as { D: { Results: { Id: string }[] } };
  return D.Results.map(({ Id }) => Id);
};

const MISSING: Readonly<Record<Cast['door'], (owner: Speak, second: Speak) => Promise<Fixed[]>>> = {
  async dotloop(owner) {
    const target = { targetType: 'PROFILE', targetId: 42, url: 'https://example.com/hook', eventTypes: ['LOOP_UPDATED'] };
    const subscriptionId = await make(owner, '/subscription', { ...target, enabled: true });
    return [['/subscription/:subscriptionId', { subscriptionId, eventId: '11111111-0000-4000-8000-000000000000' }]];
  },
  async reapit(owner) {
    const hook = await make(owner, '/resthooks', { url: 'https://example.com/hook', topicIds: ['contacts.modified'] });
    const filterId = await make(owner, `/resthooks/${hook}/filters`, { topicId: 'contacts.modified', schema: '{}' });
    const metadata = await make(owner, '/metadata', { entityType: 'proof', entityId: '1', metadata: { n: 1 } });
    await make(owner, '/metadata/metadataSchema', { entityType: 'proof', schema: '{}' });
    const attendee = { interestLevel: 'mightBeInterested', attendee: { id: 'OXF18000007', type: 'contact' } };
    const openHouseAttendeeId = await make(owner, '/appointments/OXF180002/openHouseAttendees', attendee);
    const part = async (name: string, json: unknown) =>
      [
        `/tenancies/:id/${name}/:`,
        { id: TENANCY, [PARTS[name] ?? '']: await make(owner, `/tenancies/${TENANCY}/${name}`, json) },
        ['id'],
      ] as const;
    const renewal = await make(owner, `/tenancies/${TENANCY}/renewalNegotiations`, {
      startDate: '2024-01-15',
      endDate: '2025-01-14',
    });
    const review = await make(owner, `/tenancies/${TENANCY}/rentReviews`, {
      agreement: { negotiatorId: 'JAS', status: 'started' },
    });
    const check = { status: 'needed', checkTypeId: 'TRM' };
    const renewalCheck = await make(owner, `/tenancies/${TENANCY}/renewalNegotiations/${renewal}/checks`, check);
    const reviewCheck = await make(owner, `/tenancies/${TENANCY}/rentReviews/${review}/checks`, { ...check, checkTypeId: 'DOC' });
    const clause = { typeId: 'TEN', breakFrom: { minTermMonths: 6 }, noticeRequired: { beforeBreakMonths: 2 } };
    return [
      await part('breakClauses', clause),
      await part('allowances', { typeId: 'UTL' }),
      await part('responsibilities', { typeId: 'CT' }),
      ['/tenancies/:id/renewalNegotiations/:', { id: TENANCY, renewalId: renewal, checkId: renewalCheck }, ['id']],
      ['/tenancies/:id/rentReviews/:', { id: TENANCY, rentReviewId: review, checkId: reviewCheck }, ['id']],
      ['/appointments/:id/openHouseAttendees/:', { id: 'OXF180002', openHouseAttendeeId }, ['id']],
      ['/resthooks/:id', { id: hook, filterId }],
      ['/metadata/metadataSchema/:id', { id: 'proof' }],
      ['/metadata/:id', { id: metadata }],
    ];
  },
  async propertybase(owner) {
    const id = await make(owner, '/leads/3603863/market_reports', { name: 'Proof', location: 'Oxford' });
    return [['/leads/:lead_id/market_reports/:id', { lead_id: '3603863', id }, ['lead_id']]];
  },
  async spark(owner, second) {
    const ownAt = async (path: string) => {
      const theirs = await idsAt(second, path);
      return (await idsAt(owner, path)).find((id) => !theirs.includes(id)) ?? '';
    };
    const [listingId, contactId] = [await ownAt('/company/listings?_limit=25'), await ownAt('/contacts?_limit=25')];
    await make(owner, `/listings/${listingId}/shared/notes/contacts/${contactId}`, { D: { Note: 'Between us' } }, 'PUT');
    const cartId = await make(owner, '/listingcarts', { D: { ListingCarts: [{ Name: 'Proof', ListingIds: [listingId] }] } });
    const searchId = await make(owner, '/savedsearches', {
      D: { SavedSearches: [{ Name: 'Proof', Filter: "City Eq 'Fargo'" }] },
    });
    const parts: Fixed[] = [];
    for (const part of ['openhouses', 'rentalcalendar'])
      for (const id of [NOTED, ...(await idsAt(owner, '/company/listings?_limit=25'))]) {
        const [partId] = await idsAt(owner, `/listings/${id}/${part}`);
        if (partId === undefined) continue;
        parts.push([`/listings/:listingId/${part}/:`, { listingId: id, partId }, ['listingId']]);
        break;
      }
    const sharedId = await make(owner, '/sharedlistings', { D: { ListingIds: [listingId] } });
    return [
      ...parts,
      ['/listingcarts/for/:listingIds', { listingIds: listingId }],
      ['/listings/:listingId/shared/notes/contacts/:contactId', { listingId, contactId }],
      ['/flexmls/listings/:listingId', { listingId }],
      ['/listingcarts/:cartId', { cartId, listingIds: listingId }],
      ['/savedsearches/:searchId/contacts/:contactId', { searchId, contactId }],
      ['/savedsearches/:searchId', { searchId }],
      ['/sharedlistings/:sharedId', { sharedId }],
    ];
  },
};

/** Makes what the sandbox's story has none of, as the first brokerage. */
export const addMissing = ({ door, owner, second }: Cast): Promise<Fixed[]> => MISSING[door](owner, second);
