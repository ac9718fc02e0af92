import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { reapit } from '../../../src/doors/reapit/plugin.ts';

type Document = { paths: Record<string, Record<string, { operationId: string }>> };

test('the OpenAPI document is valid and has every operation once', async () => {
  const copy = JSON.parse(JSON.stringify(reapit.openapi('http://127.0.0.1:8080'))) as Document;
  const checked = await new Validator().validate(structuredClone(copy) as unknown as Record<string, unknown>);
  deepEqual([checked.valid, checked.errors ?? []], [true, []]);
  const ids = Object.values(copy.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  equal(new Set(ids).size, ids.length);
  deepEqual(ids.sort(), reapit.contracts.map(({ operationId }) => operationId).sort());
});
