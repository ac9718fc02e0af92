import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { reapit } from '../../../src/doors/reapit/plugin.ts';
import { type Break, breakingChanges, type Description } from '../../../src/testing/breaking.ts';

const SNAPSHOT = join(import.meta.dirname, '../../../snapshots/openapi/reapit.json');
const published = JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as Description;
const served = JSON.parse(JSON.stringify(reapit.openapi('http://127.0.0.1:8080'))) as Description;

/** A document that may be spoilt: the places that the tests below change. */
type Draft = {
  readonly paths: Record<
    string,
    Record<string, { parameters: { name: string; required?: boolean }[]; responses: Record<string, unknown> }>
  >;
  readonly components: { readonly schemas: Record<string, { properties: Record<string, unknown>; required: string[] }> };
};
type Spoil = (document: Draft) => void;

/** What was published for the version holds; and a change of this kind would be seen. */
function neverChanges(name: string, kind: Break, at: string, spoil: Spoil): void {
  test(name, () => {
    const changes = breakingChanges(published, served);
    deepEqual(
      changes.filter((change) => change.kind === kind),
      [],
    );
    const spoilt: unknown = structuredClone(served);
    spoil(spoilt as Draft);
    deepEqual(breakingChanges(served, spoilt as Description), [{ kind, at }]);
  });
}

neverChanges('R107 no field of the version is renamed or removed', 'field', 'OfferModel.amount', ({ components }) => {
  delete components.schemas.OfferModel?.properties.amount;
});
neverChanges('R108 no URL of the version is changed', 'url', 'PATCH /offers/{id}', ({ paths }) => {
  delete paths['/offers/{id}']?.patch;
});
neverChanges('R109 no filter of the version is changed', 'filter', 'GET /offers/ query amountFrom', ({ paths }) => {
  const get = paths['/offers/']?.get;
  if (get) get.parameters = get.parameters.filter(({ name }) => name !== 'amountFrom');
});
neverChanges('R110 no error of the version is changed', 'error', 'POST /offers/ 422', ({ paths }) => {
  delete paths['/offers/']?.post?.responses['422'];
});
neverChanges('R111 no validation of the version is added', 'validation', 'CreateOfferModel.conditions', ({ components }) => {
  components.schemas.CreateOfferModel?.required.push('conditions');
});
neverChanges('R112 no field of the version changes its type', 'type', 'OfferModel.amount', ({ components }) => {
  Object.assign(components.schemas.OfferModel?.properties ?? {}, { amount: { type: 'string' } });
});
neverChanges('R113 no parameter of the version is newly required', 'parameter', 'GET /offers/ query amountFrom', ({ paths }) => {
  const found = paths['/offers/']?.get?.parameters.find(({ name }) => name === 'amountFrom');
  if (found) found.required = true;
});

test('what is added breaks nothing', () => {
  const more = structuredClone(served) as { paths: Record<string, unknown>; components: { schemas: Record<string, unknown> } };
  more.paths['/new/'] = { get: { responses: {} } };
  more.components.schemas.NewModel = { type: 'object' };
  deepEqual(breakingChanges(served, more as Description), []);
});
