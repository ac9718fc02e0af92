import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Location, ETag, x-amzn-RequestId, Retry-After',
};
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS',
  'access-control-allow-headers': 'Authorization, Content-Type, Accept, If-Match, api-version, reapit-customer',
  'access-control-max-age': '600',
};

/** What every answer of the vendor's services carries (contracts/reapit.md §1.1). */
const withHeaders = (request: FastifyRequest, reply: FastifyReply) => reply.headers({ ...CORS, 'x-amzn-RequestId': request.id });

/** Unknown paths, and verbs that a path does not have. */
export const answerUnknown = (request: FastifyRequest, reply: FastifyReply) =>
  withHeaders(request, reply).code(403).send({ message: 'Missing Authentication Token' });

/** Browsers of any origin may call; each answer has an id that the log has too. */
export function speakAsVendor(room: FastifyInstance): void {
  room.addHook('onRequest', async (request, reply) => {
    withHeaders(request, reply);
  });
  room.options('/*', (_request, reply) => reply.headers(PREFLIGHT).code(204).send());
  room.setNotFoundHandler(answerUnknown);
}
