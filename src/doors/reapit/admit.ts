import type { FastifyReply, FastifyRequest } from 'fastify';
import { systemActor } from '../../access/actor.ts';
import type { AuthenticateReapit } from '../../domain/index.ts';
import { Fault } from '../../kernel/fault.ts';
import type { CallGate, CallLimits } from '../../wire/call-gate.ts';
import type { ReapitCaller } from './desk.ts';
import { badRequest, scopeMissing } from './faults.ts';

const VERSION = '2020-01-31';

const one = (value: string | readonly string[] | undefined): string | undefined => [value ?? []].flat()[0];

/** `Bearer <token>`, the scheme in any case. */
export const tokenOf = (request: FastifyRequest) => /^\s*bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1];

/** @throws ReapitFault 400 for a version that is none (contracts/reapit.md §1.2) */
function checkVersion(request: FastifyRequest): void {
  const version = one(request.headers['api-version'])?.trim();
  if (!version || version === VERSION || version.toLowerCase() === 'latest') return;
  throw badRequest(`The value '${version.slice(0, 64)}' of the header api-version is not a supported version. Use ${VERSION}.`);
}

const SPAN: Record<keyof CallLimits, string> = { perSecond: 'in a second', inFlight: 'at a time', perDay: 'in a day' };

/** Lets the call out of the gate when its answer is out, however that ends. */
async function pass(gate: CallGate, reply: FastifyReply, application: string, customer: string): Promise<void> {
  const passage = await gate.enter(application, customer);
  if ('leave' in passage) {
    if (reply.raw.destroyed) passage.leave();
    else reply.raw.once('close', passage.leave);
    return;
  }
  const { retryAfterSeconds, reached, limit } = passage;
  throw new Fault('too_many', `No more than ${limit} requests ${SPAN[reached]}. Wait ${retryAfterSeconds} s and try again.`, {
    retryAfterSeconds,
  });
}

/** An application that asks for nobody's data: of no organisation, so there is none to be read. */
const nobodys = (clientId: string): ReapitCaller => ({
  actor: { ...systemActor(0, 'reapit'), kind: 'client', clientId, administrator: false },
  clientId,
  scopes: new Set(),
  officeIds: null,
});

/** Token, rate limits, api-version, customer and installation, in this order (contracts/reapit.md §1.2). */
export const makeAdmit =
  ({ authenticate, gate }: { authenticate: AuthenticateReapit; gate: CallGate }) =>
  async (
    request: FastifyRequest,
    reply: FastifyReply,
    { anyCustomer = false }: { readonly anyCustomer?: boolean } = {},
  ): Promise<ReapitCaller> => {
    const token = tokenOf(request);
    const customer = one(request.headers['reapit-customer'])?.trim() || undefined;
    const admission = token === undefined ? ({ kind: 'unauthenticated' } as const) : await authenticate(token, customer);
    if (admission.kind === 'unauthenticated') throw new Fault('unauthenticated', 'No token that opens anything');
    const application = admission.kind === 'ok' ? admission.who.clientId : admission.clientId;
    await pass(gate, reply, application, admission.kind === 'ok' ? String(admission.who.actor.orgId) : (customer ?? ''));
    checkVersion(request);
    if (admission.kind === 'customer_missing' && anyCustomer) return nobodys(admission.clientId);
    if (admission.kind === 'customer_missing')
      throw badRequest('The header reapit-customer is required with a token of an application itself.');
    if (admission.kind === 'not_installed')
      throw new Fault('unauthenticated', 'The application is not installed', { reason: 'not_installed' });
    request.orgId = admission.who.actor.orgId;
    return admission.who;
  };
export type Admit = ReturnType<typeof makeAdmit>;

/** @throws Fault forbidden */
export function checkScope({ scopes }: ReapitCaller, scope: string | undefined): void {
  if (scope !== undefined && !scopes.has(scope)) throw scopeMissing(scope);
}
