import { statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';

export type NewMail = {
  /** what it tells of: `lead.welcome`, `lead.assigned`, `message` … */
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** the lead it is for; it is not written to one that does not want mail (domain-people §3.2) */
  readonly contactId?: number;
  readonly memberId?: number;
};

const insert = statement<never>(
  'mail.insert',
  `insert into mail (org_id, kind, recipient, subject, body, contact_id, member_id, created_at)
   select $1, $2, $3, $4, $5, $6::bigint, $7::bigint, $8
   where $6::bigint is null or exists (select from contact c where c.org_id = $1 and c.id = $6 and c.deleted_at is null
     and c.marketing_consent <> 'deny' and c.pref_email is distinct from false)`,
);

/** Puts a mail into the outbox: it goes out if and only if the transaction commits. */
export async function queueMail(tx: Tx, { actor, at }: Happening, mail: NewMail): Promise<void> {
  const { kind, to, subject, body, contactId = null, memberId = null } = mail;
  if (to.trim() === '') return;
  await tx.rows(insert, [actor.orgId, kind, to, subject.replaceAll(/[\r\n]+/g, ' '), body, contactId, memberId, at]);
}
