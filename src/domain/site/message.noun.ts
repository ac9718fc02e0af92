import { statement } from '../../db/index.ts';
import { queueMail } from '../mail/index.ts';
import { boolean, integer, noun, ref, text } from '../records/index.ts';
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
  `insert into message_recipient (org_id, message_id, kind, person_id, position, name, email, delivered_at)
   select $1, $2, r.kind, r.id, r.position, r.name, r.email, case when $4 and r.email is not null then $5::timestamptz end
   from jsonb_to_recordset($3::jsonb) as r (kind text, id bigint, position int, name text, email text)
   on conflict do nothing`,
);
const markRead = statement<never>(
  'message.mark_read',
  `update message_recipient set read_at = case when $3 then coalesce(read_at, $4::timestamptz) end where org_id = $1 and message_id = $2`,
);

const RECIPIENTS = `message_recipient r where r.org_id = t.org_id and r.message_id = t.id`;
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
      'read_at', r.read_at, 'delivered_at', r.delivered_at) order by r.position), '[]') from ${RECIPIENTS})`,
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
  async after({ tx, what, before, after, taken }) {
    const { orgId } = what.actor;
    const recipients = (taken.recipients ?? []) as readonly Recipient[];
    if (!before) {
      const rows = recipients.map((one, position) => ({ ...one, position }));
      await tx.rows(insert, [orgId, after.id, JSON.stringify(rows), after.delivered_by_email, what.at]);
    }
    if (typeof taken.read === 'boolean') await tx.rows(markRead, [orgId, after.id, taken.read, what.at]);
    if (before || !after.delivered_by_email) return;
    for (const { kind, id, email } of recipients)
      if (email)
        await queueMail(tx, what, {
          kind: 'message',
          to: email,
          subject: after.title ?? '',
          body: after.body ?? '',
          ...(kind === 'contact' ? { contactId: id } : {}),
        });
  },
});
