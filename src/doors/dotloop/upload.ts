import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Fault, invalid } from '../../kernel/fault.ts';
import { type ReceivedFile, TooLarge } from '../../kernel/files.ts';
import { declaredType, drain } from '../../wire/collect-body.ts';
import { fileName } from './file-name.ts';

export type Upload = { readonly fileName: string; readonly file: ReceivedFile };
type Receive = (bytes: AsyncIterable<Uint8Array>) => Promise<ReceivedFile>;

const unusable = (message: string) => invalid({ in: 'body', at: 'file', reason: 'upload', message });

/** More parts than anyone sends; what they hold is not looked at. */
const LIMITS = { parts: 100, fields: 100, fieldSize: 64 * 1024, headerPairs: 100, fileSize: Number.POSITIVE_INFINITY };

/** The part `file` of the form; other parts are read past. The form has to be whole: half an upload is none. */
async function readForm(request: FastifyRequest, receive: Receive): Promise<Upload> {
  // the parser is given the type as the caller sent it, with its boundary (wire/collect-body.ts has put it aside)
  const options = { headers: { 'content-type': declaredType(request) }, limits: LIMITS, throwFileSizeLimit: false };
  let upload: Upload | undefined;
  try {
    for await (const part of request.parts(options)) {
      if (part.type !== 'file') continue;
      const name = fileName(part.filename);
      if (part.fieldname !== 'file' || upload) part.file.resume();
      else if (!name) throw unusable('The part file needs a file name');
      else upload = { fileName: name, file: await receive(part.file) };
    }
    if (!upload) throw unusable('The form needs a part named file, with a file name');
    if (upload.file.size === 0) throw unusable('The file is empty');
    return upload;
  } catch (error) {
    await upload?.file.discard();
    throw error;
  }
}

/**
 * Receives the upload of a form while it arrives (contracts/dotloop.md §5.8).
 * @throws Fault invalid, reason `upload`: no form, no part `file`, no file name, empty, larger than the limit, or broken off
 */
export async function receiveUpload(request: FastifyRequest, receive: Receive): Promise<Upload> {
  if (!request.isMultipart()) throw unusable('An upload is a form: Content-Type multipart/form-data with a part named file');
  try {
    return await readForm(request, receive);
  } catch (error) {
    drain(request);
    if (error instanceof Fault) throw error;
    if (error instanceof TooLarge) throw unusable(error.message);
    // what is left are the parser's complaints: no boundary, no end, too many parts
    throw unusable(`The form cannot be read: ${error instanceof Error ? error.message : 'malformed'}`);
  }
}
