import type { FastifyInstance } from 'fastify';

/** Our forms are small. */
export const FORM_LIMIT = 64 * 1024;

/** Reads bodies of forms as URLSearchParams, and no other bodies, in this plugin. */
export function readForms(room: FastifyInstance): void {
  room.removeAllContentTypeParsers();
  room.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_LIMIT },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
}

/** The form of a request; an empty one where there is none. */
export const formOf = (body: unknown): URLSearchParams => (body instanceof URLSearchParams ? body : new URLSearchParams());
