import type { Actor } from '../../../access/actor.ts';
import type { Domain } from '../../../domain/index.ts';
import { type Breach, invalid } from '../../../kernel/fault.ts';
import { type Change, NO_SUCH_REFERENCE, type Row } from '../../../kernel/record.ts';
import { all, equal } from '../../../wire/resource/conditions.ts';
import { column, computed } from '../../../wire/resource/mapping.ts';
import { isEmpty } from '../../../wire/resource/spec.ts';
import { answerEmpty, declare, operation } from '../desk.ts';

const breach = (at: string, message: string): Breach => ({ in: 'body', at, reason: 'required', message });

/** A status and the day it holds from. */
const changed = (status: unknown, row: Row, now: () => Date): Change => {
  if (status === row.status || status === null) return {};
  return status === 'subscribed' ? { status, subscribed_on: now(), unsubscribed_on: null } : { status, unsubscribed_on: now() };
};

export const subscriptions = declare(
  'contacts/{id}/subscriptions',
  ({ domain }) => ({
    source: domain.records.contactSubscription,
    within: 'subscription_code',
    fields: {
      id: column('subscription_code'),
      group: column('group_name'),
      status: computed({
        columns: ['status'],
        read: (row) => row.status,
        write: (status, row) => changed(status, row, domain.now),
      }),
    },
    filters: { status: ([status]: readonly string[]) => equal('status', status) },
  }),
  ['PUT /contacts/{id}/subscriptions'],
);

async function ofGroup({ records }: Domain, actor: Actor, contact: string, group: string): Promise<readonly Row[]> {
  const where = all(equal('contact_id', contact), equal('group_name', group));
  return (await records.contactSubscription.list(actor, { where, order: [], limit: 1000, offset: 0, total: false })).rows;
}

/** Every subscription of a group at once: `{groupName, status}` (contracts/reapit.md §4.3). */
export const changeSubscriptions = operation(
  'contacts/{id}/subscriptions',
  'PUT',
  '/contacts/{id}/subscriptions',
  ({ domain }) =>
    async ({ caller: { actor }, ids: [id = ''], body }) => {
      const contact = await domain.records.contact.byCode(actor, id);
      const { groupName, status } = body;
      const missing = ['groupName', 'status'].filter((name) => isEmpty(body[name]));
      if (missing.length > 0) throw invalid(missing.map((at) => breach(at, `${at} must be provided`)));
      const rows = await ofGroup(domain, actor, contact.code, String(groupName));
      if (rows.length === 0) throw invalid(breach('groupName', NO_SUCH_REFERENCE));
      const codes = rows.map(({ code }) => code);
      await domain.records.contactSubscription.updateAll(actor, codes, (row) => ({ values: changed(status, row, domain.now) }));
      return answerEmpty(204);
    },
);
