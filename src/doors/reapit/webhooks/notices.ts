import type { LoggedEvent, Notice } from '../../../domain/index.ts';
import { findTopic, INSTALL, topicsOf, UNINSTALL } from './topics.ts';

/** Groups whose records show the contacts behind them: they change with a contact (contracts/reapit.md §3.1). */
export const BEHIND_CONTACTS = {
  applicants: { noun: 'applicant', column: 'applicant_id' },
  landlords: { noun: 'landlord', column: 'landlord_id' },
  vendors: { noun: 'vendor', column: 'vendor_id' },
} as const;
export type BehindContacts = keyof typeof BEHIND_CONTACTS;

export const isBehindContacts = (group: string): group is BehindContacts => Object.hasOwn(BEHIND_CONTACTS, group);

const VERBS: ReadonlySet<string> = new Set(['created', 'updated', 'deleted']);

function ofInstallation(event: LoggedEvent): Notice[] {
  const { verb, changed, row_id, org_id } = event;
  if (verb !== 'created' && verb !== 'deleted') return [];
  const topic = verb === 'created' ? INSTALL : UNINSTALL;
  const access = { clientId: String(changed.client_id) };
  return [{ topic, event, audience: { kind: 'organisation', ids: [org_id] }, entity: { id: row_id }, access }];
}

/** One row's events of one transaction, oldest first, are one change of it. */
function ofRow(events: readonly LoggedEvent[], group: string): Notice[] {
  const [first] = events;
  const last = events.at(-1);
  if (!first || !last) return [];
  const isNew = first.verb === 'created';
  const isGone = last.verb === 'deleted';
  // What came and went within one transaction was never there.
  if (isNew && isGone) return [];
  const entity = { id: last.row_id, first: first.id, last: last.id };
  const tell = (topic: string): Notice[] => {
    const { scope = null } = findTopic(topic) ?? {};
    if (scope === null) return [];
    return [{ topic, event: last, audience: { kind: 'organisation', ids: [last.org_id] }, entity, access: { scope } }];
  };
  const own = topicsOf(group).filter((topic) => {
    if (topic.endsWith('.created')) return isNew;
    if (topic.endsWith('.modified')) return !isNew;
    return !isGone;
  });
  const behind = group === 'contacts' && !isNew && !isGone ? Object.keys(BEHIND_CONTACTS).map((name) => `${name}.modified`) : [];
  return [...own, ...behind].flatMap(tell);
}

/**
 * What the events of one transaction may be news of, in this door's topics. Which of them it is in the end, the record says
 * (`isTold`); asking it is worth while only for those that somebody listens to.
 * @param groupOfNoun the group that shows rows of a noun
 */
export function noticesOf(events: readonly LoggedEvent[], groupOfNoun: (noun: string) => string | undefined): Notice[] {
  const rows = Map.groupBy(
    events.filter(({ verb }) => VERBS.has(verb)),
    ({ noun, row_id }) => `${noun} ${row_id}`,
  );
  return [...rows.values()].flatMap((own) => {
    const ordered = own.toSorted((a, b) => a.id - b.id);
    const noun = ordered[0]?.noun ?? '';
    if (noun === 'installation') return ordered.flatMap(ofInstallation);
    const group = groupOfNoun(noun);
    return group === undefined ? [] : ofRow(ordered, group);
  });
}
