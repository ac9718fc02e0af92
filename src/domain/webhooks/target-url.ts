import { isIP } from 'node:net';
import { type Breach, invalid } from '../../kernel/fault.ts';
import { isPublicAddress } from './public-address.ts';

const MAX_LENGTH = 2_000;

/** The host of a URL as a name or an address: brackets of IPv6 and the dot of a full name are not part of it. */
export const hostOf = (url: URL) => url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');

const isLoopback = (host: string) =>
  host === 'localhost' || host.endsWith('.localhost') || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

export type UrlRules = {
  /** whether the operator lets webhooks reach private addresses */
  readonly allowPrivate: boolean;
  /** plain http is for receivers on this machine only, where those may be reached at all */
  readonly httpsOnly?: boolean;
};

/**
 * What is wrong with an address that we shall post to, as far as it can be judged without asking anybody: names are resolved, and judged
 * again, with every delivery (contracts/dotloop.md §5.14: private addresses only if the operator allows them).
 */
export function targetUrlBreach(text: string, { allowPrivate, httpsOnly = false }: UrlRules): Breach | undefined {
  const wrong = (reason: Breach['reason'], message: string): Breach => ({ in: 'body', at: 'url', reason, message });
  if (text.length > MAX_LENGTH) return wrong('length', `url has more than ${MAX_LENGTH} characters`);
  const url = URL.parse(text);
  const schemes = httpsOnly ? 'https' : 'http or https';
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || /[\s\p{Cc}]/u.test(text))
    return wrong('value', `url must be an absolute ${schemes} address`);
  const host = hostOf(url);
  if (httpsOnly && url.protocol === 'http:' && !(allowPrivate && isLoopback(host)))
    return wrong('value', `url must be an absolute ${schemes} address`);
  // `URL` has already turned the other spellings of IPv4 (0x7f.1, 2130706433) into four numbers.
  const isPrivate = isIP(host) ? !isPublicAddress(host) : host === 'localhost' || host.endsWith('.localhost');
  return isPrivate && !allowPrivate ? wrong('value', 'url must not name a private address') : undefined;
}

/** @throws Fault invalid at `url` */
export function checkTargetUrl(text: string, rules: UrlRules): void {
  const breach = targetUrlBreach(text, rules);
  if (breach) throw invalid(breach);
}
