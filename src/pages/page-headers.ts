import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * A hook (onRequest) that gives every answer of a room the headers of a page: own scripts and styles only, framed by nobody, no sniffing,
 * and no address leaked to another site. `formAction` names more places a form may lead to: browsers hold a form's redirects against it,
 * so a consent page must allow its client's redirect URI. A route may still set its own values.
 */
export function makePageHeaders({ formAction = '' } = {}) {
  const policy = [
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self'${formAction && ` ${formAction}`}`,
    "frame-ancestors 'none'",
  ].join('; ');
  return async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      // What a page shows belongs to whoever is signed in now.
      'cache-control': 'private, no-store',
    });
  };
}
