import { statement } from '../../db/index.ts';
import { conflict } from '../../kernel/fault.ts';
import { aboutListing } from '../about-listing.ts';
import { primaryBroker } from '../people/index.ts';
import { boolean, noun, text } from '../records/index.ts';
import { LISTING_COLUMNS, LISTING_READS, OF_LIVE_LEADS, SHOWN_NUMBER } from './listing-of.ts';

const agentOf = statement<{ id: number }>(
  'site_note.agent',
  `select m.id from contact c join member m on m.org_id = c.org_id and m.id = c.member_ids[1] and m.deleted_at is null
   where c.org_id = $1 and c.id = $2`,
);
const addEntry = statement<never>(
  'site_note.add_entry',
  `insert into note_entry (org_id, id, note_id, author_kind, author_id, at, text)
   select $1, coalesce($7::bigint, nextval('note_entry_id_seq')), $2, $3, $4, $5, $6 where $6 is distinct from (select e.text from note_entry e where e.org_id = $1 and e.note_id = $2 order by e.id desc limit 1)`,
);

const NEWEST = 'note_entry e where e.org_id = t.org_id and e.note_id = t.id order by e.id desc limit 1';

/** A thread that a lead and its agent share on a listing is shown here, and is theirs to change (domain-people §2.14). */
const refuseShared = (kind: string | null): void => {
  if (kind !== 'property') throw conflict('note.shared', 'Property note is shared and cannot be changed here');
};

/** What is noted of a lead and a listing at the site; the newest entry is the note. */
export const propertyNoteNoun = noun({
  name: 'property_note',
  table: 'note',
  columns: { ...LISTING_COLUMNS, kind: text({ required: true }), private: boolean({ required: true }) },
  code: 'none',
  resoKey: true,
  label: ({ property_address }) => property_address ?? '',
  shown: `t.kind in ('property', 'shared') and t.closed_at is null and ${OF_LIVE_LEADS}`,
  takes: ['note', 'entry_id'],
  reads: {
    ...LISTING_READS,
    note: `(select e.text from ${NEWEST})`,
    author_kind: `(select case when e.author_kind = 'member' then (select m.kind from member m where m.org_id = e.org_id and m.id = e.author_id)
      else e.author_kind end from ${NEWEST})`,
    author_id: `(select e.author_id from ${NEWEST})`,
  },
  fields: { ...SHOWN_NUMBER, agent_id: { sql: `coalesce(t.member_id, ${LISTING_READS.lead_agent_id})`, type: 'integer' } },
  derive: ({ kind }) => ({ kind: kind ?? 'property' }),
  check({ before }) {
    if (before) refuseShared(before.kind);
    return undefined;
  },
  settle: (context) => (context.before ? Promise.resolve({}) : aboutListing(context, context.after, true)),
  async after({ tx, what, after, idOf, taken }) {
    if (typeof taken.note !== 'string') return;
    const { orgId } = what.actor;
    const contact = idOf('contact_id');
    // A key is nobody: what it notes is the agent's of the lead, else the primary broker's, else the lead's.
    const member = (await tx.rows(agentOf, [orgId, contact]))[0]?.id ?? (await primaryBroker(tx, orgId))?.id;
    const author = member === undefined ? ['contact', contact] : ['member', member];
    await tx.rows(addEntry, [orgId, after.id, ...author, what.at, taken.note, taken.entry_id ?? null]);
  },
  async removed({ row }) {
    refuseShared(row.kind);
  },
});
