import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, sendAnswer } from '../../wire/answer.ts';
import { bodyBytes, declaredType } from '../../wire/collect-body.ts';
import { parseJson, toPlain } from '../../wire/json.ts';
import type { Admit } from './admit.ts';
import { bodyLimitOf, type Caller, type Desk, type Model } from './desk.ts';
import { badRequest, refusalOf, SiteFault, WORDS } from './faults.ts';
import type { Operation } from './operation.ts';
import { makeRouter } from './router.ts';
import { noPermission, notDone } from './words.ts';

/** What the server takes off the wire at all. */
export const WIRE_LIMIT = 64 * 1024 * 1024;
const JSON_TYPE = /^\s*application\/json\s*(;|$)/i;
const WRITES: ReadonlySet<string> = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

const failure = (
  status: number,
  message: string,
  errors: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { ...headers },
  json: { status: status === 401 ? 'unauthorized' : 'failure', message, errors },
});

export const noRoute = failure(404, 'Not found', [WORDS.noRoute]);

/** `.json` and a slash at the end are nobody's business (contracts/propertybase.md §1.2). */
const plainPath = (path: string) => path.replace(/\/+$/, '').replace(/\.json$/i, '');

/** @throws SiteFault 406, 415 */
function checkMedia(request: FastifyRequest, path: string, hasBody: boolean, strict: boolean): void {
  const declares = JSON_TYPE.test(declaredType(request));
  if (hasBody && !declares) throw new SiteFault(415, [WORDS.mediaType]);
  if (!strict || declares || /\.json\/*$/i.test(path)) return;
  if (!/application\/json/i.test(request.headers.accept ?? '')) throw new SiteFault(406, [WORDS.mediaType]);
}

/** @throws SiteFault 413, 400 */
function readJson(bytes: Uint8Array | undefined, limit: number): Model {
  if (bytes === undefined || bytes.length === 0) return {};
  if (bytes.length > limit) throw new SiteFault(413, [WORDS.tooLarge]);
  const json = parseJson(bytes);
  if (json === undefined) throw badRequest(WORDS.notJson);
  const value = toPlain(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badRequest(WORDS.notObject);
  return value as Model;
}

const digest = (method: string, path: string, bytes: Uint8Array | undefined) =>
  createHash('sha256')
    .update(`${method} ${path}\n`)
    .update(bytes ?? '')
    .digest();

/**
 * The answer to a call that names itself is kept, and given again to whoever asks again; while it runs, others of its name wait outside
 * (G25). One that was refused had no effect, so its name is free.
 * @throws SiteFault 409
 */
async function once(
  { domain: { callAnswers } }: Desk,
  caller: Caller,
  { name, hash }: { readonly name: string | undefined; readonly hash: Buffer },
  work: (caller: Caller) => Promise<Answer>,
): Promise<Answer> {
  if (name === undefined || name === '') return work(caller);
  const { actor } = caller;
  const key = name.slice(0, 255);
  const call = await callAnswers.begin(actor, key, hash);
  switch (call.kind) {
    case 'answered':
      return call;
    case 'other_body':
      throw new SiteFault(409, [WORDS.otherBody]);
    case 'running':
      throw new SiteFault(409, [WORDS.running], { 'retry-after': '1' });
    case 'answer_lost':
      throw new SiteFault(409, [WORDS.answerLost]);
  }
  const { group } = call;
  const answer = await work({ ...caller, actor: { ...actor, group } }).catch(async (error: unknown) => {
    // Of a failure nobody knows whether it had written: its events will say.
    if ((refusalOf(error)?.status ?? 500) < 500) await callAnswers.drop(actor, key, group);
    throw error;
  });
  const { status, headers = {}, json } = answer;
  await callAnswers.keep(actor, key, group, { status, headers, json });
  return answer;
}

export type Served = { readonly desk: Desk; readonly operations: readonly Operation[]; readonly admit: Admit };

const bare = (answer: Answer): Answer => ({
  status: answer.status,
  headers: { ...answer.headers, 'content-type': 'application/json; charset=utf-8' },
});

/** One handler for every path of the door. Order of checks: contracts/propertybase.md §1.5. */
export function serve(room: FastifyInstance, { desk, operations, admit }: Served): void {
  const route = makeRouter(operations.map((to) => ({ method: to.method, path: to.path, to })));

  async function answer(request: FastifyRequest, path: string, search: string): Promise<Answer> {
    let message = 'Unauthorized';
    try {
      const caller = await admit(request);
      message = 'Not found';
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      const looked = route(method, plainPath(path));
      if (looked.kind === 'none') return noRoute;
      if (looked.kind === 'method') {
        const allowed = [...looked.allowed, ...(looked.allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
        if (method === 'OPTIONS')
          return { status: 200, headers: { allow: allowed }, json: { status: 'success', message: 'Options found', data: {} } };
        return failure(405, 'Method not allowed', [WORDS.noMethod], { allow: allowed });
      }
      const { to: operation, ids } = looked.found;
      request.operation = `${operation.method} ${room.prefix}${operation.path}`;
      message = notDone(operation.subject, operation.deed);
      const { permission, right, deed } = operation;
      if (!(caller.permissions[permission] ?? '').includes(right)) return failure(401, message, [noPermission(deed, permission)]);
      const limit = bodyLimitOf(caller);
      const tooLarge = request.body !== undefined && request.body !== null && !(request.body instanceof Uint8Array);
      const bytes = tooLarge ? undefined : bodyBytes(request);
      checkMedia(request, path, tooLarge || (bytes?.length ?? 0) > 0, caller.rules.strictJson === true);
      if (tooLarge) throw new SiteFault(413, [WORDS.tooLarge]);
      const body = WRITES.has(method) ? readJson(bytes, limit) : {};
      const call = {
        caller,
        ids,
        path: request.originalUrl.split('?')[0] ?? path,
        query: new URLSearchParams(search),
        body,
        ifMatch: [request.headers['if-match'] ?? []].flat()[0],
        request,
      };
      const [name] = method === 'POST' ? [request.headers['idempotency-key'] ?? []].flat() : [];
      const named = { name, hash: digest(method, plainPath(path), bytes) };
      return await once(desk, caller, named, (known) => operation.handle({ ...call, caller: known }));
    } catch (error) {
      const refused = refusalOf(error);
      if (!refused) {
        request.log.error({ err: error }, 'The door failed');
        return failure(500, message, [WORDS.defect]);
      }
      return failure(refused.status, message, refused.errors, refused.headers);
    }
  }

  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const url = (request.raw.url ?? '').slice(room.prefix.length);
    const [path = '', ...search] = url.split('?');
    const sent = await answer(request, path.replace(/^\/@site(?=\/)/, '').replace(/^\/api\/v2(?=\/|$)/, ''), search.join('?'));
    return sendAnswer(reply, request.method === 'HEAD' ? bare(sent) : sent);
  };
  room.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/*',
    handler,
    exposeHeadRoute: false,
  });
  room.setNotFoundHandler((_request, reply) => sendAnswer(reply, noRoute));
  room.setErrorHandler((error, request, reply) => {
    request.log.error({ err: error }, 'The door failed');
    return sendAnswer(reply, failure(500, 'Not found', [WORDS.defect]));
  });
}
