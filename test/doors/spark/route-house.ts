import { contracts } from '../../../src/doors/spark/contract/index.ts';
import type { SparkContract } from '../../../src/doors/spark/contract/operation.ts';
import type { Lab } from '../../../src/testing/lab.ts';
import { type Ids, namesOf, pathOf } from '../../../src/testing/routes.ts';

/** Of the form of an id, and nobody's. */
export const NOBODY = '29990101000000000000000000';
/** Not of the form of an id. */
export const MALFORMED = [
  'abc',
  '1',
  NOBODY.slice(1),
  `${NOBODY}0`,
  `${NOBODY.slice(0, 25)}x`,
  `${NOBODY}%27`,
  `%20${NOBODY.slice(1)}`,
];

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const ORDER = ['GET', 'POST', 'PUT', 'DELETE'];

/** The paths of the door with the methods that each has. Opening a session is asked about where sessions are. */
export const paths: readonly { readonly url: string; readonly methods: readonly string[]; readonly contract: SparkContract }[] = [
  ...Map.groupBy(
    contracts.filter(({ url }) => url !== '/session'),
    ({ url }) => url,
  ),
].map(([url, group]) => ({
  url,
  methods: ORDER.filter((method) => group.some((contract) => contract.method === method)),
  contract: group[0] as SparkContract,
}));

/** Routes that are admitted like any other. */
export const routes = contracts.filter(({ url }) => url !== '/session');

/** What must be in the query of a GET. */
const NEEDED: Readonly<Record<string, string>> = { '/listings/nearby': '?_lat=37.75&_lon=-122.45' };
export const addressOf = (contract: SparkContract, ids: Ids) => pathOf(contract, ids) + (NEEDED[contract.url] ?? '');

const LISTING = '20100815153524571646000000';
const JOHN_SMITH = '20100912536192756362000000';
const SHARED: Ids = {
  listingId: LISTING,
  listingIds: LISTING,
  contactId: JOHN_SMITH,
  accountId: '20080602130000000000000000',
  officeId: '20050103090000000000000000',
  mlsId: '20050101000000000000000000',
  roleId: '3',
  tag: 'Current%20Buyers',
  name: 'City',
  token: 'no-session',
};
export const NOBODYS: Ids = Object.fromEntries(
  [...new Set(routes.flatMap(namesOf))].map((name) => [name, name === 'sharedId' ? 'nobodys' : NOBODY]),
);

type Found = { Id?: string; Tags?: string[] } & Record<string, unknown>;

/** Ids of the story behind every parameter of every path; some are of a kind that only the path tells. */
export async function findIds(lab: Lab): Promise<(contract: SparkContract) => Ids> {
  const resultsOf = async (path: string, as: 'agent' | 'portal' = 'agent') => {
    const { status, text } = await lab.spark(path, { as });
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    return (JSON.parse(text) as { D: { Results: Found[] } }).D.Results;
  };
  const first = async (path: string): Promise<string> => {
    const id = (await resultsOf(path))[0]?.Id;
    if (id === undefined) throw new Error(`The story has nothing under ${path}`);
    return id;
  };
  const commented = await lab.rows<{ reso_key: string }>(
    `select c.reso_key from note n join contact c on c.org_id = n.org_id and c.id = n.contact_id
     where n.org_id = 1 and n.kind = 'comment' and 1 = any (c.member_ids) and n.closed_at is null order by n.id limit 1`,
  );
  const contactId = commented[0]?.reso_key ?? '';
  const shared = await lab.spark('/sharedlistings', { method: 'POST', json: { D: { ListingIds: [LISTING] } } });
  const [group] = await resultsOf('/customfields');
  const [customGroup] = Object.values(group ?? {}) as { Fields?: Record<string, unknown> }[];
  const listings = [LISTING, ...(await resultsOf('/company/listings?_limit=25&_select=Id')).map(({ Id = '' }) => Id)];
  const parts = new Map<string, Ids>();
  for (const { url } of contracts.filter((one) => one.url.endsWith('/:partId')))
    for (const listingId of listings) {
      const [part] = await resultsOf(url.replace('/:partId', '').replace(':listingId', listingId));
      if (part?.Id === undefined) continue;
      parts.set(url, { listingId, partId: part.Id });
      break;
    }
  const known = {
    ...SHARED,
    portalId: await first('/portal'),
    cartId: await first('/listingcarts'),
    searchId: await first('/savedsearches'),
    sharedId: (JSON.parse(shared.text) as { D: { Results: [{ Id: string }] } }).D.Results[0].Id,
  };
  const ofContact = { cartId: await first(`/contacts/${JOHN_SMITH}/listingcarts`) };
  const provided = { searchId: await first('/provided/savedsearches') };
  const comment = { contactId, commentId: await first(`/contacts/${contactId}/comments`) };
  const tag = encodeURIComponent((await resultsOf('/savedsearches')).flatMap(({ Tags }) => Tags ?? [])[0] ?? 'none');
  return ({ url }) => ({
    ...known,
    ...parts.get(url),
    ...(url.includes(':contactId/listingcarts') ? ofContact : {}),
    ...(url.startsWith('/provided') ? provided : {}),
    ...(url.includes(':commentId') ? comment : {}),
    ...(url.startsWith('/savedsearches/tags') ? { tag } : {}),
    ...(url.startsWith('/customfields') ? { name: encodeURIComponent(Object.keys(customGroup?.Fields ?? {})[0] ?? 'none') } : {}),
  });
}
