import { type Statement, statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import { type Breach, conflict, invalidMember } from '../../kernel/fault.ts';
import { uniqueBreaches } from '../unique.ts';
import { addFirstProfile } from './first-profile.ts';
import { inviteMember } from './invited-member.ts';
import { type MlsNumber, replaceMlsNumbers } from './mls-number.store.ts';

/** What the site's door writes of people and offices besides their columns. */
export const STAFF_TAKES = ['password_hash', 'mls_numbers', 'reassign_to', 'files'] as const;

const officeNames = statement<{ id: number }>(
  'office.of_name',
  'select id from office where org_id = $1 and name_key = $2 and deleted_at is null',
);
// Logins count too, for the address is what people sign in with.
const staffEmails = statement<{ id: number }>(
  'member.of_email',
  `select id from member where org_id = $1 and email_key = $2 and deleted_at is null
   union all
   select coalesce(m.id, -u.id) from app_user u
   left join member m on m.org_id = u.org_id and m.user_id = u.id and m.deleted_at is null
   where u.org_id = $1 and u.email_key = $2 and u.deleted_at is null`,
);

type Named = { readonly id: number; readonly name: string | null };
type Person = {
  readonly id: number;
  readonly email: string | null;
  readonly active: boolean | null;
};

export const officeBreaches = (tx: Tx, what: Happening, before: Named | null, { id, name }: Named): Promise<Breach[]> =>
  before?.name === name
    ? Promise.resolve([])
    : uniqueBreaches(tx, what, { kind: 'office-name', at: 'name', value: name, id, holders: officeNames });

export const memberBreaches = (tx: Tx, what: Happening, before: Person | null, { id, email }: Person): Promise<Breach[]> =>
  before?.email === email
    ? Promise.resolve([])
    : uniqueBreaches(tx, what, { kind: 'staff-email', at: 'email', value: email, id, holders: staffEmails });

const newLogin = statement<{ id: number }>(
  'member.new_login',
  `insert into app_user (org_id, email, password_hash, status, created_at, updated_at)
   values ($1, $2, $3, case when $3::text is null then 'invited' else 'active' end, $4, $4)
   on conflict (org_id, email_key) where deleted_at is null do nothing returning id`,
);
const linkLogin = statement<never>('member.link_login', 'update member set user_id = $3 where org_id = $1 and id = $2');
const changeLogin = statement<never>(
  'member.change_login',
  `update app_user u set email = coalesce($3, u.email), password_hash = coalesce($4, u.password_hash),
     status = case when u.status = 'invited' and $4::text is not null then 'active' else u.status end, updated_at = $5, version = u.version + 1
   from member m where m.org_id = $1 and m.id = $2 and u.org_id = m.org_id and u.id = m.user_id and u.deleted_at is null`,
);
const closeLogin = statement<never>(
  'member.close_login',
  `update app_user u set status = 'closed', deleted_at = $3, updated_at = $3, version = u.version + 1
   from member m where m.org_id = $1 and m.id = $2 and u.org_id = m.org_id and u.id = m.user_id and u.deleted_at is null`,
);

/** A person that the site makes has a login at once, invited until there is a password (domain-people §3.3). */
export async function followMember(
  tx: Tx,
  what: Happening,
  before: Person | null,
  after: Person,
  taken: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { actor, at } = what;
  if (actor.door !== 'propertybase') return;
  const hash = (taken.password_hash as string | null | undefined) ?? null;
  if (!before && after.email) {
    const [login] = await tx.rows(newLogin, [actor.orgId, after.email, hash, at]);
    if (login) await tx.rows(linkLogin, [actor.orgId, after.id, login.id]);
  } else if (before && (before.email !== after.email || hash !== null))
    await tx.rows(changeLogin, [actor.orgId, after.id, before.email === after.email ? null : after.email, hash, at]);
  if (hash !== null) await addFirstProfile(tx, what, after.id);
  else if (before?.email !== after.email || before.active !== after.active) await inviteMember(tx, what, after.id);
}

/** @throws Fault invalid for an MLS that the site does not have */
export async function followNumbers(
  tx: Tx,
  what: Happening,
  of: { readonly memberId?: number; readonly officeId?: number },
  taken: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (taken.mls_numbers === undefined) return;
  const unknown = await replaceMlsNumbers(tx, what.actor.orgId, of, (taken.mls_numbers ?? []) as readonly MlsNumber[]);
  if (unknown.length > 0) throw invalidMember('mls_name', 'value', 'Mls name is invalid');
}

type Counted = { readonly needed: string | null };
const needs = (name: string, text: string): Statement<Counted> => statement<Counted>(`site.needs_${name}`, text);

const OFFICE = needs(
  'office',
  `select case when kind = 'agent' then 'Office has active agents' else 'Office has active employees' end as needed
   from member where org_id = $1 and office_id = $2 and active and deleted_at is null order by kind`,
);
const MEMBER = needs(
  'member',
  `select 'Agent has assigned leads' as needed where exists (select from contact where org_id = $1
     and facets && array[$1::bigint::text || ':member:' || $2::bigint::text] and member_ids[1] = $2::bigint and deleted_at is null and lead_deleted_at is null)
     and exists (select from member where org_id = $1 and id = $2 and kind = 'agent')
   union all
   select case kind when 'agent' then 'Agent has open tasks' else 'Employee has open tasks' end from member m where m.org_id = $1 and m.id = $2
     and exists (select from task where org_id = $1 and assignee_kind = 'member' and assignee_id = $2 and completed_at is null and deleted_at is null)`,
);
const TEAM = needs(
  'team',
  `select 'Team has assigned leads' as needed where exists (select from contact where org_id = $1 and team_id = $2
     and deleted_at is null and lead_deleted_at is null)
   union all
   select 'Team has open tasks' where exists (select from task where org_id = $1 and assignee_kind = 'team' and assignee_id = $2
     and completed_at is null and deleted_at is null)`,
);
const NEEDS = { office: OFFICE, member: MEMBER, team: TEAM };

/** What is needed is deactivated, and not deleted (G09). @throws Fault conflict */
export async function refuseNeeded(tx: Tx, what: Happening, noun: keyof typeof NEEDS, id: number): Promise<void> {
  if (what.actor.door !== 'propertybase') return;
  const [found] = await tx.rows(NEEDS[noun], [what.actor.orgId, id]);
  if (found?.needed) throw conflict(`${noun}.needed`, found.needed);
  if (noun === 'member') await tx.rows(closeLogin, [what.actor.orgId, id, what.at]);
}
