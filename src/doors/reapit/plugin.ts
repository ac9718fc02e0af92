import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendAnswer } from '../../wire/answer.ts';
import { collectBodies } from '../../wire/collect-body.ts';
import type { Calls } from '../../wire/resource/operation.ts';
import type { Door, House } from '../door.ts';
import { makeAdmit } from './admit.ts';
import type { ReapitCaller } from './desk.ts';
import { openEngine } from './engine.ts';
import { makeErrorHandler, unknownRoute } from './faults.ts';
import { uploadRoom } from './files/upload-room.ts';
import { reapitContracts, reapitOpenapi } from './openapi.ts';
import { REQUEST_LIMIT, serve } from './serve.ts';

const VERBS = 'GET, POST, PATCH, PUT, DELETE, OPTIONS';
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Location, ETag, x-amzn-RequestId, Retry-After, x-portico-billable-calls',
};
/** Answers OPTIONS without a token (contracts/reapit.md §1.1). */
const PREFLIGHT = {
  'access-control-allow-methods': VERBS,
  'access-control-allow-headers': 'Authorization, Content-Type, Accept, If-Match, api-version, reapit-customer',
  'access-control-max-age': '86400',
};

async function open(room: FastifyInstance, house: House): Promise<void> {
  const { domain, publicUrl, callGate: gate } = house;
  const counted = ({ actor: { orgId }, clientId }: ReapitCaller, all: readonly Calls[]) => {
    const total = all.reduce((sum, { calls }) => sum + calls, 0);
    // The call itself went through the gate.
    if (total > 1) gate.spend(clientId, total - 1);
    for (const { group, calls } of all)
      house.countReapitCalls?.({ orgId, clientId, resource: group.split('/')[0] ?? group, calls });
    return total;
  };
  const { operations } = openEngine({ domain, base: `${publicUrl}/reapit` });

  room.setErrorHandler(makeErrorHandler(domain.now));
  room.addHook('onRequest', async (request: FastifyRequest, reply) => {
    reply.headers({ ...CORS, 'x-amzn-requestid': request.id });
    if (request.method !== 'OPTIONS') return;
    reply.headers(PREFLIGHT);
    return sendAnswer(reply, { status: 204 });
  });
  collectBodies(room, REQUEST_LIMIT);
  await room.register((inner) => uploadRoom(inner, domain));
  room.options('/*', async (_request, reply) => sendAnswer(reply, { status: 204 }));
  serve(room, { operations, admit: makeAdmit({ authenticate: house.authenticateReapit, gate }), counted });
}

/** Reapit Foundations platform API, version 2020-01-31 (contracts/reapit.md). */
export const reapit: Door = {
  name: 'reapit',
  title: 'Reapit Foundations',
  get contracts() {
    return reapitContracts();
  },
  mount: open,
  // A path that cannot be decoded is no path of the door.
  unreadablePath: (request, reply) => sendAnswer(reply.headers({ ...CORS, 'x-amzn-requestid': request.id }), unknownRoute),
  openapi: reapitOpenapi,
};
