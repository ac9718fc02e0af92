import { type Actor, systemActor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { happening } from '../../events/index.ts';
import type { Condition } from '../../kernel/condition.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Row } from '../../kernel/record.ts';
import type { Ports } from '../given.ts';
import { queueMail } from '../mail/index.ts';
import type { RecordService } from '../records/index.ts';
import { type SearchReader, type StandingSearch, standingSql } from '../searches/index.ts';

type Flag = 'new_listing' | 'price_changed' | 'status_changed' | 'open_house_changes';
type Due = Readonly<Record<Flag, boolean>> & {
  readonly id: number;
  readonly search: StandingSearch;
  readonly contact_id: number;
  readonly email: string;
  /** what happened since then is news */
  readonly since: Date;
  /** when it was looked at before; guards against a second one who looks */
  readonly before: Date;
};

const organisations = statement<{ org_id: number }>(
  'site.alert_organisations',
  `select g.id as org_id from organisation g where g.deleted_at is null
     and exists (select from saved_search_contact l where l.org_id = g.id and l.active and l.deleted_at is null) order by g.id`,
);
const PERIOD = `case coalesce(l.frequency, 'daily') when 'instantly' then interval '0' when 'daily' then interval '1 day'
  when 'weekly' then interval '7 days' when 'monthly' then interval '1 month' end`;
const LOOKED = 'coalesce(l.looked_at, l.last_sent_at, l.created_at)';
// What nobody has looked at may be older than alerts are: its past is no news.
const due = statement<Due>(
  'site.alerts_due',
  `select l.id, ${standingSql('s')} as search, l.contact_id, c.email, l.new_listing, l.price_changed, l.status_changed, l.open_house_changes,
     ${LOOKED} as before,
     case when coalesce(l.looked_at, l.last_sent_at) is null then greatest(l.created_at, $3::timestamptz - ${PERIOD} - interval '1 day')
       else ${LOOKED} end as since
   from saved_search_contact l
   join saved_search s on s.org_id = l.org_id and s.id = l.search_id and s.deleted_at is null
   join contact c on c.org_id = l.org_id and c.id = l.contact_id and c.deleted_at is null and c.lead_deleted_at is null and c.email <> ''
     and c.marketing_consent <> 'deny' and c.pref_email is distinct from false
   where l.org_id = $1 and l.id > $2 and l.active and l.deleted_at is null and l.unsubscribed_at is null
     and (l.new_listing or l.price_changed or l.status_changed or l.open_house_changes)
     and ${LOOKED} <= $3::timestamptz - ${PERIOD} and ${LOOKED} < $3
   order by l.id limit 200`,
);
const looked = statement<{ id: number }>(
  'site.alert_looked',
  `update saved_search_contact l set looked_at = $4, last_sent_at = case when $5 then $4 else l.last_sent_at end
   where l.org_id = $1 and l.id = $2 and ${LOOKED} = $3 and l.active and l.deleted_at is null returning l.id`,
);

/** What a write under way says of its time is older than its commit: news are told once they are so old. */
const SETTLED_MS = 30_000;
const MOST = 20;

const FIELD_OF: Readonly<Record<Flag, string>> = {
  new_listing: 'created_at',
  price_changed: 'price_changed_at',
  status_changed: 'status_changed_at',
  open_house_changes: 'open_house_changed_at',
};
const FLAGS = Object.keys(FIELD_OF) as Flag[];
const WORD_OF: Readonly<Record<Flag, string>> = {
  new_listing: 'new',
  price_changed: 'new price',
  status_changed: 'new status',
  open_house_changes: 'open house',
};

const compare = (op: 'gt' | 'le', name: string, at: Date): Condition => ({
  kind: 'compare',
  op,
  left: { kind: 'field', name },
  right: { kind: 'literal', type: 'datetime', value: at.toISOString() },
});
const IS_LISTED: Condition = {
  kind: 'compare',
  op: 'eq',
  left: { kind: 'field', name: 'is_listed' },
  right: { kind: 'literal', type: 'boolean', value: true },
};

type Facts = {
  readonly display_address: string | null;
  readonly city: string | null;
  readonly price: number | null;
  readonly status: string | null;
};

function lineOf(row: Row, news: readonly Flag[]): string {
  const { display_address, city, price, status } = row.facts as Facts;
  const money = price === null ? null : `$${price.toLocaleString('en-US')}`;
  return `${[display_address, city, money, status].filter((part) => part).join(', ')} (${news.map((one) => WORD_OF[one]).join(', ')})`;
}

/** Mails about listings that came or changed, as often as each lead asked for, whichever door the search was made through. */
export function alertsService({ db, clock }: Pick<Ports, 'db' | 'clock'>, listings: Pick<RecordService, 'list'>) {
  async function findNews(actor: Actor, one: Due, until: Date, read: SearchReader) {
    const wanted = FLAGS.filter((flag) => one[flag]);
    const { where, ...zone } = await read(actor, one.search);
    const changed = wanted.map(
      (flag): Condition => ({
        kind: 'and',
        of: [compare('gt', FIELD_OF[flag], one.since), compare('le', FIELD_OF[flag], until)],
      }),
    );
    const { rows, total = 0 } = await listings.list(actor, {
      where: { kind: 'and', of: [IS_LISTED, where, { kind: 'or', of: changed }] },
      order: [{ field: 'listing_changed_at', descending: true }],
      limit: MOST,
      offset: 0,
      total: true,
      ...zone,
    });
    const isNews = (row: Row, flag: Flag) => {
      const at = row[FIELD_OF[flag]];
      return at instanceof Date && at > one.since && at <= until;
    };
    return {
      total,
      lines: rows.map((row) =>
        lineOf(
          row,
          wanted.filter((flag) => isNews(row, flag)),
        ),
      ),
    };
  }

  async function tell(actor: Actor, one: Due, until: Date, read: SearchReader): Promise<boolean> {
    const { total, lines } = await findNews(actor, one, until, read);
    return db.tx(async (tx) => {
      const values = [actor.orgId, one.id, one.before, until, total > 0];
      // Another instance was faster, or the lead has ended it.
      if ((await tx.rows(looked, values)).length === 0 || total === 0) return false;
      const { name } = one.search;
      const more = total > lines.length ? [`and ${total - lines.length} more`] : [];
      const mail = await queueMail(tx, happening(actor, clock.now()), {
        kind: 'search.alert',
        to: one.email,
        subject: `${name}: ${total} ${total === 1 ? 'listing' : 'listings'}`,
        body: [...lines, ...more].join('\n'),
        contactId: one.contact_id,
        list: { kind: 'saved_search', id: one.id },
      });
      return mail !== undefined;
    });
  }

  return {
    /**
     * Answers how many leads were told something. A search that cannot be read any more, or takes too long, is reported and tried again
     * the next time; it holds up no other.
     */
    async sendAlerts(read: SearchReader, report: (error: Fault, search: { orgId: number; id: number }) => void): Promise<number> {
      const until = new Date(clock.now().getTime() - SETTLED_MS);
      let told = 0;
      for (const { org_id: orgId } of await db.rows(organisations, [])) {
        const actor = systemActor(orgId, 'propertybase');
        for (let last = 0; ; ) {
          const page = await db.rows(due, [orgId, last, until]);
          for (const one of page)
            try {
              if (await tell(actor, one, until, read)) told++;
            } catch (error) {
              if (!(error instanceof Fault)) throw error;
              report(error, { orgId, id: one.id });
            }
          const end = page.at(-1);
          if (!end) break;
          last = end.id;
        }
      }
      return told;
    },
  };
}
