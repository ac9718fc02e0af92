import { invalidMember } from '../../kernel/fault.ts';

/** @throws Fault invalid at `redirectUris`, naming the address and what is wrong with it */
export function checkRedirectUri(text: string): void {
  const wrong = (message: string) => invalidMember('redirectUris', 'form', `${text}: ${message}`);
  const uri = URL.parse(text);
  if (!uri || /[\s\p{Cc}]/u.test(text)) throw wrong('is not an absolute address');
  if (uri.protocol !== 'https:' && uri.protocol !== 'http:') throw wrong('must start with https:// or http://');
  // A fragment would swallow the code; credentials in an address are shown to everyone who reads it (RFC 6749 §3.1.2).
  if (uri.hash || text.includes('#')) throw wrong('must have no fragment');
  if (uri.username || uri.password) throw wrong('must have no user name or password');
}
