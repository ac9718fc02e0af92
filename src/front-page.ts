import type { Config } from './config.ts';
import type { Door } from './doors/door.ts';
import type { FrontPageFacts } from './pages/contract.ts';
import { SANDBOX } from './sandbox/credentials.ts';

export type FrontPageOptions = {
  readonly config: Config & { readonly publicUrl: string };
  readonly version: string;
  readonly doors: readonly (Door & { readonly prefix: string })[];
  readonly ready: () => Promise<{ ok: boolean; database: string; files: string }>;
  readonly startedAt: Date;
};

const ABOUT: Record<string, string> = {
  dotloop: 'Loops with their details, people, folders, documents, tasks and activity; contacts; Loop-It; webhooks.',
  reapit: 'People, properties, sales and lettings of a customer; files, metadata, webhooks.',
  propertybase: 'Leads and their journey on a site: searches, views, inquiries, messages, tasks; people; developments.',
  spark: 'Listings and their notes, contacts, accounts, portals, searches and carts; signed sessions or tokens.',
};

/** What opens the doors in the sandbox: the front page and the table of the start show the same. */
export const CREDENTIALS = [
  {
    name: 'People',
    note: 'Sign in with either address; both have the same password.',
    values: [
      { label: 'Agent', value: SANDBOX.people.agent },
      { label: 'Administrator', value: SANDBOX.people.administrator },
      { label: 'Password', value: SANDBOX.people.password },
    ],
  },
  {
    name: 'dotloop',
    note: 'The access token does not run out by time; a refresh or a revocation ends it until the sandbox is reset.',
    values: [
      { label: 'Client id', value: SANDBOX.dotloop.clientId },
      { label: 'Client secret', value: SANDBOX.dotloop.clientSecret },
      { label: 'Access token', value: SANDBOX.dotloop.accessToken },
      { label: 'Refresh token', value: SANDBOX.dotloop.refreshToken },
    ],
  },
  {
    name: 'Reapit',
    note: 'A token for the application by client credentials, with the customer in a header of each call.',
    values: [
      { label: 'Client id', value: SANDBOX.reapit.clientId },
      { label: 'Client secret', value: SANDBOX.reapit.clientSecret },
      { label: 'Customer', value: SANDBOX.reapit.customer },
    ],
  },
  {
    name: 'Propertybase',
    note: 'A key in the header X-BL-API-Key; at the root of the site the host counts too.',
    values: [
      { label: 'Key', value: SANDBOX.propertybase.key },
      { label: 'Read only', value: SANDBOX.propertybase.readOnlyKey },
      { label: 'Site', value: SANDBOX.propertybase.domain },
    ],
  },
  {
    name: 'Spark',
    note: 'A key and its secret; the portal key acts for a consumer of the agent.',
    values: [
      { label: 'Agent', value: `${SANDBOX.spark.agent.key} / ${SANDBOX.spark.agent.secret}` },
      { label: 'Portal', value: `${SANDBOX.spark.portal.key} / ${SANDBOX.spark.portal.secret}` },
      { label: 'IDX', value: `${SANDBOX.spark.idx.key} / ${SANDBOX.spark.idx.secret}` },
      { label: 'Token', value: SANDBOX.spark.accessToken },
    ],
  },
] as const;

/** What stands between the prefix of a door and its paths; dotloop's prefix has it already. */
const VERSIONS: Record<string, string> = { spark: '/v1', propertybase: '/api/v2' };

/** The addresses of one door: under its path, at the root where it has one, and on its own host. */
export function addressesOf(door: { name: string; prefix: string }, { publicUrl, hosts }: FrontPageOptions['config']) {
  const root = door.name === 'dotloop' ? [`${publicUrl}/public/v2`] : [];
  const host = [...hosts].find(([, name]) => name === door.name)?.[0];
  const address = new URL(publicUrl);
  if (host) address.hostname = host;
  const version = VERSIONS[door.name] ?? '';
  return {
    addresses: [publicUrl + door.prefix + version, ...root],
    hostAddress: host ? address.origin + door.prefix.slice(`/${door.name}`.length) + version : null,
  };
}

/** Where people and applications of the Reapit door get their tokens: a service of its own, and no door (contracts/reapit.md §1.1). */
export const CONNECT = { name: 'connect', title: 'Reapit Connect', prefix: '/connect' } as const;

/** The request that works by copy and paste in the sandbox. */
export const firstRequest = (publicUrl: string) =>
  `curl -H 'Authorization: Bearer ${SANDBOX.dotloop.accessToken}' ${publicUrl}/dotloop/public/v2/account`;

const connectRow = (config: FrontPageOptions['config']) => ({
  name: CONNECT.title,
  summary: 'Sign-in and tokens for the Reapit door: OpenID Connect, client credentials.',
  ...addressesOf(CONNECT, config),
  links: [{ title: 'Discovery', href: `${CONNECT.prefix}/.well-known/openid-configuration` }],
});

/** What the front page says, asked anew each time; no secret but the sandbox's published ones. */
export const frontPage = (options: FrontPageOptions) => async (): Promise<FrontPageFacts> => {
  const { config, version, doors, ready, startedAt } = options;
  const state = await ready();
  const health = (said: string) => ({ ok: said === 'ok', detail: said === 'ok' ? 'Working' : 'Not available' });
  return {
    version,
    startedAt: startedAt.toISOString(),
    health: { database: health(state.database), files: health(state.files) },
    doors: doors.flatMap((door) => {
      const row = {
        name: door.title,
        summary: ABOUT[door.name] ?? '',
        ...addressesOf(door, config),
        links: [
          { title: 'Explorer', href: `/explore/${door.name}` },
          { title: 'OpenAPI', href: `/openapi/${door.name}.json` },
        ],
      };
      return door.name === 'reapit' ? [row, connectRow(config)] : [row];
    }),
    sandbox: config.sandbox
      ? {
          credentials: CREDENTIALS.map((group) => ({ ...group, values: [...group.values] })),
          firstRequest: firstRequest(config.publicUrl),
          pages: [
            { title: 'The loop of the documentation', href: '/m/loop?viewId=34308' },
            { title: 'Applications for the Reapit door', href: '/developer' },
          ],
        }
      : null,
  };
};
