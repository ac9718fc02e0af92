import { randomBytes } from 'node:crypto';
import { statement } from '../../db/index.ts';
import { invalidMember } from '../../kernel/fault.ts';
import { type GivenFile, givenFileBreaches, type KeptFile, keepGivenFile } from '../given-file.ts';
import { measurePicture } from '../picture.ts';
import { idKey, instant, integer, noun, ref, TIMES, text, type WriteContext } from '../records/index.ts';
import { nextPlaces, touchPhotos } from './media.store.ts';
import { isPicture, mediumCode, PICTURE_KINDS } from './media.ts';
import { orderPhotos } from './photo-list.ts';

const columns = {
  property_id: ref('property', { required: true }),
  kind: text({ required: true }),
  caption: text(),
  position: integer({ readOnly: true, required: true }),
  archived_at: instant({ readOnly: true }),
  public_key: text({ readOnly: true }),
  blob_id: integer({ readOnly: true }),
};
type Context = WriteContext<typeof columns>;

const measured = statement<never>(
  'blob.measured',
  'update blob set width = coalesce(width, $3), height = coalesce(height, $4) where org_id = $1 and id = $2',
);
const codeParts = statement<{ code: string; sniffed_type: string }>(
  'media.code_parts',
  `select p.code, b.sniffed_type from property p join blob b on b.org_id = p.org_id and b.id = $3 where p.org_id = $1 and p.id = $2`,
);

const placeOf = ({ kind }: GivenFile) => (kind === 'bytes' ? 'file_bytes' : 'file_upload');

/** @throws Fault invalid when the bytes are no picture that can be shown */
async function keepPicture({ tx, what, files }: Context, file: GivenFile): Promise<KeptFile> {
  const { orgId } = what.actor;
  const kept = await keepGivenFile(tx, files, what, file);
  if (!isPicture(kept.sniffedType))
    throw invalidMember(placeOf(file), 'upload', 'The file is no picture of a kind that is shown here');
  const opened = await files.open(orgId, kept.sha256);
  const size = opened && (await measurePicture(opened));
  if (!size) throw invalidMember(placeOf(file), 'upload', 'The picture is damaged, or larger than 100 megapixels');
  await tx.rows(measured, [orgId, kept.blobId, size.width, size.height]);
  return kept;
}

/**
 * A picture of a property, as brokerages file them. The lock on the property keeps numbers and places apart; its version stays as it is
 * (domain-property §3.4).
 */
export const imageNoun = noun({
  name: 'media',
  columns,
  takes: ['file'],
  shown: `t.kind in (${PICTURE_KINDS.map((kind) => `'${kind}'`).join(', ')})`,
  kept: [{ name: 'media', keys: TIMES }],
  code: {
    async made({ tx, what, idOf }) {
      const { orgId } = what.actor;
      const propertyId = idOf('property_id') ?? 0;
      const [parts] = await tx.rows(codeParts, [orgId, propertyId, idOf('blob_id')]);
      const { number } = await nextPlaces(tx, orgId, propertyId, PICTURE_KINDS);
      return mediumCode(parts?.code ?? '', number, parts?.sniffed_type);
    },
  },
  codeCase: 'any',
  fields: {
    code: { sql: 't.code', type: 'text', caseless: true, required: true },
    kind: { sql: 't.kind', type: 'text', required: true },
  },
  resoKey: true,
  label: ({ caption, code }) => caption ?? code,
  offices: 'property_id',
  metadataType: 'propertyImage',
  check: ({ tx, what, taken }) => (taken.file ? givenFileBreaches(tx, what.actor, taken.file as GivenFile, 'file_upload') : []),
  async settle(context) {
    const { tx, what, before, taken, idOf } = context;
    if (before || !taken.file) return {};
    const { orgId } = what.actor;
    const propertyId = idOf('property_id') ?? 0;
    await touchPhotos(tx, orgId, propertyId, what.at);
    const { blobId } = await keepPicture(context, taken.file as GivenFile);
    const { position } = await nextPlaces(tx, orgId, propertyId, PICTURE_KINDS);
    // 128 random bits: who knows them may see the picture
    return { blob_id: blobId, position, public_key: randomBytes(16).toString('hex') };
  },
  async after({ tx, what, before, idOf }) {
    if (before) await touchPhotos(tx, what.actor.orgId, idOf('property_id') ?? 0, what.at);
  },
  /** The places behind it close up. */
  async removed({ tx, what, row }) {
    const { orgId } = what.actor;
    const propertyId = Number((row as Readonly<Record<string, unknown>>)[idKey('property_id')]);
    await touchPhotos(tx, orgId, propertyId, what.at);
    await orderPhotos(tx, what, propertyId, []);
  },
});
