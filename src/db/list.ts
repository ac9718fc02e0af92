import { type RawBuilder, sql } from 'kysely';
import { type Condition, countValues, type ListPage, type ListQuery, type Order } from '../kernel/condition.ts';
import { Fault, invalid } from '../kernel/fault.ts';
import { type Catalogue, fieldOf, sortSql } from './catalogue.ts';
import { compileCondition, isCostly } from './condition.ts';
import { FENCE_ROWS, type Fenced, fromStart, type Range, rangeSql, startSql, wholeSql } from './fences.ts';
import { type KeptList, type KeptPart, keptPart } from './kept.ts';
import { build, type Querier } from './querier.ts';

type Sql = RawBuilder<unknown>;

/**
 * A list that doors page, filter and sort. The page's ids are read from one narrow index, then the rows are joined to them.
 *
 *     listRows<Row>(db, {
 *       catalogue,                                       // names → SQL; `catalogue.id` is the row's id
 *       from: sql`contact c`,                            // what ids are read from …
 *       where: sql`c.org_id = ${orgId} and c.deleted_at is null`,
 *       key: 'c.reso_key',                               // … and the key that `after` continues behind
 *       columns: sql`c.id, c.reso_key, o.name as office`,
 *       rows: sql`contact c on c.org_id = ${orgId} and c.id = page.id left join office o on …`,
 *     }, query)
 */
export type List = {
  readonly catalogue: Catalogue;
  readonly from: Sql;
  /** what every row of the list meets: the tenant first, then who may see it */
  readonly where: Sql;
  readonly key: string;
  readonly columns: Sql;
  /** what is joined to `page` to make a row */
  readonly rows: Sql;
  /** the same rows, and parts of them, as the database counts them: their totals and deep pages cost no more than a page */
  readonly kept?: readonly KeptList[];
};

/** Filters whose time no index bounds get this long; clients give up after 5 seconds (contracts/spark.md §11). */
const COSTLY_MS = 4_000;
/** So many values are compared with every row where no index serves them. */
const MANY_VALUES = 100;
/** A shuffled page is drawn from so many rows around a random id, so that a large list costs no more than this many. */
const SHUFFLED = 10_000;

const comma = sql.raw(', ');
const isDown = (order: Order | undefined) => order?.descending ?? false;

/** Terms of an ORDER BY; `nulls last` is said where it is not the default of the direction. */
function terms(order: readonly Order[], catalogue: Catalogue): Sql {
  const parts = order.map(({ field: name, descending }) => {
    const field = fieldOf(catalogue, name);
    return sql.raw(`${sortSql(field)}${descending ? (field.required ? ' desc' : ' desc nulls last') : ''}`);
  });
  return sql.join([...parts, sql.raw(catalogue.id)], comma);
}

/** The ids of a page in order. Descending with nulls last is two scans of the index, values then the rest: it runs backwards but once. */
function orderedIds({ catalogue, from }: List, where: Sql, order: readonly Order[], limit: Sql, most: number): Sql {
  const [first, ...others] = order;
  const id = sql.raw(catalogue.id);
  const select = (more: Sql, by: Sql) => sql`select ${id} as id from ${from} where ${where}${more} order by ${by}`;
  if (!first || !isDown(first) || fieldOf(catalogue, first.field).required)
    return sql`${select(sql``, terms(order, catalogue))} ${limit}`;
  const field = fieldOf(catalogue, first.field);
  const down = sql.join([sql.raw(`${sortSql(field)} desc`), terms(others, catalogue)], comma);
  // Each branch has its limit, which also keeps PostgreSQL from running them side by side.
  return sql`select id from (
    (${select(sql` and ${sql.raw(field.sql)} is not null`, down)} limit ${most}::bigint)
    union all (${select(sql` and ${sql.raw(field.sql)} is null`, terms(others, catalogue))} limit ${most}::bigint)) both_scans ${limit}`;
}

/** Ids in an order of chance, from the rows at and after a random id, then from those before it. */
function shuffledIds({ catalogue, from, where }: List, filter: Sql, limit: Sql): Sql {
  const id = sql.raw(catalogue.id);
  const least = sql`(select min(${id}) from ${from} where ${where})`;
  const most = sql`(select max(${id}) from ${from} where ${where})`;
  const side = (operator: string) =>
    sql`(select ${id} as id from ${from} where ${filter} and ${id} ${sql.raw(operator)} (select id from pivot) order by ${id} limit ${SHUFFLED}::bigint)`;
  return sql`with pivot as materialized (select (${least} + floor(random() * (${most} - ${least} + 1)))::bigint as id)
    select id from (select id from (${side('>=')} union all ${side('<')}) near limit ${SHUFFLED}::bigint) sample order by random() ${limit}`;
}

type Kept = { readonly fenced: Fenced; readonly range: Range };

/** The kept list that answers, by the key that is asked for: the range's, or else the page's. */
function keptOf({ catalogue, from, where }: List, query: ListQuery, { kept, field, least, most }: KeptPart): Kept | undefined {
  const { name, keys, scope = 0 } = kept;
  const [first] = query.order === 'random' ? [] : query.order;
  const key = field ?? keys.find((one) => one === first?.field) ?? keys[0];
  if (key === undefined || catalogue.orgId === undefined) return undefined;
  return {
    fenced: { list: `${name}.${key}`, org: sql`${catalogue.orgId}::bigint`, scope: sql`${scope}::bigint` },
    range: {
      key,
      column: sql.raw(fieldOf(catalogue, key).sql),
      from,
      where: kept.where ? sql`${where} and ${compileCondition(kept.where, catalogue)}` : where,
      least,
      most,
    },
  };
}

/** Is the page so far down the key of the kept list that its place is worth looking up? */
const isDeep = ({ order, offset, after }: ListQuery, { range }: Kept) =>
  offset > FENCE_ROWS && after === undefined && order !== 'random' && order[0]?.field === range.key;

function idsOf(list: List, query: ListQuery, filter: Sql, offset: Sql = sql`${query.offset}::bigint`): Sql {
  const limit = sql`limit ${query.limit}::bigint offset ${offset}`;
  if (query.after !== undefined) {
    const key = sql.raw(list.key);
    const id = sql.raw(list.catalogue.id);
    return sql`select ${id} as id from ${list.from} where ${filter} and ${key} > ${query.after} order by ${key} ${limit}`;
  }
  if (query.order === 'random') return shuffledIds(list, filter, limit);
  return orderedIds(list, filter, query.order, limit, query.limit + query.offset);
}

/** CTEs with `whole(total)`, and the ids of the page: by the kept list where one answers, else counted and walked over an index. */
function partsOf(list: List, query: ListQuery, filter: Sql): { readonly whole: Sql; readonly ids: Sql } {
  const part = list.kept && keptPart(list.kept, query.where, list.catalogue);
  const kept = part && keptOf(list, query, part);
  const ids = () => idsOf(list, query, filter);
  if (kept && isDeep(query, kept)) {
    const descending = query.order !== 'random' && isDown(query.order[0]);
    const offset = sql`${query.offset}::bigint`;
    const { where, skip } = fromStart(kept.range, offset, descending);
    return {
      whole: sql`${rangeSql(kept.fenced, kept.range)}, ${startSql(offset, descending)}`,
      ids: idsOf(list, query, sql`${filter} and ${where}`, skip),
    };
  }
  if (!query.total) return { whole: sql`whole as (select null::bigint as total)`, ids: ids() };
  if (!kept)
    return { whole: sql`whole as materialized (select count(*) as total from ${list.from} where ${filter})`, ids: ids() };
  return { whole: part.field === undefined ? wholeSql(kept.fenced) : rangeSql(kept.fenced, kept.range), ids: ids() };
}

/** A statement's form is ours, but what it computes is the caller's: division, casts and patterns can fail while it runs. */
function asFault(error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  if (!/^(22|54)/.test(error.code)) return error;
  return new Fault('invalid', `The filter cannot be computed: ${error.message}`, {
    reason: 'filter.not_computable',
    breaches: [{ in: 'query', reason: 'value', message: `The filter cannot be computed: ${error.message}` }],
    cause: error,
  });
}

/**
 * Runs a statement that callers' conditions are part of: so long and no longer where no index bounds its time.
 * @throws Fault invalid for what cannot be computed; unavailable `database.slow`
 */
export function runAsked<T extends object>(q: Querier, asked: RawBuilder<T>, conditions: readonly Condition[]): Promise<T[]> {
  const costly = conditions.some((where) => isCostly(where) || countValues(where) > MANY_VALUES);
  return q.run(asked.compile(build), costly ? COSTLY_MS : undefined).catch((error: unknown) => {
    throw asFault(error);
  });
}

type Counted = { list_total: number; list_place: number | null };

/**
 * A page of rows, and the exact total where it is wanted: one statement. Nulls come last in both directions, ties go by id.
 * @throws Fault invalid for fields that the catalogue lacks and for what cannot be computed; unavailable `database.slow`
 */
export async function listRows<T extends object>(q: Querier, list: List, query: ListQuery): Promise<ListPage<T>> {
  if (!Number.isSafeInteger(query.limit) || !Number.isSafeInteger(query.offset) || query.limit < 0 || query.offset < 0)
    throw invalid({ in: 'query', reason: 'value', message: 'A page has a size and a place' });
  const catalogue = query.zone === undefined ? list.catalogue : { ...list.catalogue, zone: query.zone };
  const filter = query.where ? sql`${list.where} and ${compileCondition(query.where, catalogue)}` : list.where;
  if (query.limit === 0 && !query.total) return { rows: [] };
  const { whole, ids } = partsOf({ ...list, catalogue }, query, filter);
  const asked =
    query.limit === 0
      ? sql<T & Counted>`with ${whole} select total as list_total, null as list_place from whole`
      : sql<T & Counted>`with ${whole},
          page as materialized (select id, row_number() over () as place from (${ids}) ids)
        select whole.total as list_total, page.place as list_place, ${list.columns}
        from whole left join (page join ${list.rows}) on true order by page.place`;
  const found = await runAsked(q, asked, query.where === undefined ? [] : [query.where]);
  const rows = found.flatMap(({ list_total: _, list_place, ...row }) => (list_place === null ? [] : [row as unknown as T]));
  return query.total ? { rows, total: found[0]?.list_total ?? 0 } : { rows };
}
