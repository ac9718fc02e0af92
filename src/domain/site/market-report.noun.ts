import { statement } from '../../db/index.ts';
import { boolean, date, instant, integer, noun, number, ref, text, texts } from '../records/index.ts';
import { OF_LIVE_LEADS } from './listing-of.ts';
import { marketSql } from './market.ts';

const drop = statement<never>(
  'market_report.drop_updates',
  `update market_report_update set deleted_at = $3, updated_at = $3, version = version + 1
   where org_id = $1 and market_report_id = $2 and deleted_at is null`,
);

/** A report that the brokerage publishes, or that a lead has. */
export const marketReportNoun = noun({
  name: 'market_report',
  columns: {
    name: text({ required: true }),
    contact_id: ref('contact'),
    location: text(),
    location_type: text(),
    property_types: texts(),
    min_price: number(),
    max_price: number(),
    published: boolean({ required: true }),
    period_start: date(),
    period_end: date(),
  },
  code: 'none',
  label: ({ name }) => name ?? '',
  shown: OF_LIVE_LEADS,
  async removed({ tx, what, row }) {
    await tx.rows(drop, [what.actor.orgId, row.id, what.at]);
  },
});

const leadOf = statement<{ contact_id: number | null }>(
  'market_report.lead',
  'select contact_id from market_report where org_id = $1 and id = $2',
);
const MONTHS: Readonly<Record<string, number>> = { monthly: 1, quarterly: 3 };

/** When a report goes out next: a week, a month or a quarter later; the last of a shorter month for a day that it lacks. */
export function nextSend(frequency: string | null, from: Date): Date {
  if (frequency === 'weekly') return new Date(from.getTime() + 7 * 86_400_000);
  const next = new Date(from);
  next.setUTCMonth(next.getUTCMonth() + (MONTHS[frequency ?? ''] ?? 1));
  if (next.getUTCDate() !== from.getUTCDate()) next.setUTCDate(0);
  return next;
}

/** A lead's standing order for a report. */
export const marketReportUpdateNoun = noun({
  name: 'market_report_update',
  columns: {
    market_report_id: ref('market_report'),
    contact_id: ref('contact'),
    name: text(),
    location: text(),
    property_types: texts(),
    min_price: number(),
    max_price: number(),
    min_bedrooms: integer(),
    frequency: text({ required: true }),
    active: boolean({ required: true }),
    last_sent_at: instant(),
    next_send_at: instant(),
  },
  code: 'none',
  label: ({ name }) => name ?? 'Market report update',
  shown: OF_LIVE_LEADS,
  reads: { market: marketSql('t') },
  async settle({ tx, what, before, after, idOf }) {
    const report = idOf('market_report_id');
    const own = idOf('contact_id');
    const lead =
      !before && own === null && report !== null ? (await tx.rows(leadOf, [what.actor.orgId, report]))[0]?.contact_id : undefined;
    const due =
      !before || before.frequency !== after.frequency || (after.active && !before.active)
        ? { next_send_at: nextSend(after.frequency, before?.active ? (before.last_sent_at ?? what.at) : what.at) }
        : {};
    return { ...(lead ? { contact_id: lead } : {}), ...due };
  },
});
