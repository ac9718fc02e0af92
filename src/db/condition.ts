import { type RawBuilder, sql } from 'kysely';
import type { Condition, Scalar } from '../kernel/condition.ts';
import { invalid } from '../kernel/fault.ts';
import { readPattern } from '../kernel/pattern.ts';
import { type Catalogue, fieldOf } from './catalogue.ts';
import { compileJsonTests, treeScope } from './json-test.ts';
import { caselessOf, comparable, literal, scalar } from './scalar.ts';
import { compileShape } from './shape.ts';

type Sql = RawBuilder<unknown>;

const isEquality = (condition: Condition): condition is Extract<Condition, { kind: 'compare' | 'among' }> =>
  condition.kind === 'among' || (condition.kind === 'compare' && (condition.op === 'eq' || condition.op === 'ne'));

/** Equality with keys of other rows, asked of their ids, which are looked up once; undefined where it is none. */
function compareReference(condition: Condition, catalogue: Catalogue): Sql | undefined {
  if (!isEquality(condition)) return undefined;
  const refers = condition.left.kind === 'field' ? fieldOf(catalogue, condition.left.name).refers : undefined;
  const values = condition.kind === 'among' ? condition.values : [condition.right];
  const keys = values.filter((value) => value.kind === 'literal');
  if (!refers || keys.length < values.length) return undefined;
  const { by = 'reso_key', when } = refers;
  const asked = keys.map((key) => (by === 'code' ? String(key.value).toUpperCase() : String(key.value)));
  const type = sql.raw(by === 'code' ? 'text' : 'bpchar');
  const ids = sql`array(select r.id from ${sql.raw(refers.table)} r
    where r.org_id = ${catalogue.orgId} and r.${sql.raw(by)} = any (${asked}::${type}[]))`;
  const found = sql`${when === undefined ? sql`` : sql`${sql.raw(when)} and `}${sql.raw(refers.id)} = any (${ids})`;
  return condition.kind === 'compare' && condition.op === 'ne' ? sql`((${found}) is not true)` : sql`(${found})`;
}

/** Does the row's list share a value with those asked for? */
function containsAny({ field: name, values }: Extract<Condition, { kind: 'contains_any' }>, catalogue: Catalogue): Sql {
  const field = fieldOf(catalogue, name);
  const { list } = field;
  if (!list) throw invalid({ in: 'query', at: name, reason: 'value', message: `${name} is no list` });
  const column = sql.raw(field.sql);
  const codes = values.map((value) => value.toUpperCase());
  const ids = (table: string) =>
    sql`from ${sql.raw(table)} r where r.org_id = ${catalogue.orgId} and r.code = any (${codes}::text[]) and r.deleted_at is null`;
  switch (list.kind) {
    case 'ids':
      return sql`${column} && array(select r.id ${ids(list.table)})`;
    case 'texts':
      return sql`exists (select from unnest(${column}) as one where lower(one) = any (${values.map((value) => value.toLowerCase())}::text[]))`;
    case 'facets': {
      const token = `${catalogue.orgId}:${list.facet}:`;
      if (list.table === undefined) return sql`${column} && ${values.map((value) => token + value.toLowerCase())}::text[]`;
      return sql`${column} && array(select ${token} || r.id::text ${ids(list.table)})`;
    }
  }
}

/** Documents are kept by the codes of their rows, which the catalogue calls `code`. */
function hasMetadata({ type, clientId, tests }: Extract<Condition, { kind: 'metadata' }>, catalogue: Catalogue): Sql {
  const { orgId = 0 } = catalogue;
  const answers = compileJsonTests(sql`kept.search`, treeScope(orgId, clientId), tests);
  return sql`exists (select from metadata kept where kept.org_id = ${orgId} and kept.client_id = ${clientId}
    and kept.entity_type = ${type} and kept.entity_id = ${sql.raw(fieldOf(catalogue, 'code').sql)} and kept.deleted_at is null and ${answers})`;
}

/** Equality with words of a closed list: without case, yet as they are kept; undefined where it is none. */
function compareWords(condition: Condition, catalogue: Catalogue): Sql | undefined {
  if (!isEquality(condition) || condition.left.kind !== 'field') return undefined;
  const field = fieldOf(catalogue, condition.left.name);
  const values = condition.kind === 'among' ? condition.values : [condition.right];
  const said = values.flatMap((value) => (value.kind === 'literal' ? [String(value.value).toLowerCase()] : []));
  if (!field.words || said.length < values.length) return undefined;
  const kept = field.words.filter((word) => said.includes(word.toLowerCase()));
  const column = sql.raw(field.sql);
  const equal = kept.length === 0 ? sql`false` : sql`${column} in (${sql.join(kept.map((word) => sql`${word}::text`))})`;
  const found = field.absent !== undefined && kept.includes(field.absent) ? sql`(${equal} or ${column} is null)` : equal;
  return condition.kind === 'compare' && condition.op === 'ne' ? sql`((${found}) is not true)` : found;
}

const OPERATOR = { eq: '=', ne: 'is distinct from', gt: '>', ge: '>=', lt: '<', le: '<=' } as const;
const likeText = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');

function match(condition: Extract<Condition, { kind: 'contains' | 'starts' | 'ends' }>, catalogue: Catalogue): Sql {
  const caseless = caselessOf(condition.left, catalogue);
  const left = comparable(condition.left, catalogue, caseless);
  const text = likeText(condition.text);
  const form = condition.kind === 'contains' ? `%${text}%` : condition.kind === 'starts' ? `${text}%` : `%${text}`;
  return caseless ? sql`${left} like lower(${form}::text)` : sql`${left} like ${form}::text`;
}

function matchPattern(condition: Extract<Condition, { kind: 'pattern' }>, catalogue: Catalogue): Sql {
  const pattern = readPattern(condition.pattern);
  if ('fault' in pattern)
    throw invalid({ in: 'query', reason: 'value', message: `The regular expression cannot be run: ${pattern.fault}` });
  return sql`${scalar(condition.left, catalogue).sql} ${sql.raw(condition.ignoreCase ? '~*' : '~')} ${pattern.sql}::text`;
}

/**
 * A condition as SQL with parameters. It has two values, not three: a row that lacks a field meets no comparison of it but `ne`, and
 * `not` is every other row (what a person means by "everything but Fargo").
 */
export function compileCondition(condition: Condition, catalogue: Catalogue): Sql {
  const of = (value: Scalar, caseless: boolean) => comparable(value, catalogue, caseless);
  const special = compareReference(condition, catalogue) ?? compareWords(condition, catalogue);
  if (special) return special;
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const parts = condition.of.map((part) => compileCondition(part, catalogue));
      if (parts.length === 0) return condition.kind === 'and' ? sql`true` : sql`false`;
      return sql`(${sql.join(parts, sql.raw(` ${condition.kind} `))})`;
    }
    case 'not':
      return sql`((${compileCondition(condition.of, catalogue)}) is not true)`;
    case 'compare': {
      const caseless = caselessOf(condition.left, catalogue) && caselessOf(condition.right, catalogue);
      return sql`${of(condition.left, caseless)} ${sql.raw(OPERATOR[condition.op])} ${of(condition.right, caseless)}`;
    }
    case 'among': {
      if (condition.values.length === 0) return sql`false`;
      const caseless = caselessOf(condition.left, catalogue);
      return sql`${of(condition.left, caseless)} in (${sql.join(condition.values.map((value) => of(value, caseless)))})`;
    }
    case 'between': {
      const caseless = caselessOf(condition.left, catalogue);
      return sql`${of(condition.left, caseless)} between ${of(condition.least, caseless)} and ${of(condition.most, caseless)}`;
    }
    case 'missing':
      if (condition.left.kind === 'field' && fieldOf(catalogue, condition.left.name).absent !== undefined) return sql`false`;
      return sql`${scalar(condition.left, catalogue).sql} is null`;
    case 'contains':
    case 'starts':
    case 'ends':
      return match(condition, catalogue);
    case 'pattern':
      return matchPattern(condition, catalogue);
    case 'inside':
      if (!catalogue.place) throw invalid({ in: 'query', reason: 'value', message: 'These rows have no place on the map' });
      return compileShape(condition.shape, catalogue.place);
    case 'contains_any':
      return containsAny(condition, catalogue);
    case 'some': {
      const collection = catalogue.collections?.[condition.of];
      if (!collection) throw invalid({ in: 'query', reason: 'value', message: `Unknown collection ${condition.of}` });
      const inside = compileCondition(condition.where, { ...catalogue, fields: collection.fields });
      return sql`exists (select from ${sql.raw(collection.from)} and ${inside})`;
    }
    case 'metadata':
      return hasMetadata(condition, catalogue);
    case 'question': {
      const question = catalogue.questions?.[condition.name];
      if (!question) throw invalid({ in: 'query', reason: 'value', message: `Unknown question ${condition.name}` });
      const values = condition.values.map((value) => literal(value).sql);
      return question(values, sql`${catalogue.orgId}`);
    }
    case 'ids':
      return sql`${sql.raw(catalogue.id)} = any (${[...condition.ids]}::bigint[])`;
    case 'never':
      return sql`false`;
  }
}

/** Does it look into texts or compute with every row? Then no index bounds its time, and the list gives it less (list.ts). */
export function isCostly(condition: Condition): boolean {
  const computed = (value: Scalar) => value.kind !== 'field' && value.kind !== 'literal';
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.of.some(isCostly);
    case 'not':
      return isCostly(condition.of);
    case 'contains':
    case 'ends':
    case 'pattern':
    case 'inside':
    case 'metadata':
    case 'question':
      return true;
    case 'compare':
    case 'among':
    case 'between':
      return computed(condition.left);
    default:
      return false;
  }
}
