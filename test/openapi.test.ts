import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { dotloop } from '../src/doors/dotloop/plugin.ts';
import { coverage, coverageTable } from '../src/testing/coverage.ts';

const document = () => dotloop.openapi('http://127.0.0.1:8080');

test('the OpenAPI document is valid and has every operation once', async () => {
  const copy: Record<string, unknown> = JSON.parse(JSON.stringify(document()));
  const checked = await new Validator().validate(copy);
  deepEqual([checked.valid, checked.errors ?? []], [true, []]);
  const paths = copy.paths as Record<string, Record<string, { operationId: string }>>;
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  deepEqual(ids.sort(), dotloop.contracts.map(({ operationId }) => operationId).sort());
});

test('every endpoint of the contract is there, and nothing besides', () => {
  const rows = coverage();
  equal(rows.length, 47);
  deepEqual(
    rows.filter(({ state }) => state === 'missing').map(({ method, path }) => `${method} ${path}`),
    [],
  );
  // three of the rows are the sign-in's
  equal(dotloop.contracts.length, rows.length - 3);
  equal(
    coverageTable()
      .split('\n')
      .filter((line) => /^\| \d/.test(line)).length,
    rows.length,
  );
});
