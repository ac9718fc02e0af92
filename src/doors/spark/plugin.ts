import compress from '@fastify/compress';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendAnswer } from '../../wire/answer.ts';
import { collectBodies } from '../../wire/collect-body.ts';
import { openapi } from '../../wire/openapi.ts';
import type { Door, House } from '../door.ts';
import { makeAdmit, writeFreshLimit } from './admit.ts';
import { contracts } from './contract/index.ts';
import type { Desk } from './desk.ts';
import { dispatch, makeUnknown } from './dispatch.ts';
import { faultAnswer, handleError, SparkFault } from './faults.ts';
import { description } from './openapi.ts';
import { sparkRoutes } from './routes/index.ts';
import { mountSession } from './routes/session.ts';

const BODY_LIMIT = 1024 * 1024;
/** Answers shorter than this are sent as they are: what is saved would be less than a packet. */
const COMPRESSED_FROM = 1024;

async function open(room: FastifyInstance, house: House): Promise<void> {
  const { domain, publicUrl, limiter, settings } = house;
  const { sparkCalls: callsPerWindow, plainHttp = 'none' } = settings;
  const desk: Desk = { domain, publicUrl, base: `${publicUrl}/spark` };
  const admit = makeAdmit({ identity: domain.identity, limiter, callsPerWindow, plainHttp });
  const secure = (request: FastifyRequest) => request.protocol === 'https' || plainHttp === 'all';

  room.setErrorHandler(handleError);
  room.addHook('onRequest', async (request, reply) => {
    writeFreshLimit(reply, callsPerWindow);
    reply.header('x-request-id', request.id);
  });
  collectBodies(room, BODY_LIMIT);
  await room.register(compress, { encodings: ['gzip', 'deflate'], threshold: COMPRESSED_FROM, globalDecompression: false });
  room.setNotFoundHandler(makeUnknown(admit));
  await room.register(
    async (v1) => {
      mountSession(v1, desk, secure);
      dispatch(v1, sparkRoutes(desk), admit);
    },
    { prefix: '/v1' },
  );
}

/** The Spark API v1 (contracts/spark.md). */
export const spark: Door = {
  name: 'spark',
  title: 'Spark API v1',
  contracts,
  mount: open,
  // Without a readable path there is nothing that a signature could be over.
  unreadablePath: (_request, reply) =>
    sendAnswer(reply, faultAnswer(new SparkFault(1000, 'Invalid API key and/or request signed improperly'))),
  openapi: (publicUrl) => openapi(contracts, description(publicUrl)),
};
