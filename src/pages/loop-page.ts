import {
  type Activity,
  DETAIL_SECTIONS,
  type Deal,
  type Details,
  type Document,
  type FolderView,
  type Participant,
  type Task,
  type TaskList,
} from '../domain/index.ts';
import type { LoopActivity, LoopPage } from './contract.ts';
import { labelOf, wordsOf } from './words.ts';

/** Everything the loop's page shows, as the domain gives it. */
export type LoopParts = {
  readonly deal: Deal;
  readonly details: Details;
  readonly participants: readonly Participant[];
  readonly folders: readonly FolderView[];
  readonly taskLists: readonly { readonly list: TaskList; readonly tasks: readonly Task[] }[];
};

const joined = (parts: readonly (string | undefined)[], by: string) => parts.filter(Boolean).join(by);

/** One line, as on an envelope. */
export function addressOf({ property_address: place = {} }: Details): string | null {
  const unit = place.unit_number && `Unit ${place.unit_number}`;
  const street = joined([place.street_number, place.street_name], ' ');
  const region = joined([place.state_prov, place.zip_postal_code], ' ');
  return joined([street, unit, place.city, region, place.country], ', ') || null;
}

/** Telephone numbers of a participant, under the names of the door that has them. */
const PHONES = [
  ['Phone', 'Phone'],
  ['Cell Phone', 'Mobile'],
  ['Fax', 'Fax'],
] as const;

function toPerson({ id, role, full_name, email, extras }: Participant): LoopPage['people'][number] {
  const given = extras.dotloop ?? {};
  const phones = PHONES.flatMap(([member, label]) => (given[member] ? [{ label, number: given[member] }] : []));
  return { id, role: wordsOf(role), name: full_name, email, company: given['Company Name'] ?? null, phones };
}

const toDocument = (folderId: number, row: Document): LoopPage['folders'][number]['documents'][number] => ({
  id: row.id,
  folderId,
  name: row.name,
  type: row.sniffed_type,
  size: row.size,
  updated: row.updated_at.toISOString(),
});

const toTask = ({ id, name, due_at, completed_at }: Task) => ({
  id,
  name,
  due: due_at?.toISOString() ?? null,
  done: completed_at !== null,
});

const CATALOGUE = new Map(
  DETAIL_SECTIONS.map(({ key, fields }, place) => [key, { place, fields: fields.map((field) => field.key) }]),
);

/** In the order of the catalogue; what a brokerage defined itself comes last, as it was stored. */
function toSections(details: Details): LoopPage['details'] {
  const last = CATALOGUE.size;
  const placeOf = (section: string) => CATALOGUE.get(section)?.place ?? last;
  const keys = Object.keys(details).sort((a, b) => placeOf(a) - placeOf(b));
  return keys.flatMap((section) => {
    const given = details[section] ?? {};
    const fields = [...new Set([...(CATALOGUE.get(section)?.fields ?? []), ...Object.keys(given)])].flatMap((field) =>
      given[field] ? [{ name: labelOf(field), value: given[field] }] : [],
    );
    return fields.length > 0 ? [{ section: labelOf(section), fields }] : [];
  });
}

export const toLoopPage = ({ deal, details, participants, folders, taskLists }: LoopParts): LoopPage => ({
  id: deal.id,
  name: deal.name,
  address: addressOf(details),
  transactionType: wordsOf(deal.transaction_type),
  status: wordsOf(deal.status),
  created: deal.created_at.toISOString(),
  updated: deal.updated_at.toISOString(),
  people: participants.map(toPerson),
  folders: folders.map(({ id, name, documents = [] }) => ({ id, name, documents: documents.map((row) => toDocument(id, row)) })),
  taskLists: taskLists.map(({ list, tasks }) => ({ id: list.id, name: list.name, tasks: tasks.map(toTask) })),
  details: toSections(details),
});

/** A full page may have another behind it: the log keeps no total (contracts/dotloop.md §5.11). */
export const toActivity = (rows: readonly Activity[], page: number, size: number): LoopActivity => ({
  items: rows.map(({ message, at }) => ({ message, at: at.toISOString() })),
  nextPage: rows.length === size ? page + 1 : null,
});
