import type { FastifyReply } from 'fastify';

/**
 * Sends a page that nobody may frame, cache or learn of by a referrer. `formTargets` are the places beyond this host to which a form of
 * the page may lead by redirects: Chromium holds `form-action` against the whole chain. `script` is the hash of the one script allowed.
 */
export function sendPage(
  reply: FastifyReply,
  page: string,
  { formTargets = [], script }: { readonly formTargets?: readonly string[]; readonly script?: string } = {},
): FastifyReply {
  const policy = [
    "default-src 'self'",
    `script-src ${script ? `'${script}'` : "'none'"}`,
    ["form-action 'self'", ...formTargets].join(' '),
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('x-frame-options', 'DENY')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page);
}
