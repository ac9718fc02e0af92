import { statement, type Tx } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import { queueMail } from '../mail/index.ts';
import { boolean, type Columns, integer, noun, type RowOf, ref, text } from '../records/index.ts';
import { OF_LIVE_LEADS } from './listing-of.ts';

export type PersonKind = 'agent' | 'employee' | 'team' | 'contact';
export type Recipient = {
  readonly kind: PersonKind;
  readonly id: number;
  readonly name: string | null;
  readonly email: string | null;
};

const insert = statement<never>(
  'message.recipients',
  `insert into message_recipient (org_id, message_id, kind, person_id, position, name, email, mail_id)
   select $1, $2, r.kind, r.id, r.position, r.name, r.email, r.mail
   from jsonb_to_recordset($3::jsonb) as r (kind text, id bigint, position int, name text, email text, mail bigint)
   on conflict do nothing`,
);
const markRead = statement<never>(
  'message.mark_read',
  `update message_recipient set read_at = case when $3 then coalesce(read_at, $4::timestamptz) end where org_id = $1 and message_id = $2`,
);

const senders = statement<{ email: string | null }>(
  'message.sender',
  `select m.email from member m where $2 in ('agent', 'employee') and m.org_id = $1 and m.id = $3
   union all select t.email from team t where $2 = 'team' and t.org_id = $1 and t.id = $3
   union all select c.email from contact c where $2 = 'contact' and c.org_id = $1 and c.id = $3`,
);

type Message = Pick<RowOf<Columns>, 'id'> & {
  readonly title: string | null;
  readonly body: string | null;
  readonly sender_kind: string | null;
  readonly sender_id: number | null;
};
const HAS_MARKUP = /<[a-z/]|&(?:#\d+|\w+);/i;

/** Mails a message to all who have an address; an answer goes to whoever wrote it. */
async function mailAll(tx: Tx, what: Happening, message: Message, recipients: readonly Recipient[]) {
  const { title, body, sender_kind, sender_id } = message;
  const [sender] = sender_id === null ? [] : await tx.rows(senders, [what.actor.orgId, sender_kind, sender_id]);
  const mailed: (Recipient & { readonly mail?: number | undefined })[] = [];
  for (const one of recipients)
    mailed.push({
      ...one,
      mail: await queueMail(tx, what, {
        kind: 'message',
        to: one.email ?? '',
        subject: title ?? '',
        body: body ?? '',
        isHtml: HAS_MARKUP.test(body ?? ''),
        replyTo: sender?.email ?? null,
        ...(one.kind === 'contact' ? { contactId: one.id } : {}),
      }),
    });
  return mailed;
}

const RECIPIENTS = `message_recipient r where r.org_id = t.org_id and r.message_id = t.id`;
// By mail once the mail is out.
const DELIVERED = 'coalesce(r.delivered_at, (select m.sent_at from mail m where m.org_id = r.org_id and m.id = r.mail_id))';
const IS_READ = `not exists (select from ${RECIPIENTS} and r.read_at is null)`;

/** Something that people of the brokerage and leads write to each other at the site. */
export const messageNoun = noun({
  name: 'message',
  columns: {
    title: text({ required: true }),
    body: text({ required: true }),
    sender_kind: text(),
    sender_id: integer(),
    sender_name: text(),
    contact_id: ref('contact'),
    parent_id: ref('message'),
    delivered_by_email: boolean({ required: true }),
  },
  code: 'none',
  label: ({ title }) => title ?? '',
  shown: OF_LIVE_LEADS,
  takes: ['recipients', 'read'],
  reads: {
    is_read: IS_READ,
    recipients: `(select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'id', r.person_id, 'name', r.name, 'email', r.email,
      'read_at', r.read_at, 'delivered_at', ${DELIVERED}) order by r.position), '[]') from ${RECIPIENTS})`,
  },
  fields: {
    is_read: { sql: `(${IS_READ})`, type: 'boolean', required: true },
    words: { sql: 't.words', type: 'text', caseless: 't.words', required: true },
  },
  collections: {
    recipients: {
      from: RECIPIENTS,
      fields: {
        kind: { sql: 'r.kind', type: 'text' },
        person_id: { sql: 'r.person_id', type: 'integer' },
        unread: { sql: '(r.read_at is null)', type: 'boolean' },
      },
    },
  },
  async after(context) {
    const { tx, what, before, after, taken } = context;
    const { orgId } = what.actor;
    if (!before) {
      const all = (taken.recipients ?? []) as readonly Recipient[];
      const recipients = new Map(all.map((one) => [`${one.kind} ${one.id}`, one])).values();
      const mails = after.delivered_by_email ? await mailAll(tx, what, after, [...recipients]) : [...recipients];
      await tx.rows(insert, [orgId, after.id, JSON.stringify(mails.map((one, position) => ({ ...one, position })))]);
    }
    if (typeof taken.read === 'boolean') await tx.rows(markRead, [orgId, after.id, taken.read, what.at]);
  },
});
