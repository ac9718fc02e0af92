import { type Querier, statement, type Tx } from '../db/index.ts';

/** New ids start here once a sandbox was made, so the documented ones (up to 125,736,485) never meet a new one (domain-people §1.1). */
const FIRST_OWN_ID = 200_000_000;

const raise = statement<never>(
  'sandbox.raise_sequences',
  `select setval(format('%I.%I', schemaname, sequencename)::regclass, ${FIRST_OWN_ID})
   from pg_sequences
   where schemaname = current_schema() and sequencename like '%\\_id\\_seq' and coalesce(last_value, 0) < ${FIRST_OWN_ID}`,
);

/** Once for each database; a sequence that is there already stays where it is. */
export async function raiseSequences(q: Querier): Promise<void> {
  await q.rows(raise, []);
}

// Half of a reset were looks at other tables: at 24 of them for each contact that goes, at one or two for each row that comes. Who may
// say so (a superuser, which the embedded server's account is) leaves them out; then cascades are left out too, so every table is
// wiped by its own statement, and triggers of ours have to be `enable always`. test/sandbox/references.test.ts asks for both, and follows
// each reference of the world that was told.
const trustReferences = statement<never>(
  'sandbox.trust_references',
  `select set_config('session_replication_role', 'replica', true) where has_parameter_privilege('session_replication_role', 'set')`,
);

/** Until the transaction ends, what is written is not compared with what it refers to. */
export async function trustStory(tx: Tx): Promise<void> {
  await tx.rows(trustReferences, []);
}

type Table = { name: string; quoted: string; has_org: boolean; has_client: boolean; parents: string[] };

// Read from the catalogue, so that a table of a later migration is wiped without being named here.
const tables = statement<Table>(
  'sandbox.tables',
  `select c.relname::text as name, format('%I', c.relname) as quoted,
     exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped) as has_org,
     exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'client_app'::regclass) as has_client,
     array(select k.confrelid::regclass::text from pg_constraint k
           where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as parents
   from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
   order by c.relname`,
);

/** Tables that others refer to, first those that refer to nothing; and all tables in the order in which they are wiped. */
type Order = { readonly parents: readonly Table[]; readonly all: readonly Table[] };

/**
 * Whoever refers comes before what it refers to. Tables that nothing ties to the others come last: a request that is still writing
 * holds us up at the tied ones, so by then its rows here are to be seen.
 */
function orderOf(all: readonly Table[]): Order {
  const byName = new Map(all.map((table) => [table.name, table]));
  const done = new Set<string>();
  const parentsFirst: Table[] = [];
  const visit = (table: Table) => {
    if (done.has(table.name)) return;
    done.add(table.name);
    for (const parent of table.parents) {
      const found = byName.get(parent);
      if (found) visit(found);
    }
    parentsFirst.push(table);
  };
  all.forEach(visit);
  const parents = new Set(all.flatMap((table) => table.parents));
  const isTied = (table: Table) => table.parents.length > 0 || parents.has(table.name);
  const childrenFirst = parentsFirst.toReversed();
  return {
    parents: parentsFirst.filter(({ name }) => parents.has(name)),
    all: [...childrenFirst.filter(isTied), ...childrenFirst.filter((table) => !isTied(table))],
  };
}

/** The condition of the sandbox's rows; undefined where the table has none. */
function isMine({ name, has_org, has_client }: Table): string | undefined {
  const mine: string[] = [];
  if (has_org) mine.push('org_id = any ($1::bigint[])');
  if (has_client) mine.push(`client_id in (${CLIENTS})`);
  if (name === 'organisation') mine.push('id = any ($1::bigint[])');
  return mine.length > 0 ? mine.join(' or ') : undefined;
}

/** Nobody adds to a row that is held: who is adding is waited for, so that the wiping sees what was added. */
async function holdParents(tx: Tx, parents: readonly Table[], ids: readonly number[]): Promise<void> {
  const held = parents.flatMap((table) => {
    const mine = isMine(table);
    return mine ? [`select count(*) from (select from ${table.quoted} where ${mine} for update) held`] : [];
  });
  await tx.rows(statement<never>('sandbox.hold_parents', held.join(' union all ')), [ids]);
}

// Totals are folded in a transaction of their own, which must not write fences of the old world into the new one.
const holdFolding = statement<never>('sandbox.hold_folding', 'select id from fence_folding for update');
// Every insert looks at its organisation, so from here on writers wait, and those who are at it are waited for.
const sandboxes = statement<{ id: number }>('sandbox.organisations', 'select id from organisation where is_sandbox for update');
const CLIENTS = 'select client_id from client_app where org_id = any ($1::bigint[])';

/** How far the codes of a noun have been handed out. */
export type Counter = { readonly org_id: number; readonly noun: string; readonly prefix: string; readonly next: number };

// In the statement that deletes them: whoever takes a block afterwards waits for the new story, and counts on from there.
const takeCounters = statement<Counter>(
  'sandbox.take_counters',
  'delete from code_counter where org_id = any ($1::bigint[]) returning org_id, noun, prefix, next',
);

/**
 * Deletes everything of every sandbox organisation, and whatever hangs on its applications. Other organisations keep every row.
 * Answers how far codes were counted: running servers hold blocks of them in memory (domain/codes.ts), so a counter that began anew
 * would give them out once more.
 */
export async function wipeSandboxes(tx: Tx): Promise<readonly Counter[]> {
  const ids = (await tx.rows(sandboxes, [])).map((row) => row.id);
  if (ids.length === 0) return [];
  await tx.rows(holdFolding, []);
  const { parents, all } = orderOf(await tx.rows(tables, []));
  await holdParents(tx, parents, ids);
  let counters: Counter[] = [];
  for (const table of all) {
    const mine = isMine(table);
    if (table.name === 'code_counter') counters = await tx.rows(takeCounters, [ids]);
    else if (mine)
      await tx.rows(statement<never>(`sandbox.wipe.${table.name}`, `delete from ${table.quoted} where ${mine}`), [ids]);
  }
  return counters;
}
