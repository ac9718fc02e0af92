import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OAuthError } from '../core/oauth-error.ts';
import { messagePage } from '../message-page.ts';
import { sendPage } from '../send-page.ts';

export type IsSecure = (request: FastifyRequest) => boolean;

const TEXT = 'This request must be made over https';

/** Pages of sign-in and applications' calls need https, but on loopback (contracts/spark.md §1: H13). */
export function pagesNeedHttps(room: FastifyInstance, isSecure: IsSecure): void {
  room.addHook('onRequest', async (request, reply) => {
    if (isSecure(request)) return undefined;
    return sendPage(reply.code(403), messagePage('https is needed', `${TEXT}.`));
  });
}

/** @throws OAuthError with the status that 1030 has elsewhere in this door */
export function checkHttps(request: FastifyRequest, isSecure: IsSecure): void {
  if (!isSecure(request)) throw new OAuthError('invalid_request', TEXT, 403);
}
