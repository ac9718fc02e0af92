import { type Querier, statement, type Tx } from '../../db/index.ts';

/** The kind of mail that an invitation is. */
export const INVITATION = 'portal.invitation';

export type Invited = {
  readonly org_id: number;
  readonly contact_id: number;
  readonly login_name: string;
  /** how the mail calls its reader */
  readonly name: string;
  readonly brokerage: string;
};

const NAME = `coalesce(c.display_name, nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.company_name, c.email, '')`;

// An invitation that went to a former address of the contact is nobody's any more.
const find = statement<Invited>(
  'invitation.find',
  `select m.org_id, c.id as contact_id, l.login_name, ${NAME} as name, g.name as brokerage
   from mail m join organisation g on g.id = m.org_id
   join contact c on c.org_id = m.org_id and c.id = m.contact_id and c.deleted_at is null and c.email_key = lower(m.recipient)
   join contact_login l on l.org_id = c.org_id and l.contact_id = c.id and l.enabled and l.password_hash is null
   where m.org_id = $1 and m.id = $2 and m.kind = '${INVITATION}' and m.created_at > $3`,
);
export const findInvited = async (q: Querier, orgId: number, mailId: number, since: Date): Promise<Invited | undefined> =>
  (await q.rows(find, [orgId, mailId, since]))[0];

const accept = statement<{ contact_id: number }>(
  'invitation.accept',
  `update contact_login set password_hash = $3, updated_at = $4, version = version + 1
   where org_id = $1 and contact_id = $2 and enabled and password_hash is null returning contact_id`,
);
/** False when there is a password by now. */
export const saveFirstPassword = async (tx: Tx, { org_id, contact_id }: Invited, hash: string, at: Date): Promise<boolean> =>
  (await tx.rows(accept, [org_id, contact_id, hash, at])).length > 0;

const words = statement<{ brokerage: string; agent: string | null }>(
  'invitation.words',
  `select g.name as brokerage, coalesce(m.display_name, nullif(concat_ws(' ', m.first_name, m.last_name), '')) as agent
   from organisation g left join member m on m.org_id = g.id and m.id = $2 where g.id = $1`,
);
/** Who invites: the brokerage, and the member for whom it is done. */
export const findInviter = async (tx: Tx, orgId: number, memberId: number | null) =>
  (await tx.rows(words, [orgId, memberId]))[0] ?? { brokerage: '', agent: null };
