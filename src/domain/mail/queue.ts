import { statement, type Tx } from '../../db/index.ts';
import { follow, type Happening } from '../../events/index.ts';
import { DELIVER_MAIL, deliveryOf } from './delivery.ts';
import { wantedSql } from './wanted.ts';

/** What a lead may end by the link at the foot of a mail, besides all mails of the brokerage. */
export type MailList = { readonly kind: 'saved_search' | 'market_report'; readonly id: number };

export type NewMail = {
  /** what it tells of: `lead.welcome`, `lead.assigned`, `message` … */
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  /** plain text, unless `isHtml`; the mail that goes out has both */
  readonly body: string;
  readonly isHtml?: boolean;
  /** whom an answer goes to; absent: the brokerage */
  readonly replyTo?: string | null;
  /** the lead it is for; it is not written to one that does not want mail (domain-people §3.2) */
  readonly contactId?: number;
  readonly memberId?: number;
  readonly list?: MailList;
};

const insert = statement<{ id: number }>(
  'mail.insert',
  `insert into mail (org_id, kind, recipient, subject, body, is_html, reply_to, contact_id, member_id, list_kind, list_id, created_at, next_at)
   select w.*, $12, $12 from (select $1::bigint as org_id, $2::text as kind, $3::text as recipient, $4::text, $5::text, $6::boolean, $7::text,
     $8::bigint as contact_id, $9::bigint, $10::text, $11::bigint) w
   where ${wantedSql('w')} returning id`,
);

/**
 * Puts a mail into the outbox: it goes out if and only if the transaction commits.
 * @returns its id; undefined where nobody wants it
 */
export async function queueMail(tx: Tx, { actor, at }: Happening, mail: NewMail): Promise<number | undefined> {
  const { kind, to, subject, body, isHtml = false, replyTo = null, contactId = null, memberId = null, list } = mail;
  const { orgId } = actor;
  if (to.trim() === '') return undefined;
  const values = [kind, to.trim(), subject, body, isHtml, replyTo, contactId, memberId, list?.kind ?? null, list?.id ?? null, at];
  const [made] = await tx.rows(insert, [orgId, ...values]);
  if (!made) return undefined;
  const { payload, options } = deliveryOf({ org_id: orgId, id: made.id }, 0);
  await follow(tx, DELIVER_MAIL, payload, options);
  return made.id;
}
