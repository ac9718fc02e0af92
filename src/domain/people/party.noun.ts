import { type Statement, statement } from '../../db/index.ts';
import { invalidMember } from '../../kernel/fault.ts';
import { holdKey } from '../guard.ts';
import { anyRef, boolean, date, instant, integer, noun, ref, text, type WriteContext } from '../records/index.ts';

/** The columns that say what a party stands in: exactly one is set. */
export const ROLE_COLUMNS = ['applicant_id', 'landlord_id', 'vendor_id', 'tenancy_id', 'offer_id'] as const;
export type RoleColumn = (typeof ROLE_COLUMNS)[number];

const columns = {
  applicant_id: ref('applicant'),
  landlord_id: ref('landlord'),
  vendor_id: ref('vendor'),
  tenancy_id: ref('tenancy'),
  offer_id: ref('offer'),
  associated_kind: text({ required: true }),
  associated_id: anyRef('associated_kind', { contact: 'contact', company: 'company' }, { required: true }),
  contact_id: ref('contact', { readOnly: true }),
  company_id: ref('company', { readOnly: true }),
  is_main: boolean({ required: true }),
  position: integer({ required: true }),
  occupy_on: date(),
  vacate_on: date(),
  archived_at: instant(),
};
type Context = WriteContext<typeof columns>;

/** One statement for each role, so that each goes by its own index. */
const eachRole = <R>(name: string, sql: (role: RoleColumn) => string) =>
  Object.fromEntries(ROLE_COLUMNS.map((role) => [role, statement<R>(`party.${name}.${role}`, sql(role))])) as unknown as Readonly<
    Record<RoleColumn, Statement<R>>
  >;

type Fellow = { readonly id: number; readonly is_main: boolean; readonly same: boolean };
const fellows = eachRole<Fellow>(
  'fellows',
  (role) => `select id, is_main, associated_kind = $3 and associated_id = $4 as same from party
   where org_id = $1 and ${role} = $2 and deleted_at is null and archived_at is null and vacate_on is null`,
);

const roleOf = (context: Pick<Context, 'idOf'>): { column: RoleColumn; id: number } | undefined =>
  ROLE_COLUMNS.flatMap((column) => {
    const id = context.idOf(column);
    return id === null ? [] : [{ column, id }];
  })[0];

/** Who else stands in the role; nobody else comes or goes until the transaction ends. */
async function fellowsOf(context: Pick<Context, 'tx' | 'what' | 'after' | 'idOf'>): Promise<Fellow[]> {
  const { tx, what, after } = context;
  const role = roleOf(context);
  if (!role) return [];
  await holdKey(tx, what.actor.orgId, 'party', `${role.column} ${role.id}`);
  return tx.rows(fellows[role.column], [what.actor.orgId, role.id, after.associated_kind, context.idOf('associated_id')]);
}

/** Rows that hooks of a deletion see have codes and no ids, so the role is read from the tombstone. */
const remaining = eachRole<{ id: number }>(
  'remaining',
  (role) => `select o.id from party o
   where o.org_id = $1 and o.${role} = (select p.${role} from party p where p.org_id = $1 and p.id = $2)
     and o.deleted_at is null and o.archived_at is null limit 1`,
);

/** Archived with its role, or on its own. */
const ARCHIVED = `(t.archived_at is not null or exists (
    select from applicant a where a.org_id = t.org_id and a.id = t.applicant_id and a.archived_at is not null)
  or exists (select from tenancy y where y.org_id = t.org_id and y.id = t.tenancy_id and y.archived_at is not null)
  or exists (select from property p where p.org_id = t.org_id and p.id = t.vendor_id and p.archived_at is not null))`;

/** A contact or a company in a role (domain-property §5.1). The one that is main speaks for the others. */
export const partyNoun = noun({
  name: 'party',
  columns,
  code: { width: 11, office: [...ROLE_COLUMNS] },
  offices: ROLE_COLUMNS,
  label: ({ associated_id }) => associated_id ?? '',
  reads: { archived: ARCHIVED },
  fields: { archived: { sql: ARCHIVED, type: 'boolean', required: true } },
  derive: ({ is_main }) => (is_main === null ? { is_main: false } : {}),
  async check(context) {
    if (context.before) return [];
    if (context.after.associated_id === null)
      return [{ in: 'body', at: 'associated_id', reason: 'required', message: 'Associated id must be provided' }];
    const isThere = (await fellowsOf(context)).some(({ same }) => same);
    return isThere
      ? [{ in: 'body', at: 'associated_id', reason: 'value', message: 'This contact or company is related already' }]
      : [];
  },
  async after(context) {
    const { before, after, other } = context;
    if (!after.is_main || before?.is_main) return;
    const former = (await fellowsOf(context)).filter(({ id, is_main }) => is_main && id !== after.id);
    for (const { id } of former) await other('party').update(id, { is_main: false });
  },
  async removed({ tx, what, row }) {
    const role = ROLE_COLUMNS.find((column) => row[column] !== null);
    if (!row.is_main || !role) return;
    const others = await tx.rows(remaining[role], [what.actor.orgId, row.id]);
    if (others.length > 0)
      throw invalidMember(
        'is_main',
        'value',
        'The main relationship cannot be deleted while there are others: make another the main one',
      );
  },
});

/** A person or a firm that somebody names in a list of those related. */
export type NewParty = { readonly kind: string | null; readonly code: string };

/** Puts those that a new row names into its role: the first is the main one. */
export async function makeParties(
  { after, other }: Pick<WriteContext<Record<never, never>>, 'after' | 'other'>,
  role: RoleColumn,
  parties: readonly NewParty[],
): Promise<void> {
  const wanted = new Map(parties.map((party) => [`${party.kind ?? 'contact'} ${party.code.toUpperCase()}`, party]));
  for (const [i, { kind, code }] of [...wanted.values()].entries())
    await other('party').create({
      [role]: after.code,
      associated_kind: kind ?? 'contact',
      associated_id: code,
      is_main: i === 0,
      position: i,
    });
}
