import { lookup as resolve } from 'node:dns/promises';
import type { RequestOptions } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import { hostOf, isPublicAddress } from '../domain/webhooks/index.ts';

export type Address = { readonly address: string; readonly family: number };
export type Reach = {
  /** whether the operator lets calls go to loopback and private addresses */
  readonly allowPrivate: boolean;
  /** every address of a name; tests bring their own */
  readonly lookup?: (host: string) => Promise<readonly Address[]>;
};

const systemLookup = (host: string) => resolve(host, { all: true });

/** Nothing may be sent there. */
export class Refused extends Error {}

/** @throws Refused when the host has no address that may be called */
export async function chooseAddress(host: string, { allowPrivate, lookup = systemLookup }: Reach): Promise<Address> {
  const family = isIP(host);
  const found = family ? [{ address: host, family }] : await lookup(host);
  const allowed = allowPrivate ? found[0] : found.find(({ address }) => isPublicAddress(address));
  if (!allowed) throw new Refused(found.length === 0 ? 'host has no address' : 'address not allowed');
  return allowed;
}

/** The connection goes to the address that was judged: asking the name once more could give another one (DNS rebinding). */
const pinned =
  ({ address, family }: Address): LookupFunction =>
  (_host, options, done) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family);

/** A call of this URL over a connection of its own: one kept open would belong to an address judged for an earlier call. */
export function optionsTo(url: URL, address: Address, signal: AbortSignal): RequestOptions {
  return {
    protocol: url.protocol,
    hostname: hostOf(url),
    path: `${url.pathname}${url.search}`,
    ...(url.port ? { port: url.port } : {}),
    ...(url.username ? { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` } : {}),
    lookup: pinned(address),
    agent: false,
    signal,
  };
}

/**
 * Node's client for the address. Asked for by name: an import of `node:http` reads all it has to offer, and with that Node loads its own
 * fetch, 2 MB of objects in a process that never fetches.
 */
export const clientFor = ({ protocol }: URL) => process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http');

/** Rejects when the time is over, for what cannot be cancelled: asking for a name can only be left alone. */
export function lateAt(signal: AbortSignal): Promise<never> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  late.catch(() => {});
  return late;
}
