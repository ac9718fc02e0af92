import type { Row } from '../../../kernel/record.ts';
import { anyOf, equal } from '../../../wire/resource/conditions.ts';
import type { Desk, Model } from '../desk.ts';
import { computed, of } from '../fields.ts';
import { byId, byText, byWord, wordsOf } from '../filters.ts';
import { EVENT_TYPES } from '../lists.ts';
import { after, before } from '../query.ts';
import { ofLead, type Resource } from '../resource.ts';
import { TEXTS } from '../words.ts';
import { ABOUT_FILTERS, aboutFields, knownOfListing, propertiesOf } from './activity.ts';
import { assigneeFields, byAssigneeType, creatorFields, creatorOf, leadOf, toldOf } from './assignee.ts';
import { workOf } from './tasks.ts';

/** The types of the house that are a word of the site; the others are kept as words beside them. */
const CODE_OF: Readonly<Record<string, string>> = { 'Phone Call': 'TK', Meeting: 'MT', Showing: 'VW', 'Open House': 'OH' };
const WORD_OF: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(CODE_OF).map(([word, code]) => [code, word]));
const MISCELLANEOUS = 'MI';

const typeOf = ({ type_code }: Row, kept: Model): string => {
  const word = WORD_OF[String(type_code)];
  if (word) return word;
  return type_code === MISCELLANEOUS && typeof kept.event_type === 'string' ? kept.event_type : 'Other';
};

const memberOf = ({ 'member_ids:id': ids }: Model): number | undefined =>
  Array.isArray(ids) && typeof ids[0] === 'number' ? ids[0] : undefined;
const worker = (row: Model) => {
  if (typeof row['team_id:id'] === 'number') return { kind: 'team', id: row['team_id:id'] };
  const id = memberOf(row);
  return id === undefined ? undefined : { kind: 'member', id };
};
const organiser = ({ 'organiser_id:id': id }: Model) => (typeof id === 'number' ? { kind: 'member', id } : undefined);

/** A new first one; the others stay (domain-people §1.3.2). */
const firstMember = (row: Row | null, code: string) => {
  const [, ...rest] = (row?.member_ids ?? []) as readonly string[];
  return { member_ids: [code, ...rest.filter((one) => one !== code)], team_id: null };
};

export const events = (desk: Desk): Resource => ({
  name: 'events',
  permission: 'events',
  model: 'Event',
  models: 'Events',
  key: 'event',
  methods: 'LGCUD',
  places: ofLead('events'),
  source: desk.domain.records.appointment,
  scope: equal('kind', 'event'),
  fields: {
    name: computed<string | null>(
      'string',
      'rw',
      { read: (row) => row.name ?? row.description ?? row.type_name ?? null, write: (value) => ({ name: value }) },
      { required: true },
    ),
    starts_at: { type: 'timestamp', access: 'rw', required: true },
    event_type: computed<string | null>(
      'string',
      'rw',
      {
        read: typeOf,
        write: (value) => ({ type_code: CODE_OF[value ?? ''] ?? MISCELLANEOUS }),
        keep: (value) => ({ event_type: CODE_OF[value ?? ''] ? null : (value ?? 'Other') }),
      },
      { words: EVENT_TYPES },
    ),
    bold_leads_id: computed<string | null>('string', 'rw', {
      read: (row) => row.bold_leads_id ?? row.lead_bold ?? null,
      write: (value) => ({ bold_leads_id: value }),
    }),
    ...assigneeFields,
    ends_at: computed<Date | null>('timestamp', 'rw', {
      read: ({ ends_at }) => ends_at,
      write: (value, row) => ({ ends_at: value ?? row.starts_at }),
    }),
    ...of('bool', 'rw', 'all_day'),
    ...of('text', 'rw', 'description'),
    ...of('string', 'rw', 'location'),
    lead_id: { type: 'id', access: 'rw', of: 'Lead', read: (row) => row['contact_id:id'], write: () => ({}) },
    property_id: { type: 'id', access: 'rw', of: 'Property', column: 'property_id' },
    ...of('bool', 'rw', 'notify_lead', { fallback: false }),
    ...creatorFields,
  },
  filters: {
    lead_id: byId('contact_id:id'),
    bold_leads_id: byText('lead_bold_id'),
    assignee_id: (values, name) => {
      const member = byId('first_member_id')(values, name);
      const team = byId('team_id:id')(values, name);
      return member && team && anyOf(member, team);
    },
    assignee_type: byAssigneeType,
    assignee_email: byText('assignee_email'),
    event_type: (values, name) =>
      anyOf(
        ...wordsOf(values, name, EVENT_TYPES).map((word) => {
          const code = CODE_OF[word];
          if (code) return equal('type_code', code);
          return word === 'Other' ? ({ kind: 'not', of: anyOf(...known) } as const) : equal('site_type', word);
        }),
      ),
    starts_after: after('starts_at'),
    starts_before: before('starts_at'),
  },
  orders: { starts_at: 'starts_at', ends_at: 'ends_at', name: 'name' },
  async check(own, written) {
    const { sent, row } = written;
    const { assigned } = await toldOf(own, written);
    const starts = (sent.starts_at ?? row?.starts_at) as Date | undefined;
    const ends = (sent.ends_at === undefined ? undefined : sent.ends_at) as Date | null | undefined;
    return [...(starts && ends && ends < starts ? [TEXTS.invalid('ends_at')] : []), ...assigned.texts];
  },
  async complete(own, written) {
    const { sent, row } = written;
    const { lead, assigned } = await toldOf(own, written);
    const creating = row === null;
    const { person } = assigned;
    const maker = creating ? await creatorOf(own, written) : undefined;
    const starts = sent.starts_at as Date | undefined;
    const ends = (sent.ends_at ?? row?.ends_at) as Date | undefined;
    return {
      ...(creating
        ? {
            entry_kind: 'event',
            status: 'confirmed',
            negotiator_confirmed: true,
            attendee_confirmed: true,
            property_confirmed: true,
            attended: 'notSet',
            all_day: sent.all_day === true,
          }
        : {}),
      ...(creating && (sent.event_type === undefined || sent.event_type === null) ? { type_code: MISCELLANEOUS } : {}),
      ...(starts && (creating ? !sent.ends_at : !ends || ends < starts) ? { ends_at: starts } : {}),
      ...(person ? (person.kind === 'team' ? { team_id: person.code } : firstMember(row, person.code)) : {}),
      ...(lead
        ? { attendee_kind: 'contact', attendee_id: lead.code }
        : sent.lead_id === null
          ? { attendee_kind: null, attendee_id: null }
          : {}),
      ...(maker && maker.kind !== 'team' && maker.kind !== 'contact' ? { organiser_id: maker.code } : {}),
    };
  },
  extend: workOf(worker, organiser),
});
const known = [
  ...Object.values(CODE_OF).map((code) => equal('type_code', code)),
  ...EVENT_TYPES.filter((word) => word !== 'Other' && !CODE_OF[word]).map((word) => equal('site_type', word)),
];

const STATUSES = ['requested', 'confirmed', 'declined', 'completed', 'cancelled'] as const;
const CONFIRMED = { negotiator_confirmed: true, attendee_confirmed: true, property_confirmed: true };
/** What a word of the site is to the parties (domain-people §2.13). */
const PARTIES: Readonly<Record<string, Model>> = {
  requested: { status: 'requested', negotiator_confirmed: false, attended: 'notSet' },
  confirmed: { status: 'confirmed', ...CONFIRMED, attended: 'notSet' },
  completed: { status: 'completed', ...CONFIRMED, attended: 'attended' },
  declined: { status: 'declined' },
  cancelled: { status: 'cancelled' },
};

const zoneIsKnown = (zone: unknown) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(zone) });
    return true;
  } catch {
    return false;
  }
};

export const showings = (desk: Desk): Resource => ({
  name: 'showings',
  permission: 'showings',
  model: 'Showing',
  models: 'Showings',
  key: 'showing',
  methods: 'LGCUD',
  places: ofLead('showings'),
  source: desk.domain.records.appointment,
  scope: equal('kind', 'showing'),
  fields: {
    ...aboutFields({ read: (row) => row['contact_id:id'], write: () => ({}) }),
    ...knownOfListing,
    showing_time: { type: 'timestamp', access: 'rw', column: 'starts_at', required: true, aliases: ['time'] },
    ...of('timestamp', 'rw', 'alternate_time'),
    end_time: computed<Date | null>('timestamp', 'rw', {
      read: ({ ends_at }) => ends_at,
      write: (value, row) => ({ ends_at: value ?? row.starts_at }),
    }),
    ...of('text', 'rw', 'comments', { column: 'description' }),
    status: computed<string | null>(
      'string',
      'rw',
      { read: ({ status }) => status, write: (value) => PARTIES[value ?? 'requested'] ?? {} },
      { words: STATUSES },
    ),
    ...of('string', 'rw', 'first_name last_name email phone time_zone'),
    agent_id: { type: 'id', access: 'rw', of: 'Agent', read: (row) => memberOf(row), write: () => ({}) },
  },
  filters: {
    ...ABOUT_FILTERS,
    agent_id: byId('site_agent_id'),
    status: byWord('status', STATUSES),
    showing_time_after: after('starts_at'),
    showing_time_before: before('starts_at'),
  },
  orders: { showing_time: 'starts_at', first_name: 'first_name', last_name: 'last_name', email: 'email' },
  check: (_own, { sent, row }) => {
    const starts = (sent.showing_time ?? row?.starts_at) as Date | undefined;
    const ends = sent.end_time as Date | null | undefined;
    return [
      ...(row === null && !sent.property_id && !sent.mls_id ? [TEXTS.blank('property_id')] : []),
      ...(starts && ends && ends < starts ? [TEXTS.invalid('end_time')] : []),
      ...(typeof sent.time_zone === 'string' && sent.time_zone !== '' && !zoneIsKnown(sent.time_zone)
        ? [TEXTS.invalid('time_zone')]
        : []),
    ];
  },
  async complete(own, written) {
    const { caller, sent, row } = written;
    const creating = row === null;
    const lead = creating ? await leadOf(own, written) : undefined;
    const agent = sent.agent_id as number | null | undefined;
    const asked =
      typeof agent === 'number' ? agent : creating && typeof lead?.lead_agent_id === 'number' ? lead.lead_agent_id : undefined;
    const found =
      asked === undefined
        ? undefined
        : (await own.domain.codesOf(caller.actor, [{ noun: 'member', id: asked }])).get(`member ${asked}`);
    const starts = sent.showing_time as Date | undefined;
    const ends = (sent.end_time ?? row?.ends_at) as Date | undefined;
    return {
      ...(creating ? { entry_kind: 'showing', type_code: 'VW', all_day: false } : {}),
      ...(creating && (sent.status === undefined || sent.status === null)
        ? { ...PARTIES.requested, attendee_confirmed: true, property_confirmed: false }
        : {}),
      ...(starts && (creating ? !sent.end_time : !ends || ends < starts) ? { ends_at: starts } : {}),
      ...(lead ? { attendee_kind: 'contact', attendee_id: lead.code } : {}),
      ...(found ? firstMember(row, found.code) : agent === null ? { member_ids: [] } : {}),
    };
  },
  async extend(own, caller, rows) {
    const found = await propertiesOf(own, caller, rows, (row) => row['property_id:id'] as number | null);
    return new Map(rows.map((row) => [row.id, { property: found.get(row.id) ?? null }]));
  },
});
