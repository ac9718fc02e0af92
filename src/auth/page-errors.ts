import type { FastifyInstance } from 'fastify';
import { Fault } from '../kernel/fault.ts';
import { messagePage } from './message-page.ts';
import { sendPage } from './send-page.ts';

/** Errors of rooms that serve pages, as pages. */
export function answerErrorsWithPages(room: FastifyInstance): void {
  room.setErrorHandler((error, request, reply) => {
    if (error instanceof Fault && error.kind === 'unavailable') {
      reply.code(503).header('retry-after', String(error.retryAfterSeconds ?? 5));
      return sendPage(reply, messagePage('One moment please', 'The server is busy with itself. Try again in a few seconds.'));
    }
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status >= 400 && status < 500) {
      reply.code(status);
      return sendPage(reply, messagePage('This request cannot be read', 'Please go back and try again.'));
    }
    request.log.error({ err: error }, 'a page failed');
    reply.code(500);
    return sendPage(
      reply,
      messagePage('Something went wrong', `Please try again. If it happens again, tell your administrator: ${request.id}`),
    );
  });
}
