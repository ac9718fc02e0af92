import { type RawBuilder, sql } from 'kysely';
import type { Asked, JsonTest } from '../kernel/json-search.ts';

type Sql = RawBuilder<unknown>;

/** Trees of one application at one customer have this name at their root: every entry of the index begins with it. */
export const treeScope = (orgId: number, clientId: string): string => `${orgId}/${clientId}`;

/** The tree that holds these values at the path, and nothing else. */
const around = (scope: string, path: readonly string[], values: readonly unknown[]): string =>
  JSON.stringify({ [scope]: path.reduceRight<unknown>((tree, name) => ({ f: { [name]: tree } }), { v: values }) });

const isPart = (asked: Asked) => typeof asked === 'object' && asked !== null && !('s' in asked) && !Array.isArray(asked);
const jsonList = (values: readonly unknown[]): Sql => sql`${values.map((value) => JSON.stringify(value))}::text[]::jsonb[]`;

const OPERATOR = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

function compileOne(column: Sql, scope: string, test: JsonTest): Sql {
  const { path } = test;
  const values = sql`${column} #> ${[scope, ...path.flatMap((name) => ['f', name]), 'v']}::text[]`;
  switch (test.kind) {
    case 'any': {
      // one containment each: the index serves these, and none of `any (array)`
      const parts = test.of.map((asked) => sql`${column} @> ${around(scope, path, [asked])}::jsonb`);
      return sql`(${sql.join(parts, sql.raw(' or '))})`;
    }
    case 'holds':
      return sql`${column} @> ${around(scope, path, [test.of])}::jsonb`;
    case 'none': {
      const whole = jsonList(test.of.filter((asked) => !isPart(asked)));
      const parts = jsonList(test.of.filter(isPart));
      return sql`((${values}) is null or exists (
        select from jsonb_array_elements(${values}) as found (one) where not (one = any (${whole}) or one @> any (${parts}))))`;
    }
    case 'compare': {
      const one = test.by === 'number' ? sql`jsonb_typeof(one) = 'number' and one` : sql`(one -> 't')`;
      return sql`exists (select from jsonb_array_elements(${values}) as found (one)
        where ${one} ${sql.raw(OPERATOR[test.op])} ${JSON.stringify(test.value)}::jsonb)`;
    }
  }
}

/** Does the tree in the column answer all of these with yes? */
export const compileJsonTests = (column: Sql, scope: string, tests: readonly JsonTest[]): Sql =>
  tests.length === 0
    ? sql`true`
    : sql.join(
        tests.map((test) => compileOne(column, scope, test)),
        sql.raw(' and '),
      );
