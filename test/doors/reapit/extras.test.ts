import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import { SANDBOX } from '../../../src/sandbox/index.ts';
import { openLab } from '../../../src/testing/lab.ts';

test('extras fields that the customer granted come back by name, unset ones do not', async () => {
  await using lab = await openLab();
  const { identity } = lab.house.stores.domain;
  await lab.rows(
    `update office set extras = '{"reapit": {"extrasField": {"oInetRM": "12345", "oSecret": "x"}}}' where org_id = 2`,
  );
  await identity.install(systemActor(2), { clientId: SANDBOX.reapit.clientId, extrasFields: ['oInetRM', 'pDirections'] });
  const call = (query: string) => lab.reapit(`/offices/OXF${query}`, { customer: 'DEMO' });
  const extras = ({ body }: { body: unknown }) => (body as { extrasField: unknown }).extrasField;
  deepEqual(extras(await call('')), {});
  deepEqual(extras(await call('?extrasField=oInetRM&extrasField=pDirections')), { oInetRM: '12345' });
  equal((await call('?extrasField=oInetRM&extrasField=oSecret')).status, 400);
  equal((await lab.reapit('/offices/OXF?extrasField=oInetRM')).status, 400);
});
