import type { FastifyInstance } from 'fastify';
import type { Domain } from '../../../domain/index.ts';
import { Fault } from '../../../kernel/fault.ts';
import { TooLarge } from '../../../kernel/files.ts';
import { drain } from '../../../wire/collect-body.ts';
import { ReapitFault } from '../faults.ts';
import { addressOf } from './address.ts';

/** What a sender reads: closed addresses 403, too many bytes 413 (contracts/reapit.md §1.15). */
function asAnswer(error: unknown): unknown {
  if (error instanceof TooLarge) return new ReapitFault(413, 'The file is larger than 30 MB');
  return error instanceof Fault && error.reason === 'upload.closed' ? new ReapitFault(403, error.message) : error;
}

/** Takes files at the addresses that were given out: raw bytes, no token; the address is the permission. */
export async function uploadRoom(room: FastifyInstance, { uploads }: Pick<Domain, 'uploads'>): Promise<void> {
  room.removeAllContentTypeParsers();
  room.addContentTypeParser('*', (_request, _payload, done) => done(null));
  room.put<{ Params: { uuid: string } }>('/uploads/:uuid', async (request, reply) => {
    const [, search = ''] = (request.raw.url ?? '').split('?');
    try {
      // Leaving the source early must not cut the line before the answer is written.
      await uploads.fill(addressOf(request.params.uuid, search), request.raw.iterator({ destroyOnReturn: false }));
    } catch (error) {
      drain(request);
      throw asAnswer(error);
    }
    return reply.code(200).header('content-length', '0').send();
  });
}
