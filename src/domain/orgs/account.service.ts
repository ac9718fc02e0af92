import type { Actor } from '../../access/actor.ts';
import type { ListPage, ListQuery } from '../../kernel/condition.ts';
import { notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import * as store from './account.store.ts';
import type { Account, AccountScope } from './account.ts';

const isWithin = ({ kind, id, office_id }: Account, { own }: AccountScope) =>
  !own || (kind === 'member' && id === own.memberId) || (office_id !== null && office_id === own.officeId);

/** The brokerage's people, offices, company and MLSs as one list, for everybody of the organisation and its consumers. */
export function accountsService({ db }: Ports) {
  const read = async (actor: Actor, key: string, scope: AccountScope): Promise<Account> => {
    const found = await store.findByKey(db, actor.orgId, key);
    if (!found || !isWithin(found, scope)) throw notFound('account');
    return found;
  };
  return {
    /** @throws Fault not_found, also for the inactive */
    read: (actor: Actor, key: string, scope: AccountScope = {}): Promise<Account> => read(actor, key, scope),

    /** Members, unless the query asks about kinds. */
    list: (actor: Actor, query: ListQuery, scope: AccountScope = {}): Promise<ListPage<Account>> =>
      store.listAccounts(db, actor.orgId, scope, query),

    /** @throws Fault not_found for what is no active office */
    async listOfOffice(actor: Actor, key: string, query: ListQuery, scope: AccountScope = {}): Promise<ListPage<Account>> {
      const office = await read(actor, key, scope);
      if (office.kind !== 'office') throw notFound('office');
      return store.listAccounts(db, actor.orgId, { ...scope, officeId: office.id }, query);
    },
  };
}
