import { systemActor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { happening } from '../../events/index.ts';
import type { Condition } from '../../kernel/condition.ts';
import type { Ports } from '../given.ts';
import { queueMail } from '../mail/index.ts';
import type { Listings } from '../property/index.ts';
import { type Criteria, conditionOf } from '../searches/index.ts';

type Due = {
  readonly org_id: number;
  readonly id: number;
  readonly name: string;
  readonly criteria: Criteria;
  readonly contact_id: number;
  readonly email: string;
  readonly since: Date;
  readonly new_listing: boolean;
  readonly price_changed: boolean;
  readonly status_changed: boolean;
};

// Searches of the site's own: what Spark's filters say beyond the normal form, nobody here can run.
const due = statement<Due>(
  'site.alerts_due',
  `select l.org_id, l.id, s.name, s.criteria, l.contact_id, c.email, coalesce(l.last_sent_at, l.created_at) as since,
     l.new_listing, l.price_changed, l.status_changed
   from saved_search_contact l
   join saved_search s on s.org_id = l.org_id and s.id = l.search_id and s.deleted_at is null and s.fits
   join contact c on c.org_id = l.org_id and c.id = l.contact_id and c.deleted_at is null and c.lead_deleted_at is null and c.email <> ''
     and c.marketing_consent <> 'deny' and c.pref_email is distinct from false
   where l.active and l.deleted_at is null and l.unsubscribed_at is null and l.created_door = 'propertybase' and l.id > $2
     and coalesce(l.last_sent_at, l.created_at) <= $1::timestamptz - case coalesce(l.frequency, 'daily') when 'instantly' then interval '0'
       when 'daily' then interval '1 day' when 'weekly' then interval '7 days' when 'monthly' then interval '1 month' else interval '100 years' end
   order by l.id limit 200`,
);
const sent = statement<never>(
  'site.alert_sent',
  'update saved_search_contact set last_sent_at = $3 where org_id = $1 and id = $2',
);

const after = (name: string, at: Date): Condition => ({
  kind: 'compare',
  op: 'ge',
  left: { kind: 'field', name },
  right: { kind: 'literal', type: 'datetime', value: at.toISOString() },
});
const MOST = 20;

/** Mails about listings that came or changed, as often as each lead asked for. */
export function alertsService({ db, clock }: Pick<Ports, 'db' | 'clock'>, listings: Pick<Listings, 'list'>) {
  async function tell(one: Due): Promise<boolean> {
    const now = clock.now();
    const actor = systemActor(one.org_id, 'propertybase');
    const changes = [
      ...(one.new_listing ? [after('created_at', one.since)] : []),
      ...(one.price_changed ? [after('price_changed_at', one.since)] : []),
      ...(one.status_changed ? [after('status_changed_at', one.since)] : []),
    ];
    const where: Condition = { kind: 'and', of: [conditionOf(one.criteria), { kind: 'or', of: changes }] };
    const order = [{ field: 'listing_changed_at', descending: true }];
    const { rows } = await listings.list(actor, { all: false }, { where, order, limit: MOST, offset: 0, total: false });
    await db.tx(async (tx) => {
      await tx.rows(sent, [one.org_id, one.id, now]);
      if (rows.length === 0) return;
      const lines = rows.map(({ first_line, city, list_price }) =>
        [first_line, city, list_price ?? ''].filter((part) => part !== '').join(', '),
      );
      await queueMail(tx, happening(actor, now), {
        kind: 'search.alert',
        to: one.email,
        subject: `${one.name}: ${rows.length} ${rows.length === 1 ? 'listing' : 'listings'}`,
        body: lines.join('\n'),
        contactId: one.contact_id,
      });
    });
    return rows.length > 0;
  }

  return {
    /** Answers how many leads were told something. */
    async sendAlerts(): Promise<number> {
      let told = 0;
      let last = 0;
      for (;;) {
        const page = await db.rows(due, [clock.now(), last]);
        for (const one of page) if (await tell(one)) told++;
        const end = page.at(-1);
        if (!end) return told;
        last = end.id;
      }
    },
  };
}
