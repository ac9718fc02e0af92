/** What a site's key may read, write or delete: the rows of its matrix (contracts/propertybase.md §1.6). */
export const SITE_RESOURCES = [
  'offices',
  'agents',
  'employees',
  'teams',
  'leads',
  'saved_searches',
  'property_views',
  'favorite_properties',
  'inquiries',
  'showings',
  'property_notes',
  'email_friends',
  'contact_forms',
  'dynamic_forms',
  'form_submissions',
  'market_reports',
  'market_report_updates',
  'developments',
  'development_categories',
  'messages',
  'tasks',
  'events',
  'sales_exclusives',
  'lead_properties',
  'properties',
] as const;
export type SiteResource = (typeof SITE_RESOURCES)[number];

/** The same rights for every resource. */
export const everyResource = (rights: string): Record<string, string> =>
  Object.fromEntries(SITE_RESOURCES.map((row) => [row, rights]));
