import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer } from '../../wire/answer.ts';
import { declaredType } from '../../wire/collect-body.ts';
import { parseJson, toPlain } from '../../wire/json.ts';
import { type Calls, type Operation, readId } from '../../wire/resource/operation.ts';
import { readQuery } from '../../wire/resource/query.ts';
import { makeRouter } from '../../wire/resource/router.ts';
import { isObject } from '../../wire/resource/spec.ts';
import { type Admit, checkScope } from './admit.ts';
import type { ReapitCaller } from './desk.ts';
import { badRequest, ReapitFault, unknownRoute } from './faults.ts';

/** Of the whole request, headers and body (contracts/reapit.md §1.15). */
export const REQUEST_LIMIT = 6 * 1024 * 1024;

const headerBytes = ({ rawHeaders }: { rawHeaders: readonly string[] }) =>
  rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);

/** @throws ReapitFault 413 */
function checkSize(request: FastifyRequest): Uint8Array | undefined {
  const { body } = request;
  const bytes = body instanceof Uint8Array ? body : undefined;
  const tooLarge = body !== undefined && body !== null && !bytes;
  if (tooLarge || (bytes && bytes.length + headerBytes(request.raw) > REQUEST_LIMIT))
    throw new ReapitFault(413, 'The request is larger than 6 MB. Larger files go through a signed URL.');
  return bytes;
}

/** JSON under any of its names, or under none (§1.1). */
const isJson = (type: string) => type.trim() === '' || /^\s*application\/([\w.-]+\+)?json\s*(;|$)/i.test(type);

/** @throws ReapitFault 415, 400 */
function readJson(request: FastifyRequest, bytes: Uint8Array | undefined, raw: boolean): Readonly<Record<string, unknown>> {
  const type = declaredType(request);
  if (!isJson(type)) throw new ReapitFault(415, `The content type ${type.slice(0, 64)} is not supported. Send application/json.`);
  const json = bytes === undefined ? undefined : parseJson(bytes);
  if (json === undefined) throw badRequest('The body could not be read as JSON.');
  const value = toPlain(json);
  if (!raw && !isObject(value)) throw badRequest('The body must be a JSON object.');
  return value as Readonly<Record<string, unknown>>;
}

/** Two paths of published texts that are others in the schema (§1.6, §4.4). */
const aliased = (path: string): string =>
  path.replace(/^\/configurations(?=\/)/i, '/configuration').replace(/^\/contact(?=\/[^/]+\/?$)/i, '/contacts');

export type Served = {
  readonly operations: readonly Operation<ReapitCaller>[];
  readonly admit: Admit;
  /** told of every answer that counts, and as how many calls of which groups; answers how many that are in all */
  counted(caller: ReapitCaller, calls: readonly Calls[]): number;
};

/**
 * One handler for every path of the door: its paths are matched without regard to case, and a path that is none is refused before anything
 * else is looked at. Order of checks: contracts/reapit.md §1.2.
 */
export function serve(room: FastifyInstance, { operations, admit, counted }: Served): void {
  const route = makeRouter(operations);

  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const url = request.raw.url ?? '';
    const [path = '', ...search] = url.slice(url.startsWith(room.prefix) ? room.prefix.length : 0).split('?');
    const found = route(request.method, aliased(path));
    if (!found) return sendAnswer(reply, unknownRoute);
    const { operation } = found;
    request.operation = `${operation.method} ${room.prefix}${operation.path}`;
    const bytes = checkSize(request);
    const caller = await admit(request, reply, operation);
    checkScope(caller, operation.scope);
    const query = readQuery(search.join('?'), operation.query);
    operation.check?.({ caller, query });
    const body = operation.body === undefined ? {} : readJson(request, bytes, operation.body === 'raw');
    const [ifMatch] = [request.headers['if-match'] ?? []].flat();
    const ids = found.ids.map((id) => readId(id, 'record'));
    const { answer, embedded = [] } = await operation.handle({ caller, ids, query, body, ifMatch, request });
    const calls = counted(caller, [{ group: operation.group, calls: 1 }, ...embedded]);
    reply.header('x-portico-billable-calls', String(calls));
    return sendAnswer(reply, answer);
  };
  room.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    handler,
    exposeHeadRoute: false,
  });
  room.setNotFoundHandler((_request, reply) => sendAnswer(reply, unknownRoute));
}

declare module 'fastify' {
  interface FastifyRequest {
    /** the operation that a door found itself, for the log */
    operation?: string;
  }
}
