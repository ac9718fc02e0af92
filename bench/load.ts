/** One round of load, in a process of its own; the plan comes in the environment, the figures go out as JSON. */
import autocannon from 'autocannon';
import { tagOf } from '../src/wire/resource/etag.ts';
import type { Requests, Tagged } from './cases.ts';

export type LoadPlan = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  readonly asked: Requests;
  /** whether the server compares tags, and answers a GET of the same path with the one that is */
  readonly tags: boolean;
};
export type Load = { readonly perSecond: number; readonly p99: number; readonly failed: number };

const { url, headers, connections, seconds, asked, tags } = JSON.parse(process.env.LOAD_PLAN ?? '') as LoadPlan;
const { method, paths, body, tagged = [] } = asked;

/** Versions that a row may have come to since the bench began. */
const MOST_WRITES = 1_000_000;
const tag = ({ id, code }: Tagged, version: number) =>
  tagOf('contact', { id, code, version } as unknown as Parameters<typeof tagOf>[1]);

async function versionOf(row: Tagged, path: string): Promise<number> {
  const known = (await fetch(url + path, { headers })).headers.get('etag');
  for (let version = 1; version < MOST_WRITES; version++) if (tag(row, version) === known) return version;
  throw new Error(`No version of ${path} has the tag ${known}`);
}
const versions = tags ? await Promise.all(tagged.map((row, i) => versionOf(row, paths[i] ?? ''))) : tagged.map(() => 1);

let connected = 0;
/** One connection writes one row, so it knows the tag of its own last write. */
function ownRow(client: autocannon.Client): void {
  const mine = connected++ % tagged.length;
  const row = tagged[mine] as Tagged;
  let sent = 0;
  client.setRequests([
    {
      method,
      path: paths[mine] ?? '',
      setupRequest: (request) => ({
        ...request,
        headers: { ...request.headers, 'if-match': tag(row, versions[mine] ?? 1) },
        body: body?.replaceAll('[<id>]', `${mine} ${++sent}`) ?? '',
      }),
      onResponse: (status) => {
        if (status === 204 && versions[mine] !== undefined) versions[mine]++;
      },
    },
  ]);
}

const result = await autocannon({
  url,
  connections,
  duration: seconds,
  headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
  idReplacement: body?.includes('[<id>]') === true && tagged.length === 0,
  requests: paths.map((path) => ({ method, path, ...(body ? { body } : {}) })),
  ...(tagged.length > 0 ? { setupClient: ownRow } : {}),
});
const load: Load = {
  perSecond: result['2xx'] / result.duration,
  p99: result.latency.p99,
  failed: result.non2xx + result.errors,
};
console.log(JSON.stringify(load));
