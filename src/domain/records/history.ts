import { sql } from 'kysely';
import { build, type Querier, statement } from '../../db/index.ts';
import type { Row } from '../../kernel/record.ts';
import { inOfficesSql, readColumns } from './columns-sql.ts';
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

type Values = Readonly<Record<string, unknown>>;
/** What differs from the row as it is now; null: it was not there. */
type State = Values | null;
/** A row as it is now, as far as the way back needs it. */
type Now = { readonly id: number; readonly version: number; readonly created_at: Date };

const isPair = (value: unknown): value is readonly [unknown, unknown] => Array.isArray(value) && value.length === 2;

const writtenAt = ({ at, verb, changed }: Logged): unknown => (verb === 'created' ? (changed.updated_at ?? at) : at);

/** The row before an event, `previous` being the event before that. */
function undo(noun: AnyNoun, now: Now, state: Values, event: Logged, previous: Logged | undefined): State {
  if (event.verb === 'created') return null;
  const pairs = event.verb === 'updated' ? Object.entries(event.changed) : [];
  const old = pairs.flatMap(([column, pair]) =>
    isPair(pair) && (column === 'extras' || noun.columns[column]) ? [[column, pair[0]]] : [],
  );
  const version = Number(state.version ?? now.version) - 1;
  return { ...state, ...Object.fromEntries(old), version, updated_at: previous ? writtenAt(previous) : now.created_at };
}

/** @param events of the row, newest first */
function statesOf(noun: AnyNoun, now: Now | undefined, events: readonly Logged[], { first, last }: EventRun) {
  let state: State = now ? {} : null;
  let after: State = null;
  for (const [i, event] of events.entries()) {
    if (event.id < first) break;
    const isLast = event.id <= last && (events[i - 1]?.id ?? Number.POSITIVE_INFINITY) > last;
    if (isLast) after = event.verb === 'deleted' ? null : state;
    if (now && state) state = undo(noun, now, state, event, events[i + 1]);
  }
  return { before: state, after };
}

type Wanted = { readonly id: number; readonly values: Values };

/**
 * Rows that hold other values than they do now, read as any row is: references as codes of what is not deleted, and what the noun reads
 * besides its columns; without those that doors show no more. The database computes no column of such a row anew; `generated` tells
 * those.
 */
async function readStates(
  q: Querier,
  noun: AnyNoun,
  orgId: number,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<number, Row>> {
  if (wanted.length === 0) return new Map();
  const asked = JSON.stringify(wanted.map(({ id, values }, n) => ({ n, id, values })));
  const table = sql.raw(tableOf(noun));
  const rows = await q.run(
    sql<Row & { n: number }>`select asked.n, ${sql.raw(readColumns(noun))}
      from jsonb_to_recordset(${asked}::jsonb) as asked (n int, id bigint, "values" jsonb)
      join ${table} stored on stored.org_id = ${orgId} and stored.id = asked.id
      cross join lateral jsonb_populate_record(stored, asked."values") t
      where ${sql.raw(noun.shown ?? 'true')}`.compile(build),
  );
  return new Map(rows.map(({ n, ...row }) => [n, { ...(row as Row), ...noun.generated?.(row as Row) }]));
}

const current = (noun: AnyNoun) =>
  statement<Now>(
    `record.${noun.name}.now`,
    `select t.id, t.version, t.created_at from ${tableOf(noun)} t where t.org_id = $1 and t.id = any ($2::bigint[])`,
  );

/**
 * Rows as they were around events: from what they are now, back through everything that was logged since (domain-people §2.16). It goes by
 * what writes of declared nouns keep to: an event a write, raw values in it, and one step of the version.
 * @param q one snapshot: a write between its questions would be seen in the row and not in the log
 */
export async function rowsAround(
  q: Querier,
  noun: AnyNoun,
  orgId: number,
  changes: readonly EventRun[],
): Promise<readonly Around[]> {
  if (changes.length === 0) return [];
  const byId = Map.groupBy(changes, ({ id }) => id);
  const ids = [...byId.keys()];
  const firsts = [...byId.values()].map((own) => Math.min(...own.map(({ first }) => first)));
  const events = await q.rows(logged, [orgId, noun.name, ids, firsts]);
  const rows = new Map((await q.rows(current(noun), [orgId, ids])).map((row) => [row.id, row]));
  const eventsOf = Map.groupBy(events, ({ row_id }) => row_id);
  const found = changes.map((change) => statesOf(noun, rows.get(change.id), eventsOf.get(change.id) ?? [], change));
  const wanted: Wanted[] = [];
  const place = (id: number, values: State): number | undefined => (values ? wanted.push({ id, values }) - 1 : undefined);
  const places = found.map(({ before, after }, i) => {
    const { id } = changes[i] ?? { id: 0 };
    return { before: place(id, before), after: place(id, after) };
  });
  const read = await readStates(q, noun, orgId, wanted);
  const rowAt = (n: number | undefined) => (n === undefined ? null : (read.get(n) ?? null));
  return places.map(({ before, after }) => ({ before: rowAt(before), after: rowAt(after) }));
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
