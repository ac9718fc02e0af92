import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import { notFound } from '../../kernel/fault.ts';
import type { Row } from '../../kernel/record.ts';
import type { Ports } from '../given.ts';
import { deleteContact } from './contact.store.ts';
import { shownName } from './names.ts';
import type { Contact, Parting } from './types.ts';

const lock = statement<Contact>(
  'lead.lock',
  'select * from contact where org_id = $1 and code = upper($2) and deleted_at is null and lead_deleted_at is null for update',
);
const needed = statement<{ needed: boolean }>(
  'lead.needed',
  `select exists (select from party p where p.org_id = $1 and p.contact_id = $2 and p.deleted_at is null)
     or exists (select from identity_check i where i.org_id = $1 and i.contact_kind = 'contact' and i.contact_id = $2 and i.deleted_at is null)
     or exists (select from document d where d.org_id = $1 and d.subject_type = 'contact' and d.subject_id = $2 and d.deleted_at is null) as needed`,
);
const hide = statement<never>(
  'lead.hide',
  'update contact set lead_deleted_at = $3, updated_at = $3, version = version + 1 where org_id = $1 and id = $2',
);

/** Takes a lead off the site: for every door, unless something of the brokerage needs the contact (domain-people §3.5). */
export function leadRemovalService({ db, clock }: Pick<Ports, 'db' | 'clock'>, partings: readonly Parting[]) {
  return {
    /** @throws Fault not_found */
    async removeLead(actor: Actor, code: string, guard?: (row: Row) => void): Promise<void> {
      const { orgId } = actor;
      await db.tx(async (tx) => {
        const [lead] = await tx.rows(lock, [orgId, code]);
        if (!lead) throw notFound('contact');
        guard?.(lead as unknown as Row);
        const what = happening(actor, clock.now());
        const line = { noun: 'contact', row_id: lead.id, row_name: shownName(lead), contact_id: lead.id };
        if ((await tx.rows(needed, [orgId, lead.id]))[0]?.needed) {
          await tx.rows(hide, [orgId, lead.id, what.at]);
          return emit(tx, what, { ...line, verb: 'updated', changed: { lead_deleted_at: [null, what.at] } });
        }
        await deleteContact(tx, orgId, lead.id, what.at);
        for (const part of partings) await part(tx, what, lead.id);
        return emit(tx, what, { ...line, verb: 'deleted', changed: lead });
      });
    },
  };
}
