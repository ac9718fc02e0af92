import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid } from '../kernel/fault.ts';

/** A body that was given up because it passed the limit. */
const TOO_LARGE = Symbol('too large');

/** How much of a refused body is still taken off the wire, so that the sender gets to read the answer, before the line is cut. */
const PATIENCE = 64 * 1024 * 1024;

/** Lets the rest of a refused body run out, up to a bound. */
export function drain(request: FastifyRequest): void {
  let seen = 0;
  request.raw.on('data', (chunk: Uint8Array) => {
    seen += chunk.length;
    if (seen > PATIENCE) request.raw.destroy();
  });
  request.raw.on('error', () => {});
  request.raw.resume();
}

const declared = new WeakMap<object, string>();
/** The Content-Type as the caller sent it. */
export const declaredType = (request: FastifyRequest) => declared.get(request.raw) ?? '';

/**
 * Replaces Fastify's body parsers in a room: whatever the Content-Type says, the bytes are collected and nothing is judged, because the
 * faults of a body come last in the order of checks. Forms with files are left to the parser that a room inside this one has for them.
 */
export function collectBodies(room: FastifyInstance, limit: number): void {
  room.addHook('onRequest', async (request) => {
    const { headers } = request.raw;
    declared.set(request.raw, headers['content-type'] ?? '');
    // Fastify answers 415 to a malformed type before any parser is asked, and some clients send one with an empty body
    headers['content-type'] = /^\s*multipart\/form-data\s*(;|$)/i.test(headers['content-type'] ?? '')
      ? 'multipart/form-data'
      : 'application/json';
  });
  room.removeAllContentTypeParsers();
  room.addContentTypeParser('*', (request, payload, done) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const onData = (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      payload.off('data', onData).off('end', onEnd).off('error', onError);
      drain(request);
      done(null, TOO_LARGE);
    };
    const onEnd = () => done(null, size === 0 ? undefined : Buffer.concat(chunks, size));
    // the caller went away: no defect of ours, and nobody reads the answer
    const onError = (error: Error) => done(Object.assign(error, { statusCode: 400 }));
    payload.on('data', onData).on('end', onEnd).on('error', onError);
  });
}

/** @throws Fault invalid, reason `form`, when the body was larger than the room takes */
export function bodyBytes(request: FastifyRequest): Uint8Array | undefined {
  if (request.body === TOO_LARGE) throw invalid({ in: 'body', reason: 'form', message: 'The body is too large' });
  return request.body instanceof Uint8Array ? request.body : undefined;
}
