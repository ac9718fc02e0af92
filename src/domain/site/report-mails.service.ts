import { systemActor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import { happening } from '../../events/index.ts';
import type { Ports } from '../given.ts';
import { queueMail } from '../mail/index.ts';
import { type MarketOfRow, marketSql } from './market.ts';
import type { MarketFigures, MarketFiguresOf } from './market-figures.service.ts';
import { nextSend } from './market-report.noun.ts';

type Due = {
  readonly org_id: number;
  readonly id: number;
  readonly name: string;
  readonly frequency: string;
  readonly market: MarketOfRow;
  readonly contact_id: number | null;
  readonly email: string | null;
  readonly next_send_at: Date;
};

const due = statement<Due>(
  'market_report.due',
  `select u.org_id, u.id, coalesce(u.name, r.name, 'Market report') as name, u.frequency, ${marketSql('u')} as market, u.contact_id, c.email, u.next_send_at
   from market_report_update u
   left join market_report r on r.org_id = u.org_id and r.id = u.market_report_id
   left join contact c on c.org_id = u.org_id and c.id = u.contact_id
   where u.active and u.deleted_at is null and u.next_send_at <= $1 and (u.next_send_at, u.id) > ($2::timestamptz, $3::bigint)
   order by u.next_send_at, u.id limit 100`,
);
// Whoever moves it on sends it.
const move = statement<{ id: number }>(
  'market_report.move',
  `update market_report_update set next_send_at = $4 where org_id = $1 and id = $2 and next_send_at = $3 and active and deleted_at is null
   returning id`,
);
const sent = statement<never>(
  'market_report.sent',
  'update market_report_update set last_sent_at = $3 where org_id = $1 and id = $2',
);

const money = (value: number | null) => (value === null ? null : `$${Math.round(value).toLocaleString('en-US')}`);

function linesOf(figures: MarketFigures): string[] {
  const lines: [string, number | string | null][] = [
    ['On the market', figures.active_count],
    ['New', figures.new_count],
    ['Under contract', figures.pending_count],
    ['Sold', figures.sold_count],
    ['Average asking price', money(figures.average_list_price)],
    ['Median asking price', money(figures.median_list_price)],
    ['Average price of what was sold', money(figures.average_sold_price)],
    ['Price per square foot', money(figures.price_per_square_foot)],
    ['Days on the market', figures.average_days_on_market],
    ['Months of inventory', figures.months_of_inventory],
  ];
  return lines.flatMap(([label, value]) => (value === null ? [] : [`${label}: ${value}`]));
}

/** The next time after this one, without making up for those that were missed. */
function nextAfter({ frequency, next_send_at }: Due, now: Date): Date {
  const next = nextSend(frequency, next_send_at);
  return next > now ? next : nextSend(frequency, now);
}

/** Mails of market reports to the leads that ordered them, as often as each asked for. */
export function reportMailsService({ db, clock }: Pick<Ports, 'db' | 'clock'>, figuresOf: MarketFiguresOf) {
  async function tell(one: Due): Promise<boolean> {
    const now = clock.now();
    const actor = systemActor(one.org_id, 'propertybase');
    const figures = await figuresOf(actor, one.market);
    const { location } = one.market;
    return db.tx(async (tx) => {
      const moved = await tx.rows(move, [one.org_id, one.id, one.next_send_at, nextAfter(one, now)]);
      if (moved.length === 0 || one.contact_id === null) return false;
      const mail = await queueMail(tx, happening(actor, now), {
        kind: 'market.report',
        to: one.email ?? '',
        subject: location === null || one.name.includes(location) ? one.name : `${one.name}: ${location}`,
        body: linesOf(figures).join('\n'),
        contactId: one.contact_id,
        list: { kind: 'market_report', id: one.id },
      });
      if (mail !== undefined) await tx.rows(sent, [one.org_id, one.id, now]);
      return mail !== undefined;
    });
  }

  return {
    /** Answers how many leads got a report. */
    async sendReports(): Promise<number> {
      const now = clock.now();
      let count = 0;
      for (let from: readonly [Date, number] = [new Date(0), 0]; ; ) {
        const page = await db.rows(due, [now, ...from]);
        for (const one of page) if (await tell(one)) count++;
        const end = page.at(-1);
        if (!end) return count;
        from = [end.next_send_at, end.id];
      }
    },
  };
}
