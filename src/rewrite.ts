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

/** Finds a request's place in the house before routing: at the root of a door's host the root is the door's. */
export function makeRewrite({ hosts, doors }: Mounts) {
  return (request: Pick<IncomingMessage, 'url' | 'headers'>): string => {
    const url = request.url ?? '/';
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const door = hosts.get(host);
    if (door !== undefined && doors.has(door)) return `/${door}${url.startsWith('/') ? url : '/'}`;
    return ROOT_PATHS.test(url) ? `/dotloop${url}` : url;
  };
}
