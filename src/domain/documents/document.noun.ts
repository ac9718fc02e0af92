import { sql } from 'kysely';
import { statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import type { Breach } from '../../kernel/fault.ts';
import { beginningOf } from '../../kernel/storable.ts';
import { touchDeal } from '../deals/index.ts';
import { type GivenFile, givenFileBreaches, type KeptFile, keepGivenFile } from '../given-file.ts';
import { anyRef, idKey, integer, noun, option, ref, TIMES, text } from '../records/index.ts';
import { touchFolder } from './folder.store.ts';
import { propertyDocumentsChanged } from './property-folder.ts';

/** What a document may be about, by the words that doors say (domain-property §6.1). Of the others only the code is kept. */
const SUBJECTS = {
  applicant: 'applicant',
  certificate: 'certificate',
  contact: 'contact',
  idCheck: 'identity_check',
  keySet: 'key_set',
  landlord: 'landlord',
  nominalTransaction: 'ledger_entry',
  property: 'property',
  supplierInvoice: 'ledger_entry',
  tenancy: 'tenancy',
  tenancyCheck: 'tenancy_part',
  tenancyRenewal: 'tenancy_part',
  renewalNegotiation: 'tenancy_part',
  worksOrder: 'works_order',
};
export const isKnownSubject = (type: string): boolean => Object.hasOwn(SUBJECTS, type);

const addVersion = statement<never>(
  'document.first_version',
  `with d as (update document set added_by = $5 where org_id = $1 and id = $2 returning id)
   insert into document_version (org_id, document_id, n, blob_id, file_name, added_by, created_at)
   select $1, d.id, 1, $3, $4, $5, $6 from d`,
);

const folderOf = statement<{ id: number; deal_id: number }>(
  'document.folder_of',
  'select f.id, f.deal_id from folder f where f.org_id = $1 and f.id = $2',
);

type Placed = { readonly folder_id: number | null; readonly subject_type: string | null };

/** Whoever shows the document in a loop shows that it changed (domain-property §6.1). */
async function touchPlaces(tx: Tx, what: Happening, { folder_id, subject_type }: Placed, subjectId: number | null) {
  const { orgId } = what.actor;
  const [folder] = folder_id === null ? [] : await tx.rows(folderOf, [orgId, folder_id]);
  if (folder) {
    await touchFolder(tx, orgId, folder.id, what.at);
    await touchDeal(tx, orgId, folder.deal_id, what.at);
  } else if (subject_type === 'property' && subjectId !== null) await propertyDocumentsChanged(tx, what, subjectId);
}

/** The last part of a path, without what no file system takes (domain-property §6.2). */
export const plainName = (name: string): string =>
  beginningOf(
    name
      .split(/[/\\]/)
      .map((part) => part.replaceAll(/\p{Cc}/gu, '').trim())
      .findLast((part) => part !== '' && part !== '.' && part !== '..') ?? '',
    255,
  );

const NO_NAME: Breach = { in: 'body', at: 'name', reason: 'value', message: 'The name must be one that a file may have' };

/** A document as brokerages file them: about one record. Those of loops are among them. */
export const documentNoun = noun({
  name: 'document',
  columns: {
    name: text({ required: true }),
    subject_type: text(),
    subject_id: anyRef('subject_type', SUBJECTS),
    subject_code: text(),
    type_code: option('documentTypes'),
    audience: text({ required: true }),
    added_by: ref('member', { readOnly: true }),
    folder_id: integer({ readOnly: true }),
  },
  // compares without case, as all filters of the door do; the index is on lower(subject_code)
  fields: {
    subject_code: { sql: 't.subject_code', type: 'text', caseless: true },
    subject_type: { sql: 't.subject_type', type: 'text' },
  },
  questions: {
    /** about the contact of that code, or about a role of its */
    of_contact: ([code], orgId) => sql`t.id = any (array(
      with who as materialized (
          select c.id from contact c where c.org_id = ${orgId} and c.code = ${code} and c.deleted_at is null),
        roles as materialized (
          select p.applicant_id, p.landlord_id, p.tenancy_id from who join party p
            on p.org_id = ${orgId} and p.contact_id = who.id and p.deleted_at is null),
        about as materialized (
          select 'contact' as type, id from who
          union all select 'applicant', applicant_id from roles where applicant_id is not null
          union all select 'landlord', landlord_id from roles where landlord_id is not null
          union all select 'tenancy', tenancy_id from roles where tenancy_id is not null)
      select d.id from about join document d
        on d.org_id = ${orgId} and d.subject_type = about.type and d.subject_id = about.id and d.deleted_at is null))`,
  },
  takes: ['file'],
  reads: {
    property_id: `case when t.subject_type = 'property' then t.subject_id end`,
    contact_id: `case when t.subject_type = 'contact' then t.subject_id end`,
    deal_id: `(select f.deal_id from folder f where f.org_id = t.org_id and f.id = t.folder_id)`,
  },
  deal: 'deal_id',
  kept: [{ name: 'document', keys: TIMES }],
  code: { width: 11, office: ['subject_id'] },
  resoKey: true,
  offices: 'subject_id',
  label: ({ name }) => name ?? '',
  metadataType: 'document',
  derive: ({ name, subject_id, subject_code }) => ({
    ...(name === null ? {} : { name: plainName(name) }),
    // codes never change, so what it is about is found and shown by it
    ...(subject_id === null ? {} : { subject_code: subject_id.toUpperCase() }),
    ...(subject_id === null && subject_code !== null ? { subject_code } : {}),
  }),
  async check({ tx, what, after, taken }) {
    const file = taken.file ? await givenFileBreaches(tx, what.actor, taken.file as GivenFile, 'file_upload') : [];
    return after.name === '' ? [NO_NAME, ...file] : file;
  },
  async after({ tx, what, files, before, after, taken, idOf }) {
    const { orgId, memberId } = what.actor;
    if (!before && taken.file) {
      const kept: KeptFile = await keepGivenFile(tx, files, what, taken.file as GivenFile);
      await tx.rows(addVersion, [orgId, after.id, kept.blobId, after.name, memberId, what.at]);
    }
    await touchPlaces(tx, what, after, idOf('subject_id'));
  },
  async removed({ tx, what, row }) {
    const subjectId = (row as Readonly<Record<string, unknown>>)[idKey('subject_id')];
    await touchPlaces(tx, what, row, typeof subjectId === 'number' ? subjectId : null);
  },
});
