import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, type FaultKind } from '../kernel/fault.ts';
import type { AppError } from './contract.ts';
import { messagePage } from './message-page.ts';

const STATUS: Record<FaultKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 412,
  too_many: 429,
  unavailable: 503,
};

/** What an error says to a person: a fault its own words, a framework error its status, and anything else nothing but a request id. */
function faceOf(error: unknown, request: FastifyRequest): { status: number; message: string } {
  if (error instanceof Fault) return { status: STATUS[error.kind], message: error.message };
  const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string };
  if (statusCode < 500) return { status: statusCode, message };
  request.log.error({ err: error }, 'defect');
  return { status: 500, message: `Something went wrong on our side. If it goes on, report request ${request.id}.` };
}

function retryAfter(error: unknown, reply: FastifyReply): void {
  if (error instanceof Fault && error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
}

/** The face of `/app`. */
export function answerFaultAsJson(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { status, message } = faceOf(error, request);
  retryAfter(error, reply);
  const breaches =
    error instanceof Fault ? error.breaches.flatMap((one) => (one.at ? [{ at: one.at, message: one.message }] : [])) : [];
  return reply.code(status).send({ error: { message, ...(breaches.length > 0 && { breaches }) } } satisfies AppError);
}

/** One text for what does not exist and for what is not the reader's: strangers learn nothing. */
const NOT_HERE =
  'There is nothing here, or nothing that you may see. Check the address, or ask whoever sent it to share it with you.';

/** The face of the pages. */
export function answerFaultAsPage(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { status, message } = faceOf(error, request);
  retryAfter(error, reply);
  const page =
    status === 404
      ? messagePage('Page not found', NOT_HERE)
      : messagePage(status < 500 ? 'That did not work' : 'Portico is in trouble', message);
  return reply.code(status).type('text/html; charset=utf-8').send(page);
}

/** For addresses that no room of the house answers. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply) {
  const fault = new Fault('not_found', 'There is nothing at this address');
  const wantsPage = /\btext\/html\b/.test(request.headers.accept ?? '') && !request.url.startsWith('/app/');
  return wantsPage ? answerFaultAsPage(fault, request, reply) : answerFaultAsJson(fault, request, reply);
}
