import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import { forbidden, notFound } from '../../kernel/fault.ts';
import type { Ports } from '../given.ts';
import type { Organisation, OrganisationSettings } from './types.ts';

const COLUMNS = 'g.id, g.code, g.name, g.company_key, g.base_currency, g.time_zone, g.email, g.settings';
type Facts = Pick<Organisation, 'id' | 'code' | 'name' | 'company_key' | 'base_currency' | 'time_zone' | 'email' | 'settings'>;
/** The brokerage, with the MLS that it runs for its own listings. */
export type OrganisationFacts = Facts & { mls_key: string | null; mls_name: string | null };

const facts = statement<OrganisationFacts>(
  'organisation.facts',
  `select ${COLUMNS}, l.reso_key as mls_key, l.name as mls_name
   from organisation g left join mls l on l.org_id = g.id and l.id = g.own_mls_id and l.deleted_at is null
   where g.id = $1 and g.deleted_at is null`,
);
// Without the key: every row of the organisation refers to it, and must be made meanwhile.
const lock = statement<Facts>('organisation.lock', `select ${COLUMNS} from organisation g where g.id = $1 for no key update`);
const save = statement<never>(
  'organisation.save_settings',
  'update organisation set settings = $2, updated_at = $3, version = version + 1 where id = $1',
);

export function organisationService({ db, clock }: Ports) {
  return {
    /** The caller's organisation. */
    async organisation(actor: Actor): Promise<OrganisationFacts> {
      const [found] = await db.rows(facts, [actor.orgId]);
      if (!found) throw notFound('organisation');
      return found;
    },

    /** Members of `change` replace those of the settings. @throws Fault forbidden `organisation.not_administrator` */
    async changeSettings(actor: Actor, change: OrganisationSettings): Promise<void> {
      if (!actor.administrator) throw forbidden('organisation.not_administrator', 'Only an administrator changes the settings');
      await db.tx(async (tx) => {
        const [before] = await tx.rows(lock, [actor.orgId]);
        if (!before) throw notFound('organisation');
        const settings = { ...before.settings, ...change };
        if (isDeepStrictEqual(settings, before.settings)) return;
        const what = happening(actor, clock.now());
        await tx.rows(save, [actor.orgId, JSON.stringify(settings), what.at]);
        const changed = { settings: [before.settings, settings] };
        await emit(tx, what, { noun: 'organisation', row_id: actor.orgId, row_name: before.name, verb: 'updated', changed });
      });
    },
  };
}
