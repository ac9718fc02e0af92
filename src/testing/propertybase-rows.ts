import type { CoverageRow } from './dotloop-rows.ts';

const METHODS: Readonly<Record<string, readonly (readonly [method: string, suffix: string])[]>> = {
  L: [['GET', '']],
  G: [['GET', '/:id']],
  C: [['POST', '']],
  U: [
    ['PATCH', '/:id'],
    ['PUT', '/:id'],
  ],
  D: [['DELETE', '/:id']],
  A: [
    ['PUT', '/:id/deactivate'],
    ['PUT', '/:id/reactivate'],
  ],
};

/** A row of the table of resources: its number, its methods as letters, its paths. */
const resource = (row: string, methods: string, ...paths: readonly string[]): CoverageRow[] =>
  paths.flatMap((path) =>
    [...methods].flatMap((letter) =>
      (METHODS[letter] ?? []).map(([method, suffix]) => ({ row, method, path: path + suffix, scope: '', learned: '2' })),
    ),
  );
const LEAD = '/leads/:lead_id';
const ofLead = (...names: readonly string[]) => [...names.map((name) => `/${name}`), ...names.map((name) => `${LEAD}/${name}`)];
const DEVELOPMENT = '/developments/:development_id';
const part = (row: string, long: string, short: string) =>
  resource(row, 'LGCUD', `${DEVELOPMENT}/${long}`, `${DEVELOPMENT}/${short}`);

/** contracts/propertybase.md §2: what there has to be, with every alias, whether or not the door has it. */
export const propertybaseRows: readonly CoverageRow[] = [
  ...resource('1', 'LGCUDA', '/offices'),
  ...resource('2', 'LGCUDA', '/agents'),
  ...resource('3', 'LGCUDA', '/employees'),
  ...resource('4', 'LGCUDA', '/teams'),
  ...resource('5', 'LGCUD', '/leads'),
  ...resource('6', 'L', '/lead_enumerations', '/leads/enumerations'),
  ...resource('7', 'LGCD', `${LEAD}/searches`, `${LEAD}/lead_searches`, '/searches', '/lead_searches'),
  ...resource('8', 'LGCUD', ...ofLead('saved_searches')),
  ...resource('9', 'L', '/saved_searches/:id/data', `${LEAD}/saved_searches/:id/data`),
  ...resource('10', 'LGCD', ...ofLead('property_views'), '/property_view_updates'),
  ...resource('11', 'LGCD', ...ofLead('favorite_properties', 'favorite_props')),
  ...resource('12', 'LGCUD', ...ofLead('inquiries')),
  ...resource('13', 'LGCUD', ...ofLead('showings')),
  ...resource('14', 'LGCUD', ...ofLead('property_notes')),
  ...resource('15', 'LGCD', ...ofLead('email_friends')),
  ...resource('16', 'LGCD', ...ofLead('contact_forms')),
  ...resource('17', 'LGCUD', '/dynamic_forms'),
  ...resource('18', 'LGC', '/dynamic_forms/:dynamic_form_id/form_submissions', ...ofLead('form_submissions')),
  ...resource('19', 'LGCUD', ...ofLead('market_reports')),
  ...resource(
    '20',
    'LGCUD',
    '/market_reports/:market_report_id/market_report_updates',
    '/market_reports/:market_report_id/updates',
    ...ofLead('market_report_updates'),
  ),
  ...resource('21', 'LGCUD', '/developments'),
  ...resource('22', 'LGCUD', '/development_categories', `${DEVELOPMENT}/development_categories`, `${DEVELOPMENT}/categories`),
  ...part('23', 'development_addresses', 'addresses'),
  ...part('24', 'development_agents', 'agents'),
  ...part('25', 'development_area_profiles', 'area_profiles'),
  ...part('26', 'development_floor_plans', 'floor_plans'),
  ...part('27', 'development_listing_sheets', 'listing_sheets'),
  ...part('28', 'development_pictures', 'pictures'),
  ...part('29', 'development_prices', 'prices'),
  ...resource('30', 'LGCUD', ...ofLead('messages')),
  ...resource('31', 'LGCUD', ...ofLead('tasks')),
  ...resource('32', 'LGCUD', ...ofLead('events')),
  ...resource('33', 'LGCUD', '/sales_exclusives'),
  ...resource('34', 'LGCUD', ...ofLead('lead_properties')),
  ...resource('35', 'LG', '/properties'),
];
