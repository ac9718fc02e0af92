import type { Tx } from '../../db/index.ts';
import { difference, emit, type Happening } from '../../events/index.ts';
import { saveContact } from './contact.store.ts';
import { shownName } from './names.ts';
import type { Contact, ContactChange } from './types.ts';

/**
 * New values of a contact that the transaction holds, and the event. Nothing that differs: nothing is written and `updated_at` stays
 * (domain-people §1.1.4).
 */
export async function writeContact(tx: Tx, what: Happening, before: Contact, values: ContactChange): Promise<Contact> {
  const changed = difference(before, values);
  if (!changed) return before;
  const after = await saveContact(tx, { ...before, ...values }, what.at);
  await emit(tx, what, {
    noun: 'contact',
    row_id: before.id,
    row_name: shownName(after),
    verb: 'updated',
    changed,
    contact_id: before.id,
  });
  return after;
}
