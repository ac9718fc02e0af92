import type { FastifyInstance } from 'fastify';
import { sendAnswer } from '../../wire/answer.ts';
import { collectBodies } from '../../wire/collect-body.ts';
import type { Door, House } from '../door.ts';
import { makeAdmit } from './admit.ts';
import { engineOf } from './engine.ts';
import { siteContracts, siteOpenapi } from './openapi.ts';
import { noRoute, serve, WIRE_LIMIT } from './serve.ts';

async function open(room: FastifyInstance, { domain, publicUrl, readText, fetchFile }: House): Promise<void> {
  const desk = { domain, publicUrl, readText, fetchFile };
  collectBodies(room, WIRE_LIMIT);
  serve(room, { desk, operations: engineOf(desk).operations, admit: makeAdmit(domain.identity) });
}

/** Propertybase GO, formerly the Boston Logic platform: API v2 of a brokerage's site (contracts/propertybase.md). */
export const propertybase: Door = {
  name: 'propertybase',
  title: 'Propertybase GO',
  get contracts() {
    return siteContracts();
  },
  mount: open,
  // A path that cannot be decoded is no path of the door.
  unreadablePath: (_request, reply) => sendAnswer(reply, noRoute),
  openapi: siteOpenapi,
};
