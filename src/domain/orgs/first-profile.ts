import { statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';

const add = statement<never>(
  'member.new_profile',
  `insert into profile (org_id, type, member_id, name, company, is_default, created_at, updated_at, created_door)
   select $1, 'INDIVIDUAL', m.id, trim(concat(m.first_name, ' ', m.last_name)), g.name, true, $3, $3, $4
   from member m join organisation g on g.id = m.org_id
   where m.org_id = $1 and m.id = $2 and not exists (select from profile p where p.org_id = $1 and p.member_id = $2)`,
);

/** Whoever can sign in has a profile to keep loops under (domain-people §3.3). */
export const addFirstProfile = (tx: Tx, { actor, at }: Happening, memberId: number): Promise<unknown> =>
  tx.rows(add, [actor.orgId, memberId, at, actor.door]);
