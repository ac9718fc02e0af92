import { deepEqual } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Case, DoorName, Requests } from './cases.ts';
import type { Servers } from './measure.ts';
import type { Counterpart } from './peer.ts';
import type { Program } from './programs.ts';

/** What each door's cases send to say who calls. */
export type Credentials = Readonly<Record<DoorName, Headers>>;
export type Headers = Readonly<Record<string, string>>;

export const doorOf = ({ door = 'dotloop' }: Case): DoorName => door;

/** What the first of the requests is answered; throws unless it is a success. */
export async function askFirst(url: string, { method, paths, body }: Requests, headers: Headers): Promise<string> {
  const answer = await fetch(url + paths[0], {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body ? { body: body.replaceAll('[<id>]', randomUUID()) } : {}),
  }).catch((error: unknown) => {
    throw new Error(`${method} ${url}${paths[0]} was not answered`, { cause: error });
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}${paths[0]}: ${answer.status} ${text}`);
  return text;
}

/** A body without what is made anew each time: ids, times and what the request itself made new. */
const lasting = (text: string) =>
  text
    .replace(/"(id|[a-z]+_id)":\d+/g, '"$1":0')
    .replace(/"(created|updated|[a-z]+_at|last_active)":"[^"]+"/g, '"$1":""')
    .replace(/lead-[\w-]+@/g, 'lead@');

/** The comparison means something only while all answer the same bytes. What asks for a tag answers none. */
export async function compareBodies(servers: Servers, asked: Case, credentials: Credentials): Promise<void> {
  if (asked.tagged) return;
  const bodyOf = async ({ url }: Program) => {
    const text = await askFirst(url, asked, credentials[doorOf(asked)]);
    return asked.method === 'GET' ? text : lasting(text);
  };
  const mine = await bodyOf(servers.portico);
  for (const name of ['bare', 'statement'] as const)
    deepEqual(await bodyOf(servers[name]), mine, `${asked.title}: ${name} answers other bytes`);
}

/** Which records an answer holds, in order, and how many there are in all where it says so. */
export type Seen = { readonly ids: readonly string[]; readonly total: number | undefined };
type Rows<Row> = Row | readonly Row[];
const seen = (rows: readonly (string | number)[], total?: number): Seen => ({ ids: rows.map(String), total });

/** The same of each door's answers. */
export const SEEN = {
  dotloop: ({ data, meta }: { data: Rows<{ id: number }>; meta?: { total: number } }) =>
    seen(
      [data].flat().map(({ id }) => id),
      meta?.total,
    ),
  spark: ({ D }: { D: { Results: { Id: string }[]; Pagination?: { TotalRows: number } } }) =>
    seen(
      D.Results.map(({ Id }) => Id),
      D.Pagination?.TotalRows,
    ),
  reapit: ({ id, _embedded, totalCount }: { id: string; _embedded: { id: string }[] | null; totalCount?: number }) =>
    seen(_embedded?.map((row) => row.id) ?? [id], totalCount),
} as const;

/** A peer answers in words of its own; it is compared where it finds the same records, and counts as many. */
export async function compareRecords(portico: string, asked: Case, credentials: Credentials, peer: Counterpart): Promise<void> {
  const theirs = await askFirst(peer.url, peer.asked, peer.headers);
  if (asked.method !== 'GET') return;
  const door = doorOf(asked) as keyof typeof SEEN;
  const mine = JSON.parse(await askFirst(portico, asked, credentials[door])) as never;
  deepEqual(peer.seen(JSON.parse(theirs)), SEEN[door](mine), `${asked.title}: other records`);
}
