import type { FastifyRequest } from 'fastify';

/** Names the door's own host in a path that goes on at the main host, so that the issuer stays what it was. */
export const DOOR_HOST = 'door_host';

export type DoorAddress = {
  /** what stands before `/.well-known`, without a slash at its end: the issuer */
  readonly base: string;
  /** the door's own host, if that is how it was reached */
  readonly host?: string;
};

/** Under which of its addresses a door is asked: below its path (`/spark`), or at the root of a host of its own. */
export function makeAddressReader(publicUrl: string, path: string, doorHosts: ReadonlySet<string>) {
  const house = new URL(publicUrl);
  return (request: FastifyRequest, asked?: string): DoorAddress => {
    const reached = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const host = asked ?? (request.originalUrl.startsWith(`${path}/`) ? '' : reached);
    if (!doorHosts.has(host)) return { base: house.origin + path };
    return { base: `${house.protocol}//${host}${house.port && `:${house.port}`}`, host };
  };
}
export type ReadAddress = ReturnType<typeof makeAddressReader>;
