import { sql } from 'kysely';
import { build, type Querier, statement } from '../../db/index.ts';
import type { Row } from '../../kernel/record.ts';
import { idKey, inOfficesSql, readColumns } from './columns-sql.ts';
import { type AnyNoun, tableOf } from './noun.ts';
import type { Nouns } from './record.store.ts';

/** A run of events of one row, by the ids of its first and its last. */
export type EventRun = { readonly id: number; readonly first: number; readonly last: number };
/** The row before the first event and after the last; null where it was not there. */
export type Around = { readonly before: Row | null; readonly after: Row | null };

type Logged = {
  readonly id: number;
  readonly row_id: number;
  readonly verb: 'created' | 'updated' | 'deleted';
  readonly changed: Readonly<Record<string, unknown>>;
  readonly at: Date;
};

// From the first event that is asked about, and the one before it, which says when the row was written last.
const logged = statement<Logged>(
  'record.logged',
  `select e.id, e.row_id, e.verb, e.changed, e.at
   from unnest($3::bigint[], $4::bigint[]) as a (row_id, first)
   join event e on e.org_id = $1 and e.noun = $2 and e.row_id = a.row_id and e.verb in ('created', 'updated', 'deleted')
     and e.id >= coalesce((select max(p.id) from event p
       where p.org_id = $1 and p.noun = $2 and p.row_id = a.row_id and p.id < a.first and p.verb in ('created', 'updated')), a.first)
   order by e.id desc`,
);

/** A row on its way back, and the references that were put back to what they were. */
type State = { readonly row: Row; readonly restored: ReadonlySet<string> };

const isPair = (value: unknown): value is readonly [unknown, unknown] => Array.isArray(value) && value.length === 2;

/** What JSON made of a value. */
const revived = (kind: string | undefined, value: unknown) =>
  kind === 'instant' && typeof value === 'string' ? new Date(value) : value;

const writtenAt = ({ at, verb, changed }: Logged): Date =>
  verb === 'created' && typeof changed.updated_at === 'string' ? new Date(changed.updated_at) : at;

/** The row before an event, `previous` being the event before that. */
function undo(noun: AnyNoun, { row, restored }: State, event: Logged, previous: Logged | undefined): State | null {
  if (event.verb === 'created') return null;
  const old: Record<string, unknown> = {};
  const more = new Set(restored);
  for (const [column, pair] of event.verb === 'updated' ? Object.entries(event.changed) : []) {
    const declared = noun.columns[column];
    if (!isPair(pair) || (!declared && column !== 'extras')) continue;
    const kind = declared?.kind;
    const isReference = kind === 'ref' || kind === 'refs' || kind === 'any_ref';
    if (isReference) more.add(column);
    old[isReference ? idKey(column) : column] = revived(kind, pair[0]);
  }
  const updated_at = previous ? writtenAt(previous) : row.created_at;
  return { row: { ...row, ...old, version: row.version - 1, updated_at }, restored: more };
}

const idsOf = (value: unknown): number[] => (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'number');

/** The noun that a reference of this row names. */
function targetOf(noun: AnyNoun, row: Row, column: string): string | undefined {
  const declared = noun.columns[column];
  return declared?.which ? declared.which.nouns[String(row[declared.which.column])] : declared?.noun;
}

type Code = { readonly noun: string; readonly id: number; readonly code: string };

/** Codes of what references named, one statement for all of them; deleted rows have none any more. */
async function codesOf(q: Querier, orgId: number, noun: AnyNoun, states: readonly State[]): Promise<ReadonlyMap<string, string>> {
  const asked = new Map<string, Set<number>>();
  for (const { row, restored } of states)
    for (const column of restored) {
      const target = targetOf(noun, row, column);
      if (target === undefined) continue;
      const ids = asked.get(target) ?? new Set();
      for (const id of idsOf(row[idKey(column)])) ids.add(id);
      asked.set(target, ids);
    }
  if (asked.size === 0) return new Map();
  const parts = [...asked].map(
    ([target, ids]) => sql`select ${target}::text as noun, id, code from ${sql.table(target)}
      where org_id = ${orgId} and id = any (${[...ids]}::bigint[]) and deleted_at is null`,
  );
  const found = await q.run(sql<Code>`${sql.join(parts, sql.raw(' union all '))}`.compile(build));
  return new Map(found.map(({ noun: target, id, code }) => [`${target} ${id}`, code]));
}

function finish(noun: AnyNoun, { row, restored }: State, codes: ReadonlyMap<string, string>): Row {
  const shown = [...restored].map((column) => {
    const target = targetOf(noun, row, column);
    const found = idsOf(row[idKey(column)]).flatMap((id) => codes.get(`${target} ${id}`) ?? []);
    return [column, noun.columns[column]?.kind === 'refs' ? found : (found[0] ?? null)];
  });
  const told: Row = { ...row, ...Object.fromEntries(shown) };
  return { ...told, ...noun.generated?.(told) };
}

/** @param events of the row, newest first */
function statesOf(noun: AnyNoun, current: Row | undefined, events: readonly Logged[], { first, last }: EventRun) {
  let state: State | null = current ? { row: current, restored: new Set() } : null;
  let after: State | null = null;
  for (const [i, event] of events.entries()) {
    if (event.id < first) break;
    const isLast = event.id <= last && (events[i - 1]?.id ?? Number.POSITIVE_INFINITY) > last;
    if (isLast) after = event.verb === 'deleted' ? null : state;
    state = state && undo(noun, state, event, events[i + 1]);
  }
  return { before: state, after };
}

/**
 * Rows as they were around events: from what they are now, back through everything that was logged since (domain-people §2.16). It goes by
 * what writes of declared nouns keep to: an event a write, raw values in it, and one step of the version. What rows tell besides their
 * columns is told as it is now.
 */
export async function rowsAround(
  q: Querier,
  noun: AnyNoun,
  orgId: number,
  changes: readonly EventRun[],
): Promise<readonly Around[]> {
  if (changes.length === 0) return [];
  const ids = [...new Set(changes.map(({ id }) => id))];
  const firsts = ids.map((id) => Math.min(...changes.filter((one) => one.id === id).map(({ first }) => first)));
  const [rows, events] = await Promise.all([
    q.run(
      sql<Row>`select ${sql.raw(readColumns(noun))} from ${sql.raw(tableOf(noun))} t where t.org_id = ${orgId} and t.id = any (${ids}::bigint[])`.compile(
        build,
      ),
    ),
    q.rows(logged, [orgId, noun.name, ids, firsts]),
  ]);
  const current = new Map(rows.map((row) => [row.id, row]));
  const eventsOf = Map.groupBy(events, ({ row_id }) => row_id);
  const found = changes.map((change) => statesOf(noun, current.get(change.id), eventsOf.get(change.id) ?? [], change));
  const codes = await codesOf(
    q,
    orgId,
    noun,
    found.flatMap(({ before, after }) => [before, after]).filter((state) => state !== null),
  );
  const told = (state: State | null) => state && finish(noun, state, codes);
  return found.map(({ before, after }) => ({ before: told(before), after: told(after) }));
}

/** Which of these rows, deleted ones included, belong to one of the offices; all where the noun's rows belong to none in particular. */
export async function idsInOffices(
  q: Querier,
  noun: AnyNoun,
  nouns: Nouns,
  orgId: number,
  officeIds: readonly number[],
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  const inside = inOfficesSql(noun, nouns, officeIds);
  if (inside === undefined) return new Set(ids);
  const found = await q.run(
    sql<{ id: number }>`select t.id from ${sql.raw(tableOf(noun))} t
      where t.org_id = ${orgId} and t.id = any (${ids}::bigint[]) and ${sql.raw(inside)}`.compile(build),
  );
  return new Set(found.map(({ id }) => id));
}
