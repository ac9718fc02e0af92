import { isIP } from 'node:net';
import { invalidMember } from '../../kernel/fault.ts';
import { isPublicAddress } from './public-address.ts';

const MAX_LENGTH = 2_000;

/** The host of a URL as a name or an address: brackets of IPv6 and the dot of a full name are not part of it. */
export const hostOf = (url: URL) => url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

/**
 * Checks an address that we shall post to, as far as it can be judged without asking anybody: names are resolved, and judged again,
 * with every delivery (contracts/dotloop.md §5.14: private addresses only if the operator allows them).
 * @throws Fault invalid at `url`
 */
export function checkTargetUrl(text: string, allowPrivate: boolean): void {
  if (text.length > MAX_LENGTH) throw invalidMember('url', 'length', `url has more than ${MAX_LENGTH} characters`);
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || /[\s\p{Cc}]/u.test(text))
    throw invalidMember('url', 'value', 'url must be an absolute http or https address');
  if (allowPrivate) return;
  const host = hostOf(url);
  // `URL` has already turned the other spellings of IPv4 (0x7f.1, 2130706433) into four numbers.
  if (isIP(host) ? !isPublicAddress(host) : host === 'localhost' || host.endsWith('.localhost'))
    throw invalidMember('url', 'value', 'url must not name a private address');
}
