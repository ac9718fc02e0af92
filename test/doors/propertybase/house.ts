import { everyResource } from '../../../src/domain/index.ts';
import { propertybase } from '../../../src/doors/propertybase/plugin.ts';
import { makeFetcher } from '../../../src/outgoing/fetch-file.ts';
import { openDoor } from '../../../src/testing/door.ts';
import { type Answer, type Lab, openLab } from '../../../src/testing/lab.ts';

export type SiteCall = {
  method?: string;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
  /** all (every right, SBOX), none (no right), demo (the second brokerage), any other: no such key; null: no header */
  key?: string | null;
  /** the call comes to the root of this host, and not below the house's path */
  host?: string;
};
export type SiteHouse = {
  readonly lab: Lab;
  call(path: string, call?: SiteCall): Promise<Answer>;
  [Symbol.asyncDispose](): Promise<void>;
};

export const ALL_RIGHTS = everyResource('rwd');

/** The door alone on the sandbox world, with keys that say who calls. */
export async function openSite(): Promise<SiteHouse> {
  const lab = await openLab();
  const { ports, domain } = lab.house.stores;
  const { identity } = domain;
  await identity.createSiteKey({ orgId: 1, name: 'Everything', permissions: ALL_RIGHTS, key: 'all' });
  await identity.createSiteKey({ orgId: 1, name: 'Nothing', permissions: {}, key: 'none' });
  await identity.createSiteKey({ orgId: 2, name: 'Another', permissions: ALL_RIGHTS, key: 'demo' });
  await identity.addSiteDomain(1, 'www.domain.com');
  await identity.addSiteDomain(2, 'www.demo.example');
  const app = await openDoor(propertybase, '/propertybase', {
    domain,
    files: ports.files,
    clock: ports.clock,
    fetchFile: makeFetcher({ allowPrivate: true }),
  });
  return {
    lab,
    async call(path, { method, json, text, headers = {}, key = 'all', host } = {}) {
      const body = json === undefined ? text : JSON.stringify(json);
      const response = await app.inject({
        method: (method ?? (body === undefined ? 'GET' : 'POST')) as 'GET',
        url: `/propertybase${host === undefined ? '' : '/@site'}/api/v2${path}`,
        headers: {
          ...(key === null ? {} : { 'x-bl-api-key': key }),
          ...(host === undefined ? {} : { host }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: body }),
      });
      const parsed =
        response.body && /json/.test(String(response.headers['content-type'])) ? JSON.parse(response.body) : response.body;
      return {
        status: response.statusCode,
        headers: new Headers(response.headers as Record<string, string>),
        text: response.body,
        body: parsed,
      };
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await lab[Symbol.asyncDispose]();
    },
  };
}
