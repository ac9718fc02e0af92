import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Domain } from './domain/index.ts';
import { Fault } from './kernel/fault.ts';
import { sendDocument } from './pages/document-answer.ts';

/** A medium never gets other bytes: a new picture is a new medium with a new key. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const PICTURE = /^(\w+)\.jpg$/;

/** On sites of brokerages, so from any origin; as a picture, and as nothing else. */
const headers = (reply: FastifyReply) =>
  reply.headers({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'cross-origin',
  });

function answerFault(error: FastifyError | Fault, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  headers(reply).header('cache-control', 'no-store').type('text/plain; charset=utf-8');
  if (!(error instanceof Fault)) {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a defect of ours');
    return reply.code(status).send(status < 500 ? error.message : 'Something went wrong here');
  }
  if (error.kind !== 'unavailable') return reply.code(404).send('Not found');
  request.log.warn({ err: error.cause ?? error }, 'something that the answer needs is away');
  return reply
    .code(503)
    .header('retry-after', String(error.retryAfterSeconds ?? 5))
    .send('Not available for the moment');
}

/** The hash that a browser says it has, when it says one of ours. */
const knownTo = (request: FastifyRequest) => /"([0-9a-f]{64})"/.exec(request.headers['if-none-match'] ?? '')?.[1];

/**
 * Bytes that whoever has their address may read: pictures of listings (domain-property §3.4) and files of a site, for ever, and documents
 * by a link that runs out (§6.2). Nobody signs in here; every address that is none of ours is not found.
 */
export async function mediaPlugin(
  room: FastifyInstance,
  { domain }: { readonly domain: Pick<Domain, 'media' | 'documents' | 'publicFiles'> },
) {
  room.setErrorHandler(answerFault);

  room.get<{ Params: { key: string; file: string } }>('/media/:key/:file', async (request, reply) => {
    const { key, file } = request.params;
    const size = PICTURE.exec(file)?.[1] ?? '';
    const known = knownTo(request);
    const picture = await domain.media.openPicture(key, size, known);
    headers(reply).headers({ 'cache-control': FOR_EVER, etag: `"${picture.sha256}"` });
    if (!picture.file) return reply.code(304).send();
    return reply
      .headers({ 'content-type': picture.type, 'content-length': picture.file.size, 'content-disposition': 'inline' })
      .send(picture.file.stream);
  });

  room.get<{ Params: { key: string } }>('/media/files/:key/:name', async (request, reply) => {
    const { name, type, size, stream } = await domain.publicFiles.open(request.params.key);
    headers(reply).header('cache-control', FOR_EVER);
    return sendDocument(reply, { document: { name, sniffed_type: type }, size, stream }, true);
  });

  room.get<{ Params: { link: string } }>('/media/documents/:link', async (request, reply) => {
    const opened = await domain.documents.openLinked(request.params.link);
    headers(reply).header('cache-control', 'private, no-store');
    return sendDocument(reply, opened, true);
  });
}
