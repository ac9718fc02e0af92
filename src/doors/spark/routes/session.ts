import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { wholeSeconds } from '../../../kernel/dates.ts';
import { notFound } from '../../../kernel/fault.ts';
import { sendAnswer } from '../../../wire/answer.ts';
import { checkKey } from '../admit.ts';
import { read, succeeded } from '../answers.ts';
import { endSession } from '../contract/session.ts';
import { type Desk, type SparkRoute, sparkRoute } from '../desk.ts';
import { methodNotAllowed } from '../dispatch.ts';
import { SparkFault } from '../faults.ts';
import { parameterOf, sentOf } from '../request.ts';
import { matchesOne, sessionSignature } from '../signature.ts';

export const sessionRoutes = ({ domain }: Desk): SparkRoute[] => [
  sparkRoute(endSession, {
    handle: async ({ caller, params }) => {
      const ended = caller.keyId !== null && (await domain.identity.endSparkSession(caller.keyId, params.token));
      if (!ended) throw notFound('session');
      return succeeded();
    },
  }),
];

/** POST /session: the method is judged first, then transport and key (contracts/spark.md §1: H14; §4.1). */
export function mountSession(room: FastifyInstance, { domain }: Desk, secure: (request: FastifyRequest) => boolean): void {
  const { identity } = domain;
  const open = async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.method !== 'POST') throw methodNotAllowed(['POST']);
    if (!secure(request)) throw new SparkFault(1030, 'Sessions are opened over https');
    const sent = sentOf(request);
    const [name, signature] = [parameterOf(sent, 'ApiKey'), parameterOf(sent, 'ApiSig')];
    const key = name === undefined ? undefined : await identity.findSparkKey(name);
    if (!key || signature === undefined || !matchesOne(signature, [sessionSignature(key)]))
      throw new SparkFault(1000, 'Invalid API key and/or request signed improperly');
    const { role, flags } = checkKey(key, 'session', request);
    const { token, expiresAt } = await identity.openSparkSession(key);
    return sendAnswer(reply, read([{ AuthToken: token, Expires: wholeSeconds(expiresAt), Roles: [role, ...flags] }]));
  };
  room.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/session',
    handler: open,
    exposeHeadRoute: false,
    config: { operationId: 'openSession' },
  });
}
