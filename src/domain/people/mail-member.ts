import { statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import { type NewMail, queueMail } from '../mail/index.ts';

const address = statement<{ email: string | null }>('member.mail', 'select email from member where org_id = $1 and id = $2');

/** Tells a member; one without an address hears nothing. */
export async function mailMember(
  tx: Tx,
  what: Happening,
  memberId: number,
  mail: Pick<NewMail, 'kind' | 'subject' | 'body'>,
): Promise<void> {
  const [member] = await tx.rows(address, [what.actor.orgId, memberId]);
  if (member?.email) await queueMail(tx, what, { ...mail, to: member.email, memberId });
}

/** `Una Sub (una@example.com)` */
export const withAddress = (name: string, email: string | null): string =>
  email === null || email === '' || email === name ? name : `${name} (${email})`;
