import type { MarketOfRow } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import type { Desk, Model } from '../desk.ts';
import { computed, of, told } from '../fields.ts';
import { byId, byText, byTruth, byWord } from '../filters.ts';
import { at, ofLead, type Resource, under } from '../resource.ts';

const LOCATION_TYPES = ['town', 'area', 'county', 'zip_code', 'polygon'] as const;
const FREQUENCIES = ['weekly', 'monthly', 'quarterly'] as const;

/** What a report says of its market; an order for one brings that with it. */
const marketOf = (row: Row): MarketOfRow =>
  (row.market as MarketOfRow | undefined) ?? ({ ...row, min_bedrooms: null } as unknown as MarketOfRow);

/** Figures of the listings that each row is about, computed when they are shown: one statement a row that is shown. */
const figures: NonNullable<Resource['extend']> = async ({ domain }, { actor }, rows, { show }) => {
  if (!show) return new Map();
  const found = await Promise.all(
    rows.map(async (row) => {
      const statistics = await domain.marketFigures(actor, marketOf(row));
      return [row.id, { statistics: { ...statistics, as_of: domain.now().toISOString() } }] as const;
    }),
  );
  return new Map<number, Model>(found);
};

export const marketReports = (desk: Desk): Resource => ({
  name: 'market_reports',
  permission: 'market_reports',
  model: 'Market report',
  models: 'Market reports',
  key: 'market_report',
  methods: 'LGCUD',
  places: ofLead('market_reports'),
  source: desk.domain.records.marketReport,
  fields: {
    ...of('string', 'rw', 'name', { required: true }),
    lead_id: { type: 'id', access: 'rw', of: 'Lead', column: 'contact_id' },
    ...of('text', 'rw', 'description'),
    ...of('string', 'rw', 'location'),
    ...of('string', 'rw', 'location_type', { words: LOCATION_TYPES }),
    ...of('strings', 'rw', 'property_types'),
    ...of('decimal', 'rw', 'min_price max_price'),
    ...of('bool', 'rw', 'published'),
    ...of('date', 'rw', 'period_start period_end'),
    ...of('url', 'r', 'url', { read: ({ id }) => `${desk.publicUrl}/market_reports/${id}` }),
    ...told('object', 'r', 'statistics', { shown: 'show' }),
  },
  filters: { lead_id: byId('contact_id:id'), location: byText('location'), published: byTruth('published') },
  orders: { name: 'name' },
  extend: figures,
});

const place = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null) return (value as string | null) ?? null;
  const { name } = value as Record<string, unknown>;
  return typeof name === 'string' ? name : null;
};

export const marketReportUpdates = (desk: Desk): Resource => ({
  name: 'market_report_updates',
  permission: 'market_report_updates',
  model: 'Market report update',
  models: 'Market report updates',
  key: 'market_report_update',
  methods: 'LGCUD',
  places: [
    under('market_reports', '/market_reports/:market_report_id/market_report_updates', 'market_report_id', 'market_report_id'),
    under('market_reports', '/market_reports/:market_report_id/updates', 'market_report_id', 'market_report_id'),
    at('/market_report_updates'),
    ...ofLead('market_report_updates').filter(({ parent }) => parent),
  ],
  source: desk.domain.records.marketReportUpdate,
  fields: {
    market_report_id: { type: 'id', access: 'rc', of: 'Market report', column: 'market_report_id' },
    lead_id: { type: 'id', access: 'rw', of: 'Lead', column: 'contact_id' },
    ...of('string', 'rw', 'name'),
    // An object with the name of the place, or the name alone.
    location: computed<unknown>('place', 'rw', {
      read: ({ location }) => location,
      write: (value) => ({ location: place(value) }),
    }),
    ...of('decimal', 'rw', 'max_price min_price'),
    ...of('int', 'rw', 'min_bedrooms'),
    ...of('strings', 'rw', 'property_types'),
    frequency: computed<string | null>(
      'string',
      'rw',
      { read: ({ frequency }) => frequency, write: (value) => ({ frequency: value ?? 'monthly' }) },
      { words: FREQUENCIES },
    ),
    ...of('bool', 'rw', 'active'),
    ...of('timestamp', 'r', 'last_sent_at next_send_at'),
    ...told('object', 'r', 'statistics', { shown: 'show' }),
  },
  filters: {
    market_report_id: byId('market_report_id:id'),
    lead_id: byId('contact_id:id'),
    active: byTruth('active'),
    frequency: byWord('frequency', FREQUENCIES),
    location: byText('location'),
  },
  orders: { name: 'name' },
  complete: (_own, { row, sent }) =>
    row === null && (sent.frequency === undefined || sent.frequency === null) ? { frequency: 'monthly' } : {},
  extend: figures,
});
