import { randomUUID } from 'node:crypto';
import type { Actor } from '../../access/actor.ts';
import { Fault, forbidden } from '../../kernel/fault.ts';
import { upsertBlob } from '../blobs.ts';
import type { Ports } from '../given.ts';
import type { UploadPurpose } from '../given-file.ts';
import * as store from './upload.store.ts';

/** Bytes of one upload (contracts/reapit.md §1.15), and how long its address is good for. */
export const UPLOAD_LIMIT = 31_457_280;
export const UPLOAD_SECONDS = 900;

const PURPOSE = 'upload';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An address that bytes may be sent to: what stands in it, and the word that says it is one of ours. */
export type UploadAddress = { readonly uuid: string; readonly at: string; readonly signature: string };

const closed = (message: string) => new Fault('forbidden', message, { reason: 'upload.closed' });
const signedText = ({ uuid, at }: Pick<UploadAddress, 'uuid' | 'at'>) => `${uuid} ${at} ${UPLOAD_SECONDS}`;
/** `20261125T093000Z` */
const basic = (at: Date) => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** Files that wait for the record they belong to (domain-property §6.2). */
export function uploadsService({ db, clock, files, secrets }: Ports) {
  return {
    /** So many addresses, each for one file. */
    async giveOut(actor: Actor, purpose: UploadPurpose, amount: number) {
      const { orgId, clientId } = actor;
      if (clientId === null) throw forbidden('upload.no_application', 'Only applications upload files this way');
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + UPLOAD_SECONDS * 1000);
      const uuids = Array.from({ length: amount }, () => randomUUID());
      await store.insertUploads(db, orgId, uuids, { clientId, purpose, expiresAt, createdAt: now });
      const addresses = uuids.map((uuid): UploadAddress => {
        const at = basic(now);
        return { uuid, at, signature: secrets.sign(PURPOSE, signedText({ uuid, at })) };
      });
      return { addresses, expiresAt };
    },

    /**
     * Takes the bytes for an address; a repeat replaces them. Nothing is read before the address is known to be open.
     * @throws Fault forbidden `upload.closed`; TooLarge
     */
    async fill({ uuid, at, signature }: UploadAddress, source: AsyncIterable<Uint8Array>): Promise<void> {
      if (!UUID.test(uuid) || !secrets.verify(PURPOSE, signedText({ uuid, at }), signature))
        throw closed('The signature of this address does not fit');
      const row = await store.findUpload(db, uuid);
      if (!row || row.used_at !== null || row.expires_at <= clock.now()) throw closed('This address has expired, or was used');
      const { org_id } = row;
      const file = await files.receive(org_id, source, { limit: UPLOAD_LIMIT });
      try {
        await db.tx(async (tx) => {
          const blobId = file.size === 0 ? null : await upsertBlob(tx, org_id, file);
          if (blobId !== null) await file.keep();
          if (!(await store.fillUpload(tx, org_id, uuid, blobId, clock.now())))
            throw closed('This address has expired, or was used');
        });
      } finally {
        await file.discard();
      }
    },
  };
}
export type UploadsService = ReturnType<typeof uploadsService>;
