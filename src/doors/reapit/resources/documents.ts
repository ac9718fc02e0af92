import { isKnownSubject } from '../../../domain/index.ts';
import { fileHeaders } from '../../../wire/file-headers.ts';
import { among, literal } from '../../../wire/resource/conditions.ts';
import { column, computed } from '../../../wire/resource/mapping.ts';
import { readId } from '../../../wire/resource/operation.ts';
import type { ReadQuery } from '../../../wire/resource/query.ts';
import { declare, operation } from '../desk.ts';
import { badRequest, ReapitFault } from '../faults.ts';
import { givenBreaches, readGivenData, readGivenUrl } from '../files/given.ts';

const AT = { data: 'fileData', url: 'fileUrl' };

/** Documents of a contact and of the roles that it has (contracts/reapit.md §4.3). */
const wantsRoles = (query: ReadQuery) => query.includeRoleDocuments?.[0] === true;

export const documents = declare('documents', (desk) => ({
  source: desk.domain.records.document,
  fields: {
    associatedType: column('subject_type'),
    associatedId: computed<string | null>({
      columns: ['subject_id', 'subject_code'],
      read: ({ subject_code }) => subject_code,
      write: (code, { subject_type }) => (isKnownSubject(String(subject_type)) ? { subject_id: code } : { subject_code: code }),
    }),
    typeId: column('type_code'),
    isPrivate: computed<boolean | null>({
      columns: ['audience'],
      read: ({ audience }) => audience === 'private',
      // what everybody may see stays so
      write: (isPrivate, { audience }) => ({ audience: isPrivate ? 'private' : audience === 'public' ? 'public' : 'office' }),
    }),
    fileData: computed({ columns: ['file_bytes'], read: () => null, write: (data) => given(readGivenData(data)) }),
    fileUrl: computed({
      columns: ['file_upload'],
      read: () => null,
      write: (url) => given(readGivenUrl(desk, 'documents', url)),
    }),
  },
  filters: {
    associatedId: (values: readonly string[], query) =>
      wantsRoles(query)
        ? { kind: 'question', name: 'of_contact', values: values.map((code) => literal('text', code.toUpperCase())) }
        : among('subject_code', values),
    associatedType: (values: readonly string[], query) => (wantsRoles(query) ? undefined : among('subject_type', values)),
    includeRoleDocuments: () => undefined,
  },
  links: { type: 'typeId' },
  embeds: { documentType: 'type' },
  where(query) {
    const { associatedId = [], associatedType = [] } = query;
    if (wantsRoles(query) && (associatedId.length !== 1 || associatedType.length !== 1 || associatedType[0] !== 'contact'))
      throw badRequest('includeRoleDocuments is only asked with associatedType=contact and exactly one associatedId.');
    return undefined;
  },
  check: ({ fileData, fileUrl }, before) => (before ? [] : givenBreaches(desk, { data: fileData, url: fileUrl }, AT)),
}));

const given = (file: unknown) => (file === undefined ? {} : { file });

/** Does the caller take these bytes? No header, `application/octet-stream`, the type itself, or a range of them. */
function takes(accept: string | undefined, type: string): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  const [family = ''] = type.split('/');
  const fitting = new Set(['*/*', '*', 'application/octet-stream', 'application/*', type, `${family}/*`]);
  return accept.split(',').some((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return fitting.has(name) && !parameters.some((one) => /^q\s*=\s*0(\.0*)?$/.test(one));
  });
}

export const downloadDocument = operation('documents/{id}/download', 'GET', '/documents/{id}/download', ({ domain }) => {
  return async ({ caller: { actor }, ids: [id], request }) => {
    const row = await domain.records.document.byCode(actor, readId(id, 'document'));
    const opened = await domain.documents.openFile(actor, row.id);
    if (!opened) throw new ReapitFault(406, 'The document has no file');
    const { document, size, stream } = opened;
    if (!takes(request.headers.accept, document.sniffed_type)) {
      stream.destroy();
      throw new ReapitFault(406, `The file is ${document.sniffed_type}; ask for it with Accept: application/octet-stream`);
    }
    return { answer: { status: 200, headers: fileHeaders(document.name), bytes: { stream, size, type: document.sniffed_type } } };
  };
});
