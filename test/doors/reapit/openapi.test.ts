import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { groupNames, groupOf } from '../../../src/doors/reapit/contract/data.ts';
import { reapit } from '../../../src/doors/reapit/plugin.ts';

type Schema = { $ref?: string; type?: string; items?: Schema; properties?: Record<string, Schema> };
type Answer = { content?: Record<string, { schema: Schema }> };
type Operation = { operationId: string; responses: Record<string, Answer> };
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } };

const documentOf = () => JSON.parse(JSON.stringify(reapit.openapi('http://127.0.0.1:8080'))) as Document;

test('the OpenAPI document is valid and has every operation once', async () => {
  const copy = documentOf();
  const checked = await new Validator().validate(structuredClone(copy) as unknown as Record<string, unknown>);
  deepEqual([checked.valid, checked.errors ?? []], [true, []]);
  const ids = Object.values(copy.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  equal(new Set(ids).size, ids.length);
  deepEqual(ids.sort(), reapit.contracts.map(({ operationId }) => operationId).sort());
});

test('every list and item is described with the members of its own group', () => {
  const { paths, components } = documentOf();
  const found = (schema: Schema | undefined): Schema =>
    schema?.$ref === undefined ? (schema ?? {}) : found(components.schemas[schema.$ref.split('/').at(-1) ?? '']);
  const wrong = groupNames().flatMap((group) => {
    const { model, paged, endpoints, path } = groupOf(group);
    const reads = endpoints.filter(({ method }) => method === 'GET' && model !== undefined);
    return reads.filter((endpoint) => {
      const answer = paths[endpoint.path]?.get?.responses[endpoint.status]?.content?.['application/json']?.schema;
      const whole = found(answer);
      const listed = paged && endpoint.path === path ? found(whole.properties?._embedded) : whole;
      const row = listed.type === 'array' ? found(listed.items) : listed;
      return Object.keys(row.properties ?? {}).join() !== Object.keys(model?.fields ?? {}).join();
    });
  });
  deepEqual(
    wrong.map(({ path }) => path),
    [],
  );
});

test('a download says that it may not have what Accept names', () => {
  equal('406' in (documentOf().paths['/documents/{id}/download']?.get?.responses ?? {}), true);
});
