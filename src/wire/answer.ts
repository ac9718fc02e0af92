import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** What a route gives back; only the mount knows the reply. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** written with JSON.stringify: keys whose value is undefined are left out */
  readonly json?: unknown;
  /** a file under its type; no stream for an answer to HEAD, which says the size all the same */
  readonly bytes?: { readonly stream?: AsyncIterable<Uint8Array>; readonly size: number; readonly type: string };
};

export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status);
  if (answer.headers) reply.headers(answer.headers);
  if (answer.bytes) {
    const { stream, size, type } = answer.bytes;
    reply.header('content-type', type).header('content-length', String(size));
    // Fastify writes a length of 0 over ours when HEAD is answered with nothing at all
    return reply.send(stream instanceof Readable ? stream : Readable.from(stream ?? []));
  }
  if (answer.json === undefined) return reply.send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer.json));
}
