import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { collectBodies } from '../../wire/collect-body.ts';
import { mount } from '../../wire/mount.ts';
import { openapi } from '../../wire/openapi.ts';
import type { Door, DoorSettings, House } from '../door.ts';
import { makeAdmit, writeFreshLimit } from './admit.ts';
import { contracts } from './contract/index.ts';
import type { Desk } from './desk.ts';
import { handleError, handleUnknown } from './faults.ts';
import { description } from './openapi.ts';
import { uploadRoutes } from './routes/documents.ts';
import { jsonRoutes } from './routes/index.ts';
import { bodyRules } from './rules.ts';

const BODY_LIMIT = 1024 * 1024;
const UPLOAD_LIMIT = 50 * 1024 * 1024;
const CALLS_PER_MINUTE = 100;

const limitOf = ({ callsPerMinute }: DoorSettings) => (callsPerMinute === undefined ? CALLS_PER_MINUTE : callsPerMinute);

async function open(room: FastifyInstance, house: House): Promise<void> {
  const { domain, publicUrl, files, limiter, authenticate, settings } = house;
  const callsPerMinute = limitOf(settings);
  const desk: Desk = {
    domain,
    publicUrl,
    base: publicUrl + room.prefix,
    files,
    uploadLimit: settings.uploadLimit ?? UPLOAD_LIMIT,
  };
  const rules = { admit: makeAdmit({ authenticate, limiter, callsPerMinute }), body: bodyRules };

  room.setErrorHandler(handleError);
  room.setNotFoundHandler(handleUnknown);
  room.addHook('onRequest', async (_request, reply) => writeFreshLimit(reply, callsPerMinute));
  collectBodies(room, BODY_LIMIT);
  mount(room, jsonRoutes(desk), rules);
  await room.register(async (forms) => {
    await forms.register(multipart);
    mount(forms, uploadRoutes(desk), rules);
  });
}

/** The dotloop Public API v2 (contracts/dotloop.md). */
export const dotloop: Door = {
  name: 'dotloop',
  title: 'dotloop Public API v2',
  contracts,
  mount: open,
  unreadablePath(request, reply, settings) {
    writeFreshLimit(reply, limitOf(settings));
    return handleUnknown(request, reply);
  },
  openapi: (publicUrl) => openapi(contracts, description(publicUrl)),
};
