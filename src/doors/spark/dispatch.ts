import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { Fault, notFound } from '../../kernel/fault.ts';
import { sendAnswer } from '../../wire/answer.ts';
import { breachesOf } from '../../wire/breaches.ts';
import { declaredType } from '../../wire/collect-body.ts';
import type { Json } from '../../wire/json.ts';
import { inWireWords } from '../../wire/mount.ts';
import { readQuery } from '../../wire/read-query.ts';
import { rightOf } from './access.ts';
import { type Admit, isRoleOverride } from './admit.ts';
import { readContent, readSyntax } from './body.ts';
import type { SparkContract } from './contract/operation.ts';
import type { SparkCaller, SparkRoute } from './desk.ts';
import { SparkFault } from './faults.ts';
import { isForm, methodOf, type Pair, readPairs, type Sent, sentOf } from './request.ts';

/** Any method reaches the path's own handler: a method that the path lacks is refused after credentials and rate (§1: H14). */
const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const ORDER = ['GET', 'POST', 'PUT', 'DELETE'];

const contractOf = ({ contract }: SparkRoute) => contract as SparkContract;

/** The bytes of a body as they came. @throws SparkFault 1053 (413) for one that was too large */
function bytesOf(request: FastifyRequest): Uint8Array | undefined {
  if (request.body instanceof Uint8Array) return request.body;
  if (request.body !== undefined && request.body !== null)
    throw new SparkFault(1053, 'The body is larger than 1 MiB', { status: 413 });
  return undefined;
}

/** 405 with what the path does have (§1: H10). */
export const methodNotAllowed = (methods: readonly string[]) =>
  new SparkFault(405, 'Method not allowed', { headers: { allow: methods.join(', ') } });

/** Read-only key, role against service, role against method (§1: H14, steps 6 to 8). */
function checkRights({ service, method }: SparkContract, { role, flags }: SparkCaller): void {
  const writes = method !== 'GET';
  if (writes && flags.has('read_only')) throw new SparkFault(1017, 'This API key is read-only');
  const right = rightOf(role, service);
  if (right === null) throw new SparkFault(1500, `The role ${role} has no access to ${service}`);
  if (writes && right === 'R') throw new SparkFault(1018, `The role ${role} may only read ${service}`);
}

function checkIds({ params }: SparkContract, given: unknown): unknown {
  if (breachesOf(params, given, 'path').length > 0) throw notFound('resource');
  return given;
}

/** @throws SparkFault 1053 for a parameter that is there twice, or a RoleOverride that is none (§1: H15, §5) */
function checkPairs(pairs: readonly Pair[]): Record<string, string> {
  const seen = new Map<string, string>();
  for (const { name, value } of pairs) {
    if (seen.has(name)) throw new SparkFault(1053, `${name} is given more than once`);
    seen.set(name, value);
  }
  const override = seen.get('RoleOverride');
  if (override !== undefined && !isRoleOverride(override)) throw new SparkFault(1053, 'RoleOverride must be Public or Idx');
  return Object.fromEntries(seen);
}

function readParameters({ query }: SparkContract, pairs: readonly Pair[]): unknown {
  const given = checkPairs(pairs);
  const { value, breaches } = readQuery(query, given);
  const [breach] = breaches;
  if (breach) throw new SparkFault(breach.reason === 'required' ? 1050 : 1053, breach.message);
  // The first page by token is asked for with an empty one, which is no absent one (§7).
  return given._skiptoken === '' && query.properties._skiptoken ? { ...(value as object), _skiptoken: '' } : value;
}

function readInput({ contract, check }: SparkRoute, pairs: readonly Pair[], json: Json | undefined) {
  const query = readParameters(contract as SparkContract, pairs) as never;
  const body = readContent(json, contract as SparkContract) as never;
  check?.({ query, body });
  return { query, body };
}

/**
 * Before parameters and content are called wrong, what the path names is looked at (§1: H14, steps 10 and 11): by a read that asks
 * nothing besides, or by the `target` of a write.
 */
async function lookAt({ contract, target, handle }: SparkRoute, call: Looking): Promise<void> {
  const without = { ...call, query: {} as never };
  if (contract.method !== 'GET') await target?.(without);
  else if (Object.keys(contract.params.properties).length > 0) await handle({ ...without, body: undefined as never });
}
type Looking = { readonly caller: SparkCaller; readonly params: never; readonly request: FastifyRequest };

async function answer(
  route: SparkRoute,
  request: FastifyRequest,
  caller: SparkCaller,
  pairs: readonly Pair[],
  bytes?: Uint8Array,
) {
  const contract = contractOf(route);
  checkRights(contract, caller);
  const json = contract.method === 'POST' || contract.method === 'PUT' ? readSyntax(request, bytes, contract) : undefined;
  const params = checkIds(contract, request.params) as never;
  try {
    return await route.handle({ caller, params, request, ...readInput(route, pairs, json) });
  } catch (error) {
    if (error instanceof Fault && error.kind === 'invalid') await lookAt(route, { caller, params, request });
    throw inWireWords(error, route.words);
  }
}

/** Signs in, then says that there is nothing: without credentials no path is told from another (§1: H14). */
export const makeUnknown = (admit: Admit) => async (request: FastifyRequest, reply: FastifyReply) => {
  const bytes = bytesOf(request);
  await admit(request, reply, sentOf(request), bodySigned(request.method, bytes));
  throw new Fault('not_found', 'Not found');
};

/** Only bodies of POST and PUT are signed (§4.2). */
const bodySigned = (method: string, bytes: Uint8Array | undefined) => (method === 'POST' || method === 'PUT' ? bytes : undefined);

/**
 * Puts the routes of this door into a room, one handler a path, in the order of checks of contracts/spark.md §1 (H14).
 * The wire's `mount` knows one order: this one must see the body before it knows the caller, and answers 405.
 */
export function dispatch(room: FastifyInstance, routes: readonly SparkRoute[], admit: Admit): void {
  for (const [url, group] of Map.groupBy(routes, (route) => route.contract.url)) {
    const byMethod = new Map<string, SparkRoute>(group.map((route) => [route.contract.method, route]));
    const allowed = ORDER.filter((method) => byMethod.has(method));
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const sent: Sent = sentOf(request);
      const bytes = bytesOf(request);
      const caller = await admit(request, reply, sent, bodySigned(request.method, bytes));
      const type = declaredType(request);
      const method = methodOf(request, type);
      if (method === undefined) throw new SparkFault(1053, 'X-HTTP-Method-Override must be GET, HEAD or DELETE, on a form POST');
      const route = byMethod.get(method === 'HEAD' ? 'GET' : method);
      if (!route) throw methodNotAllowed(allowed);
      const form = method !== request.method && bytes && isForm(type) ? readPairs(new TextDecoder().decode(bytes)) : [];
      return sendAnswer(reply, await answer(route, request, caller, [...sent.pairs, ...form], bytes));
    };
    room.route({
      method: METHODS,
      url,
      handler,
      exposeHeadRoute: false,
      config: { operationId: group[0]?.contract.operationId ?? url },
    });
  }
}
