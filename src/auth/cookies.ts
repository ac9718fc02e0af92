import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-` keeps other hosts of the domain from setting it; browsers allow it over https only. */
const named = (name: string, secure: boolean) => (secure ? `__Host-${name}` : name);

// Written here, not taken from @fastify/cookie: its functions work only after it is registered, and other rooms read the session too.
// Our values are base64url, so nothing has to be escaped.
const VALUE = /^[\w-]{1,200}$/;

export function readCookie({ headers }: FastifyRequest, name: string, secure: boolean): string | undefined {
  const start = `${named(name, secure)}=`;
  const found = headers.cookie?.split(';').find((pair) => pair.trimStart().startsWith(start));
  const value = found?.trim().slice(start.length);
  return value && VALUE.test(value) ? value : undefined;
}

/** For the session of the browser; an empty value removes it. */
export function setCookie(reply: FastifyReply, name: string, value: string, secure: boolean): void {
  const parts = [`${named(name, secure)}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
  if (secure) parts.push('Secure');
  if (value === '') parts.push('Max-Age=0');
  reply.header('set-cookie', parts.join('; '));
}
