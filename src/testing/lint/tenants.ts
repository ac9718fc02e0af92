import { loadLint, type Tenants, untiedIn } from './tenant-lint.ts';

/**
 * Columns that name one row among all organisations: whoever sends such a value is not known yet, or is known by just that. What a
 * statement reads besides must be tied to the row that it finds.
 */
const ENTRANCES: Readonly<Record<string, readonly string[]>> = {
  organisation: ['code'],
  // Secrets, by their hashes; a grant's id is a random one that nobody is told.
  api_key: ['hash', 'key'],
  token: ['hash', 'grant_id'],
  oauth_grant: ['id', 'session_hash'],
  spark_session: ['hash'],
  upload: ['uuid'],
  web_session: ['hash'],
  // Whoever signs in says an address, and chooses among the organisations that have it.
  app_user: ['email_key'],
  // Public addresses with unguessable keys, or names of a portal.
  media: ['public_key'],
  public_file: ['public_key'],
  shared_listing: ['id'],
  portal_name: ['name'],
  organisation_domain: ['domain'],
  // An application is its developer's, wherever it is installed.
  client_app: ['client_id'],
  installation: ['client_id'],
  webhook: ['client_id'],
  usage_day: ['client_id'],
};

/** What works for all organisations at once, by a piece of its text with single spaces, and why it may. */
const FOR_ALL: readonly (readonly [piece: RegExp, why: string])[] = [
  [
    /^delete from (token|web_session|spark_session|oauth_grant g|upload) where (created_at|expires_at|ended_at) </,
    'sweeps by age',
  ],
  [/^select b\.org_id, b\.id, b\.sha256 from blob b where b\.created_at </, 'sweeps bytes that nothing names'],
  [/ from event( e)?(,| where \(e\.txid, e\.id\) >)/, 'the feeder reads the log of all'],
  [/^select max\(id\) as id from event$/, 'the feeder starts at the end of the log'],
  [/ from feed_cursor c where c\.name = 'webhooks'$/, 'the feeder asks whether anybody listens'],
  [/^select x\.txid::text from \( \(select pg_snapshot_xmin/, 'the feeder starts where somebody began to listen'],
  [/ from webhook w left join app_user u on .* where w\.(door|id) = /, 'the feeder looks whether owners may still listen'],
  [/^update webhook set enabled = false, .* where id = any\(\$1\) and ended is null/, 'the feeder turns off what may not listen'],
  [/ from webhook_delivery where status = 'pending' and next_at </, 'what is due at all'],
  [/^delete from webhook_delivery where \(org_id, id\) in /, 'sweeps by age'],
  [/^delete from webhook w where w\.deleted_at </, 'sweeps by age'],
  [/^select w\.id from webhook w join organisation o on \(o\.is_sandbox/, 'turns off what nobody uses in the sandbox'],
  [/ left join organisation [co] on [co]\.id = d\.customer_id /, "a delivery names the customer of the application's developer"],
  [/^select to_jsonb\(t\) - \$1::text\[\]/, 'a test compares what two tellings of the story left'],
  [
    /^insert into organisation_domain .* on conflict \(domain\) do update set domain = excluded\.domain/,
    'asks whose a domain is',
  ],
  [/ from list_fence_delta order by /, 'folds the totals of all'],
  [/^select org_id as org, scope, sum\(v\)::bigint as kept from /, 'portico doctor compares the totals of all'],
  [/^delete from call_answer where created_at </, 'sweeps by age'],
  [/^select g\.id as org_id from organisation g .*exists \(select from saved_search_contact l /, 'whose searches have alerts'],
  [
    / from market_report_update u .* where u\.active and u\.deleted_at is null and u\.next_send_at <= /,
    'reports that are due at all',
  ],
  [/ from mail where status = 'waiting' and next_at </, 'one outbox for all'],
  [/^with notice as \( select x\.\*, o\.code as customer/, 'what happened at all, to whoever subscribed to it'],
  [/^(delete|update|select) .*organisation where (is_sandbox|id = any)/, 'puts the sandbox back, by its mark'],
  [
    / where org_id = any \(\$1::bigint\[\]\) or client_id in \(select client_id from client_app/,
    'puts the sandbox back, its applications too',
  ],
];

const TENANT_KEY = 'org_id';

/** Every table with a column `org_id` is the tenants', and so are the organisations themselves. */
const tenantsOf = (tables: readonly string[]): Tenants =>
  new Map<string, readonly [string, ...string[]]>([
    ...tables.map((table) => [table, [TENANT_KEY, ...(ENTRANCES[table] ?? [])]] as const),
    ['organisation', ['id', ...(ENTRANCES.organisation ?? [])]],
  ]);

const isForAll = (sql: string): boolean => {
  const text = sql.replace(/\s+/g, ' ').trim();
  return FOR_ALL.some(([piece]) => piece.test(text));
};

/** What is wrong with statements: those that are neither tied to one organisation nor known to work for all. */
export async function lintStatements(statements: Iterable<string>, tables: readonly string[]): Promise<string[]> {
  await loadLint();
  const tenants = tenantsOf(tables);
  return [...statements]
    .filter((sql) => !isForAll(sql))
    .flatMap((sql) => {
      const untied = untiedIn(sql, tenants).map(({ table, alias }) => (alias === table ? table : `${table} ${alias}`));
      return untied.length === 0 ? [] : [`${untied.join(', ')}: ${sql}`];
    });
}
