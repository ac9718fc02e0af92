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

/** The addresses of one door: under its path, at the root where it has one, and on its own host. */
export function addressesOf(door: { name: string; prefix: string }, { publicUrl, hosts }: FrontPageOptions['config']) {
  const root = door.name === 'dotloop' ? [`${publicUrl}/public/v2`] : [];
  const host = [...hosts].find(([, name]) => name === door.name)?.[0];
  const address = new URL(publicUrl);
  if (host) address.hostname = host;
  const version = door.name === 'spark' ? '/v1' : '';
  return {
    addresses: [publicUrl + door.prefix + version, ...root],
    hostAddress: host ? address.origin + door.prefix.slice(`/${door.name}`.length) + version : null,
  };
}

/** The request that works by copy and paste in the sandbox. */
export const firstRequest = (publicUrl: string) =>
  `curl -H 'Authorization: Bearer ${SANDBOX.dotloop.accessToken}' ${publicUrl}/dotloop/public/v2/account`;

/** What the front page says, asked anew each time; no secret but the sandbox's published ones. */
export const frontPage = (options: FrontPageOptions) => async (): Promise<FrontPageFacts> => {
  const { config, version, doors, ready, startedAt } = options;
  const state = await ready();
  const health = (said: string) => ({ ok: said === 'ok', detail: said === 'ok' ? 'Working' : 'Not available' });
  return {
    version,
    startedAt: startedAt.toISOString(),
    health: { database: health(state.database), files: health(state.files) },
    doors: doors.map((door) => ({
      name: door.title,
      summary: ABOUT[door.name] ?? '',
      ...addressesOf(door, config),
      explorer: `/explore/${door.name}`,
      openapi: `/openapi/${door.name}.json`,
    })),
    sandbox: config.sandbox
      ? {
          credentials: CREDENTIALS.map((group) => ({ ...group, values: [...group.values] })),
          firstRequest: firstRequest(config.publicUrl),
          pages: [{ title: 'The loop of the documentation', href: '/m/loop?viewId=34308' }],
        }
      : null,
  };
};
