import type { IncomingMessage } from 'node:http';

/** The path of a door, where it has one of its own host name or a root on the main host (design §1). */
export type Mounts = {
  /** host name → door name */
  readonly hosts: ReadonlyMap<string, string>;
  /** doors that are built: only these have a root */
  readonly doors: ReadonlySet<string>;
};

/** dotloop's redirects carry no prefix, so its paths are at the root of the main host as well (contracts/dotloop.md §1.1). */
const ROOT_PATHS = /^\/(public\/v2|oauth)(?=[/?]|$)/;

/** Connect's paths are matched without regard to case, and clients put a slash too many before them (contracts/reapit.md §1.1, §2.1). */
function readConnect(url: string): string {
  const [path = '', query] = url.split(/\?(.*)/s);
  return path.toLowerCase().replace(/\/{2,}/g, '/') + (query === undefined ? '' : `?${query}`);
}
/** A site's own host has the API at its root; the host then says whose it is, as the door is told by this path (contracts/propertybase.md §1.1). */
const SITE = /^\/api\/v2(?=[/?.]|$)/i;
const CONNECT = /^\/+connect(?=[/?]|$)/i;

/** Finds a request's place in the house before routing: at the root of a door's host the root is the door's. */
export function makeRewrite({ hosts, doors }: Mounts) {
  return (request: Pick<IncomingMessage, 'url' | 'headers'>): string => {
    const url = request.url ?? '/';
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const door = hosts.get(host);
    const own = url.startsWith('/') ? url : '/';
    if (door === 'connect') return readConnect(`/connect${own}`);
    if (door !== undefined && doors.has(door)) return `/${door}${own}`;
    if (CONNECT.test(url)) return readConnect(url);
    if (SITE.test(url) && doors.has('propertybase')) return `/propertybase/@site${url}`;
    return ROOT_PATHS.test(url) ? `/dotloop${url}` : url;
  };
}
