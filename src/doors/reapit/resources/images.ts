import type { PictureSize } from '../../../domain/index.ts';
import { invalidMember } from '../../../kernel/fault.ts';
import { NO_SUCH_REFERENCE, type Row } from '../../../kernel/record.ts';
import { column, computed } from '../../../wire/resource/mapping.ts';
import { answerEmpty, declare, operation } from '../desk.ts';
import { givenBreaches, readGivenData, readGivenUrl } from '../files/given.ts';
import { pictureUrl } from '../map/picture-url.ts';

const AT = { data: 'data', url: 'fileUrl' };
const given = (file: unknown) => (file === undefined ? {} : { file });

/** Addresses that need no token; the largest is as large as pictures are given out (contracts/reapit.md §1.15, §4.3). */
const addressIn = (base: string, size: PictureSize) =>
  computed({ read: ({ public_key }: Row) => (typeof public_key === 'string' ? pictureUrl(base, public_key, size) : null) });

export const propertyImages = declare('propertyImages', (desk) => ({
  source: desk.domain.records.image,
  fields: {
    type: column('kind'),
    order: column('position'),
    url: addressIn(desk.base, 'large'),
    thumbnailUrl: addressIn(desk.base, 'thumb'),
    fromArchive: computed({ read: ({ archived_at }) => archived_at !== null }),
    data: computed({ columns: ['file_bytes'], read: () => null, write: (data) => given(readGivenData(data)) }),
    fileUrl: computed({
      columns: ['file_upload'],
      read: () => null,
      write: (url) => given(readGivenUrl(desk, 'propertyImages', url)),
    }),
  },
  // the code of an image begins with that of its property
  sorts: { propertyId: ['code'], order: ['position'], type: ['kind'] },
  check: ({ data, fileUrl }, before) => (before ? [] : givenBreaches(desk, { data, url: fileUrl }, AT)),
}));

/** Every image of the property in its new order, each once (contracts/reapit.md §4.3). */
export const reindexImages = operation(
  'propertyImages/reindex',
  'POST',
  '/propertyImages/reindex',
  ({ domain }) =>
    async ({ caller: { actor }, body }) => {
      const { propertyId, imageOrder } = body as { propertyId?: string | null; imageOrder?: readonly string[] };
      if (!propertyId) throw invalidMember('propertyId', 'required', 'Property id must be provided');
      const [property] = await domain.records.property.byCodes(actor, [propertyId]);
      if (!property) throw invalidMember('propertyId', 'value', NO_SUCH_REFERENCE);
      await domain.media.orderImages(actor, property, imageOrder ?? []);
      return answerEmpty(204);
    },
);
