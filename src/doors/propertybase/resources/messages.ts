import type { Person, Recipient } from '../../../domain/index.ts';
import { all, equal, some } from '../../../wire/resource/conditions.ts';
import { askedOnce } from '../asked-once.ts';
import type { Desk, Model } from '../desk.ts';
import { computed, MOMENTARY, of } from '../fields.ts';
import { byId, byPart, byWord, when, wordsOf } from '../filters.ts';
import { type Filter, ofLead, type Resource, type Written } from '../resource.ts';
import { sanitise } from '../sanitise.ts';
import { TEXTS } from '../words.ts';
import { personType } from './assignee.ts';

const PEOPLE = ['Agent', 'Employee', 'Team', 'Lead'] as const;
const kindOf = (type: string) => (type === 'Lead' ? 'contact' : type.toLowerCase());
const nounOf = (type: string) => (type === 'Team' ? 'team' : type === 'Lead' ? 'contact' : 'member');

type Told = { readonly sender: Person | undefined; readonly recipients: readonly Recipient[]; readonly texts: readonly string[] };

const toldOf = askedOnce(async ({ domain }: Desk, { caller, sent }: Written): Promise<Told> => {
  const { actor } = caller;
  const texts: string[] = [];
  const given = (sent.recipients ?? []) as readonly Model[];
  const asked = [
    ...given.map((one) => ({ type: PEOPLE.find((word) => word === one.person_type) ?? 'Lead', id: Number(one.person_id) })),
    ...(given.length === 0 && typeof sent.lead_id === 'number' ? [{ type: 'Lead', id: sent.lead_id }] : []),
  ];
  const senderType = (sent.sender_person_type as string | undefined) ?? 'Agent';
  const senderId = sent.sender_person_id as number | null | undefined;
  const refs = [...asked, ...(typeof senderId === 'number' ? [{ type: senderType, id: senderId }] : [])];
  const people = await domain.persons(
    actor,
    refs.filter(({ id }) => Number.isSafeInteger(id)).map(({ type, id }) => ({ kind: nounOf(type), id })),
  );
  const find = ({ type, id }: { type: string; id: number }) => {
    const person = people.get(`${nounOf(type)} ${id}`);
    return person && personType(person.kind) === type ? person : undefined;
  };
  const recipients = asked.flatMap((one) => {
    const person = find(one);
    if (!person) texts.push('Recipient does not exist');
    return person ? [{ kind: kindOf(one.type) as Recipient['kind'], id: person.id, name: person.name, email: person.email }] : [];
  });
  if (asked.length === 0) texts.push(TEXTS.blank('recipients'));
  let sender: Person | undefined;
  if (typeof senderId === 'number') {
    sender = find({ type: senderType, id: senderId });
    if (!sender) texts.push('Sender does not exist');
  } else if (typeof sent.sender_email === 'string' && sent.sender_email !== '') {
    sender = await domain.personOfEmail(actor, sent.sender_email);
    if (!sender) texts.push('Sender does not exist');
  } else {
    const broker = await domain.people.leads.primaryBroker(actor);
    sender = broker && (await domain.persons(actor, [{ kind: 'member', id: broker.id }])).get(`member ${broker.id}`);
  }
  return { sender, recipients, texts };
});

const byRecipient =
  (field: string): Filter =>
  (values, name) => {
    const condition = byId(field)(values, name);
    return condition && some('recipients', condition);
  };

type Kept = {
  kind: string;
  id: number;
  name: string | null;
  email: string | null;
  read_at: string | null;
  delivered_at: string | null;
};
const stamp = (text: string | null) => (text === null ? null : new Date(text).toISOString());

export const messages = (desk: Desk): Resource => ({
  name: 'messages',
  permission: 'messages',
  model: 'Message',
  models: 'Messages',
  key: 'message',
  methods: 'LGCUD',
  places: ofLead('messages'),
  source: desk.domain.records.message,
  fields: {
    ...of('string', 'rc', 'title', { required: true }),
    body: computed<string>(
      'text',
      'rc',
      { read: (row) => row.body, write: (value) => ({ body: sanitise(value) }) },
      { required: true },
    ),
    ...of('string', 'r', 'sender_name'),
    sender_person_id: computed<number | null>('int', 'rc', { read: ({ sender_id }) => sender_id, ...MOMENTARY }),
    sender_person_type: computed<string | null>(
      'string',
      'rc',
      { read: ({ sender_kind }) => personType(sender_kind as string | undefined), ...MOMENTARY },
      { words: PEOPLE },
    ),
    ...of('string', 'wc', 'sender_email', MOMENTARY),
    recipients: computed<readonly unknown[] | null>('objects', 'rc', {
      read: ({ recipients }) =>
        ((recipients ?? []) as readonly Kept[]).map(({ kind, id, name, email, read_at, delivered_at }) => ({
          person_id: id,
          person_type: personType(kind),
          name,
          email,
          read_at: stamp(read_at),
          delivered_at: stamp(delivered_at),
        })),
      ...MOMENTARY,
    }),
    ...of('bool', 'wc', 'deliver_email', {
      write: ((value: boolean | null) => ({ delivered_by_email: value === true })) as never,
    }),
    ...of('bool', 'r', 'delivered_by_email'),
    lead_id: { type: 'id', access: 'rc', of: 'Lead', column: 'contact_id' },
    parent_id: { type: 'id', access: 'rc', of: 'Message', column: 'parent_id' },
    read: computed<boolean | null>('bool', 'rw', {
      read: ({ is_read }) => is_read,
      write: (value) => ({ read: value === true }),
    }),
  },
  filters: {
    lead_id: byId('contact_id:id'),
    sender_person_id: byId('sender_id'),
    sender_person_type: byWord('sender_kind', PEOPLE, kindOf),
    recipient_person_id: byRecipient('person_id'),
    recipient_person_type: (values, name) =>
      some(
        'recipients',
        all({
          kind: 'among',
          left: { kind: 'field', name: 'kind' },
          values: wordsOf(values, name, PEOPLE).map((word) => ({ kind: 'literal', type: 'text', value: kindOf(word) })),
        }),
      ),
    unread: when((asked) => equal('is_read', !asked)),
    q: byPart('words'),
  },
  orders: { title: 'title', sender_name: 'sender_name' },
  check: async (own, written) => (written.row === null ? (await toldOf(own, written)).texts : []),
  async complete(own, written) {
    if (written.row !== null) return {};
    const { sender, recipients } = await toldOf(own, written);
    const lead = recipients.find(({ kind }) => kind === 'contact');
    const code =
      written.sent.lead_id === undefined && lead
        ? (await own.domain.codesOf(written.caller.actor, [{ noun: 'contact', id: lead.id }])).get(`contact ${lead.id}`)?.code
        : undefined;
    return {
      recipients,
      ...(sender ? { sender_kind: sender.kind, sender_id: sender.id, sender_name: sender.name } : {}),
      ...(code === undefined ? {} : { contact_id: code }),
    };
  },
});
