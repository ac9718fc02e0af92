import type { IdentityDocument } from '../../../domain/index.ts';
import type { Breach } from '../../../kernel/fault.ts';
import { among, anyOf } from '../../../wire/resource/conditions.ts';
import { column, computed, type Mapping } from '../../../wire/resource/mapping.ts';
import { isObject } from '../../../wire/resource/spec.ts';
import { type Desk, declare, type Model } from '../desk.ts';
import { givenBreaches, readGivenData, readGivenUrl } from '../files/given.ts';

type Sent = {
  readonly typeId?: string | null;
  readonly expiry?: string | null;
  readonly details?: string | null;
  readonly fileData?: string | null;
  readonly fileUrl?: string | null;
  readonly name?: string | null;
};

const checkedIs = (values: readonly string[]) =>
  anyOf(...['contact', 'company'].map((kind) => among(`contact_id:${kind}`, values)));

/** Its facts stand in a column; the picture that comes with it becomes a document, which `documentId` names. */
const identityDocument = (desk: Desk, n: 1 | 2): Mapping =>
  computed<Sent | null>({
    columns: [`document${n}`],
    read: (row) => row[`document${n}`],
    write: (sent, row) => {
      if (sent === null) return { [`document${n}`]: null };
      const { typeId, expiry, details, fileData, fileUrl, name } = sent;
      const kept = (row[`document${n}`] ?? {}) as IdentityDocument;
      const said = Object.entries({ typeId, expiry, details }).filter(([, value]) => value !== null && value !== undefined);
      const file = readGivenData(fileData) ?? readGivenUrl(desk, 'identityChecks', fileUrl);
      const { documentId } = kept;
      return {
        [`document${n}`]: { ...Object.fromEntries(said), ...(documentId === undefined ? {} : { documentId }) },
        ...(file ? { [`file${n}`]: { name: name ?? details ?? 'Identity document', file } } : {}),
      };
    },
    refers: (sent, at) =>
      sent?.typeId ? [{ at: `${at}.typeId`, to: { list: 'identityDocumentTypes' }, code: sent.typeId }] : [],
  });

const fileBreaches =
  (desk: Desk) =>
  (model: Model): readonly Breach[] =>
    ['identityDocument1', 'identityDocument2'].flatMap((name) => {
      const sent = model[name];
      if (!isObject(sent)) return [];
      const at = { data: `${name}.fileData`, url: `${name}.fileUrl` };
      return givenBreaches(desk, { data: sent.fileData, url: sent.fileUrl }, at);
    });

export const identityChecks = declare('identityChecks', (desk) => ({
  source: desk.domain.records.identityCheck,
  fields: {
    contactType: column('contact_kind'),
    identityDocument1: identityDocument(desk, 1),
    identityDocument2: identityDocument(desk, 2),
  },
  filters: { contactId: checkedIs },
  check: fileBreaches(desk),
  links: {
    // A company's check keeps the company's id in contactId (contracts/reapit.md §4.3).
    contact: { ref: 'contactId', type: ({ contactType }) => (contactType === 'company' ? 'companies' : 'contacts') },
    documentType1: 'identityDocument1.typeId',
    document1: 'identityDocument1.documentId',
    documentType2: 'identityDocument2.typeId',
    document2: 'identityDocument2.documentId',
  },
}));
