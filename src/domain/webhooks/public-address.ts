import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

// The only block of IPv6 that IANA has given out for the public; everything else is local, mapped, or reserved (RFC 4291, RFC 3513).
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address belongs to the public internet. Not: loopback, private and shared nets, link-local (where clouds answer with
 * credentials: 169.254.169.254), multicast, documentation, and every form of IPv6 that carries an IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  // The library reads shorthands too (`1.2.3`); what resolvers give is written out.
  if (!isIP(text)) return false;
  const address = ipaddr.parse(text);
  // ipaddr.js names each special range of the IANA registries; `unicast` is what is left.
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST);
}
