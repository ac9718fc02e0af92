import type { Querier } from '../../db/index.ts';
import type { Happening } from '../../events/index.ts';
import type { Codes } from '../codes.ts';
import type { Given, Ports } from '../given.ts';
import { insertContact } from './contact.store.ts';
import { shownName } from './names.ts';
import type { Contact, ContactChange } from './types.ts';

export type GivenContact = Given & { readonly memberIds?: readonly number[] };

/**
 * Makes one contact of the caller's book and its event in one statement; `q` may be a transaction of something larger, which had
 * better bring the code along (`Codes.mint` works outside of it).
 */
export const contactMaker =
  ({ mintResoKey }: Ports, codes: Codes) =>
  async (q: Querier, what: Happening, values: ContactChange, given: GivenContact = {}): Promise<Contact> => {
    const { actor } = what;
    const memberIds = given.memberIds ?? (actor.memberId === null ? [] : [actor.memberId]);
    const createdAt = given.createdAt ?? what.at;
    return insertContact(q, what, {
      given: { ...(given.id === undefined ? {} : { id: given.id }), createdAt, updatedAt: given.updatedAt ?? createdAt },
      code: given.code ?? (await codes.mint(actor.orgId, 'contact', actor.officeId, what.at, 11)),
      resoKey: given.resoKey ?? mintResoKey(what.at),
      memberIds,
      officeIds: actor.officeId === null ? [] : [actor.officeId],
      values,
      entryId: codes.nextId?.('journal_entry'),
      shownName: shownName({ first_name: values.first_name ?? null, last_name: values.last_name ?? null, ...values }),
    });
  };
