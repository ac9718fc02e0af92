import { invalidMember } from '../../kernel/fault.ts';

/** Hosts that only the developer's own machine has (contracts/reapit.md §2.6). */
const OWN_MACHINE = ['localhost', '127.0.0.1', '[::1]', 'dev.reapit'];

/** @throws Fault invalid at `at`, naming the address and what is wrong with it */
export function checkRedirectUri(text: string, at = 'redirectUris'): URL {
  const wrong = (message: string) => invalidMember(at, 'form', `${text}: ${message}`);
  const uri = URL.parse(text);
  if (!uri || /[\s\p{Cc}]/u.test(text)) throw wrong('is not an absolute address');
  if (uri.protocol !== 'https:' && uri.protocol !== 'http:') throw wrong('must start with https:// or http://');
  // A fragment would swallow the code; credentials in an address are shown to everyone who reads it (RFC 6749 §3.1.2).
  if (uri.hash || text.includes('#')) throw wrong('must have no fragment');
  if (uri.username || uri.password) throw wrong('must have no user name or password');
  return uri;
}

/** The same, and plain http on the developer's own machine only. @throws Fault invalid at `at` */
export function checkSafeUri(text: string, at: string): void {
  const { protocol, hostname } = checkRedirectUri(text, at);
  if (protocol === 'http:' && !OWN_MACHINE.includes(hostname))
    throw invalidMember(at, 'form', `${text}: must start with https://, except on localhost and dev.reapit`);
}
