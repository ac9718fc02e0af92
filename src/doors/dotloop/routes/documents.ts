import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { Actor } from '../../../access/actor.ts';
import type { Document } from '../../../domain/index.ts';
import type { Answer } from '../../../wire/answer.ts';
import { fileHeaders } from '../../../wire/file-headers.ts';
import { wantsBytes } from '../accept.ts';
import { created, list, single } from '../answers.ts';
import { downloadDocument, listDocuments, readDocument, uploadDocument } from '../contract/document.ts';
import type { documentPath } from '../contract/fields.ts';
import { type Desk, type DotloopRoute, dotloopRoute, makeTargets } from '../desk.ts';
import { toDocument, toDocumentRow } from '../map/document.ts';
import { receiveUpload } from '../upload.ts';

type Where = { caller: Actor; params: Static<typeof documentPath>; request: FastifyRequest };

export function documentRoutes(desk: Desk): DotloopRoute[] {
  const { base } = desk;
  const { documents } = desk.domain;

  const find = ({ caller, params: { profileId, loopId, folderId, documentId } }: Where): Promise<Document> =>
    documents.document(caller, profileId, loopId, folderId, documentId);

  const file = ({ name, sniffed_type: type, size }: Document, stream?: AsyncIterable<Uint8Array>): Answer => ({
    status: 200,
    headers: fileHeaders(name),
    bytes: { type, size, ...(stream ? { stream } : {}) },
  });

  /** HEAD opens nothing: nobody has looked at the document. */
  const send = async (where: Where): Promise<Answer> => {
    if (where.request.method === 'HEAD') return file(await find(where));
    const { profileId, loopId, folderId, documentId } = where.params;
    const { document, stream } = await documents.open(where.caller, profileId, loopId, folderId, documentId);
    return file(document, stream);
  };

  return [
    dotloopRoute(listDocuments, {
      handle: async ({ caller, params, params: { profileId, loopId, folderId } }) => {
        const found = await documents.documents(caller, profileId, loopId, folderId);
        return list(found.map((document) => toDocumentRow(document, { base, ...params })));
      },
    }),
    dotloopRoute(readDocument, {
      handle: async ({ caller, params, request }) => {
        const document = await find({ caller, params, request });
        const bytes = wantsBytes(request.headers.accept, document.sniffed_type);
        const answer = bytes ? await send({ caller, params, request }) : single(toDocument(document, { base, ...params }));
        return { ...answer, headers: { ...answer.headers, vary: 'accept' } };
      },
    }),
    dotloopRoute(downloadDocument, { handle: send }),
  ];
}

/** In a room of its own, where forms with files are parsed. */
export function uploadRoutes(desk: Desk): DotloopRoute[] {
  const target = makeTargets(desk);
  return [
    dotloopRoute(uploadDocument, {
      words: { file_name: 'file' },
      handle: async ({ caller, params, request }) => {
        // before the bytes are let in, which costs one query more and may save fifty megabytes
        await target.changeFolder({ caller, params });
        const input = await receiveUpload(request, (bytes) =>
          desk.files.receive(caller.orgId, bytes, { limit: desk.uploadLimit }),
        );
        const { profileId, loopId, folderId } = params;
        const document = await desk.domain.documents.upload(caller, profileId, loopId, folderId, input);
        return created(toDocument(document, { base: desk.base, ...params }));
      },
    }),
  ];
}
