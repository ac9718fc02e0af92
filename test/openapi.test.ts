import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { doors } from '../src/app.ts';
import { coverage, coverageTable } from '../src/testing/coverage.ts';

/** How many rows the document of a door has, and how many of them are the sign-in's, which has no contracts. */
const ROWS: Readonly<Record<string, readonly [rows: number, signIn: number]>> = {
  dotloop: [47, 3],
  propertybase: [365, 0],
  spark: [116, 14],
};

for (const door of doors) {
  test(`${door.name}: the OpenAPI document is valid and has every operation once`, async () => {
    const copy: Record<string, unknown> = JSON.parse(JSON.stringify(door.openapi('http://127.0.0.1:8080')));
    const checked = await new Validator().validate(copy);
    deepEqual([checked.valid, checked.errors ?? []], [true, []]);
    const paths = copy.paths as Record<string, Record<string, { operationId: string }>>;
    const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    deepEqual(ids.sort(), door.contracts.map(({ operationId }) => operationId).sort());
  });

  test(`${door.name}: every endpoint of the contract is there`, () => {
    const rows = coverage(door.name, door.contracts);
    const [all, signIn] = ROWS[door.name] ?? [0, 0];
    equal(rows.length, all);
    deepEqual(
      rows.filter(({ state }) => state === 'missing').map(({ method, path }) => `${method} ${path}`),
      [],
    );
    equal(new Set(rows.map(({ method, path }) => `${method} ${path}`)).size, all);
    equal(
      rows.filter(({ path, right }) => right === '' && !door.contracts.some(({ url }) => url === path)).length <= signIn,
      true,
    );
  });
}

test('the table has a line for each row', () => {
  const lines = coverageTable()
    .split('\n')
    .filter((line) => /^\| E?\d/.test(line));
  equal(
    lines.length,
    Object.values(ROWS).reduce((sum, [rows]) => sum + rows, 0),
  );
});
