import type { Actor } from '../../access/actor.ts';
import type { Querier } from '../../db/index.ts';
import { forbidden, notFound } from '../../kernel/fault.ts';
import { findApplication, isDeveloper } from './application.store.ts';
import { type Application, toApplication } from './application.ts';

/** @throws Fault forbidden `developer.only` */
export async function checkDeveloper(q: Querier, actor: Actor): Promise<void> {
  if (actor.kind === 'system') return;
  const may = actor.kind === 'user' && actor.id !== null && (await isDeveloper(q, actor.orgId, actor.id));
  if (!may) throw forbidden('developer.only', 'Only developers and administrators see and register applications');
}

/** An application of the caller's organisation. @throws Fault forbidden `developer.only`; not_found application */
export async function readOwnApplication(q: Querier, actor: Actor, clientId: string): Promise<Application> {
  await checkDeveloper(q, actor);
  const row = await findApplication(q, clientId);
  if (row?.org_id !== actor.orgId) throw notFound('application');
  return toApplication(row);
}
