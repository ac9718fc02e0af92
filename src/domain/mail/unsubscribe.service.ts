import { systemActor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { notFound } from '../../kernel/fault.ts';
import type { Row, Write } from '../../kernel/record.ts';
import type { Ports } from '../given.ts';
import type { MailKey } from './delivery.ts';
import { mailTokens } from './tokens.ts';

const PURPOSE = 'unsubscribe';

type Rows = { update(actor: ReturnType<typeof systemActor>, code: string, change: (row: Row) => Write): Promise<Row> };
/** Where it is kept what leads want. */
export type Subscriptions = { readonly contacts: Rows; readonly savedSearches: Rows; readonly reportUpdates: Rows };

/** What whoever holds a link can end by it. */
export type Unsubscribable = {
  readonly brokerage: string;
  /** what its mails tell of: a search or a report by its name; null: all mails, or all of that kind, of the brokerage */
  readonly about: string | null;
  /** whether it can end all mails besides */
  readonly canEndAll: boolean;
};

type Known = MailKey & {
  readonly kind: string;
  readonly recipient: string;
  readonly contact_code: string | null;
  readonly list_kind: 'saved_search' | 'market_report' | null;
  readonly list_id: number | null;
  readonly about: string | null;
  readonly brokerage: string;
  readonly list_ended: boolean | null;
  readonly all_ended: boolean | null;
};
// A list or a lead that is gone has nothing to end any more.
const find = statement<Known>(
  'unsubscribe.find',
  `select m.org_id, m.id, m.kind, m.recipient, c.code as contact_code, g.name as brokerage,
     case when coalesce(s.id, u.id) is not null then m.list_kind end as list_kind,
     case when coalesce(s.id, u.id) is not null then m.list_id end as list_id,
     coalesce(s.name, u.name, r.name, case when u.id is not null then coalesce(u.location, 'Market report') end) as about,
     case when s.id is not null then l.unsubscribed_at is not null when u.id is not null then not u.active end as list_ended,
     c.pref_email is false as all_ended
   from mail m join organisation g on g.id = m.org_id
   left join contact c on c.org_id = m.org_id and c.id = m.contact_id and c.deleted_at is null
   left join saved_search_contact l on l.org_id = m.org_id and m.list_kind = 'saved_search' and l.id = m.list_id and l.deleted_at is null
   left join saved_search s on s.org_id = l.org_id and s.id = l.search_id and s.deleted_at is null
   left join market_report_update u on u.org_id = m.org_id and m.list_kind = 'market_report' and u.id = m.list_id and u.deleted_at is null
   left join market_report r on r.org_id = u.org_id and r.id = u.market_report_id
   where m.org_id = $1 and m.id = $2`,
);
const refuse = statement<never>(
  'unsubscribe.refuse',
  `insert into mail_refusal (org_id, address_key, kind, created_at) values ($1, lower($2), $3, $4) on conflict do nothing`,
);

/** Ends mails for whoever got one, by the link at its foot: who has the mail may, and nobody signs in. */
export function unsubscribeService({ db, clock, secrets }: Pick<Ports, 'db' | 'clock' | 'secrets'>, rows: Subscriptions) {
  const { tokenOf, keyIn } = mailTokens(secrets, PURPOSE);

  /** @throws Fault not_found for what we did not sign */
  async function read(token: string): Promise<Known> {
    const key = keyIn(token);
    const [known] = key ? await db.rows(find, [key.org_id, key.id]) : [];
    if (!known) throw notFound('mail');
    return known;
  }

  return {
    unsubscribeToken: tokenOf,

    /** @throws Fault not_found */
    async unsubscribable(token: string): Promise<Unsubscribable> {
      const { brokerage, about, list_id, contact_code } = await read(token);
      return { brokerage, about, canEndAll: list_id !== null && contact_code !== null };
    },

    /**
     * `all`: every mail of the brokerage to that lead, else what this mail was about: its search, its report, its kind. Saying it twice
     * is saying it once. Consent to be written to is another matter, and stays (domain-people §3.2).
     * @throws Fault not_found
     */
    async unsubscribe(token: string, all: boolean): Promise<void> {
      const { org_id, kind, recipient, contact_code, list_kind, list_id, list_ended, all_ended } = await read(token);
      const actor = systemActor(org_id, 'propertybase');
      const values = (change: Write['values']) => () => ({ values: change });
      if (list_kind !== null && !(all && contact_code !== null)) {
        if (list_ended) return;
        const [list, change] =
          list_kind === 'saved_search'
            ? [rows.savedSearches, { active: false, unsubscribed_at: clock.now() }]
            : [rows.reportUpdates, { active: false }];
        await list.update(actor, String(list_id), values(change));
      } else if (contact_code === null) await db.rows(refuse, [org_id, recipient, kind, clock.now()]);
      else if (!all_ended) await rows.contacts.update(actor, contact_code, values({ pref_email: false }));
    },
  };
}
