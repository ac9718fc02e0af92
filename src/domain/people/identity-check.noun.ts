import { type Statement, statement } from '../../db/index.ts';
import { type GivenFile, givenFileBreaches } from '../given-file.ts';
import { anyRef, date, json, noun, ref, TIMES, text, type WriteContext } from '../records/index.ts';

/** What was shown to prove who somebody is; its picture, where one was sent, is a document of its own. */
export type IdentityDocument = {
  readonly typeId?: string;
  readonly expiry?: string;
  readonly details?: string;
  /** code of the document */
  readonly documentId?: string;
};
/** A picture that comes along. */
export type IdentityFile = { readonly name: string; readonly file: GivenFile };

const columns = {
  contact_kind: text({ required: true }),
  contact_id: anyRef('contact_kind', { contact: 'contact', company: 'company' }),
  check_date: date({ required: true }),
  status: text({ required: true }),
  member_id: ref('member'),
  document1: json<IdentityDocument | null>(),
  document2: json<IdentityDocument | null>(),
};
type Context = WriteContext<typeof columns>;

const show = statement<never>(
  'contact.show_identity_status',
  `update contact c set identity_status = coalesce(
     (select i.status from identity_check i where i.org_id = c.org_id and i.contact_kind = 'contact' and i.contact_id = c.id and i.deleted_at is null
      order by i.check_date desc, i.id desc limit 1), 'unchecked')
   where c.org_id = $1 and c.id = $2`,
);
const attach = (column: 'document1' | 'document2'): Statement<never> =>
  statement<never>(
    `identity_check.attach_${column}`,
    `update identity_check set ${column} = coalesce(${column}, '{}') || jsonb_build_object('documentId', $3::text) where org_id = $1 and id = $2`,
  );
const FILES = [
  { taken: 'file1', member: 'identityDocument1', attach: attach('document1') },
  { taken: 'file2', member: 'identityDocument2', attach: attach('document2') },
] as const;

const filesOf = ({ taken }: Pick<Context, 'taken'>) =>
  FILES.flatMap((place) => {
    const given = taken[place.taken] as IdentityFile | undefined;
    return given ? [{ ...place, given }] : [];
  });

/** Pictures become documents about the check, which nobody outside of the brokerage sees. */
async function keepFiles(context: Context): Promise<void> {
  const { tx, what, after, other } = context;
  for (const { given, attach: attachTo } of filesOf(context)) {
    const about = { subject_type: 'idCheck', subject_id: after.code, audience: 'private' };
    const document = await other('document').create({ ...about, name: given.name, file: given.file });
    await tx.rows(attachTo, [what.actor.orgId, after.id, document.code]);
  }
}

/** A contact shows the status of its latest check; the column is kept for reading and moves no version (domain-people §1.1.4). */
export const identityCheckNoun = noun({
  name: 'identity_check',
  columns,
  kept: [{ name: 'identity_check', keys: TIMES }],
  code: { width: 11, office: ['contact_id', 'member_id'] },
  label: ({ status }) => status ?? '',
  offices: 'member_id',
  metadataType: 'identityCheck',
  takes: ['file1', 'file2'],
  async check(context) {
    const { tx, what } = context;
    const all = filesOf(context).map(({ given, member }) => givenFileBreaches(tx, what.actor, given.file, `${member}.fileUrl`));
    return (await Promise.all(all)).flat();
  },
  async after(context) {
    const { tx, what, after, idOf } = context;
    await keepFiles(context);
    if (after.contact_kind === 'contact') await tx.rows(show, [what.actor.orgId, idOf('contact_id')]);
  },
});
