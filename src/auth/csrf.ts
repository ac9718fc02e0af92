import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, setCookie } from './cookies.ts';

const FORM_COOKIE = 'portico_form';

/** Compares what a form sent with what it should have sent, in constant time. */
export function sameToken(sent: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(sent ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Tokens for forms of people who are not signed in yet: a random cookie, and its HMAC in the form, so that a cookie planted by another
 * host of the same site is of no use.
 */
export function makeFormTokens(cookieSecret: string, secure: boolean) {
  const tokenOf = (seed: string) => createHmac('sha256', cookieSecret).update(`form:${seed}`).digest('base64url');
  return {
    /** The token for a form of this browser; sets the cookie where there is none. */
    issue(request: FastifyRequest, reply: FastifyReply): string {
      const known = readCookie(request, FORM_COOKIE, secure);
      const seed = known ?? randomBytes(24).toString('base64url');
      if (!known) setCookie(reply, FORM_COOKIE, seed, secure);
      return tokenOf(seed);
    },
    fits(request: FastifyRequest, sent: string | undefined): boolean {
      const seed = readCookie(request, FORM_COOKIE, secure);
      return seed !== undefined && sameToken(sent, tokenOf(seed));
    },
  };
}
