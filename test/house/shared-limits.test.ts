import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { openLab } from '../../src/testing/lab.ts';

test('instances on one database count calls together, each door in its way', async () => {
  const env = { PORTICO_SHARED_LIMITS: 'on', PORTICO_DOTLOOP_RATE: '4', PORTICO_SPARK_RATE: '4', PORTICO_REAPIT_PER_DAY: '4' };
  await using one = await openLab({ env });
  await using other = await openLab({
    env,
    prepare: async (settings) => {
      settings.DATABASE_URL = one.config.databaseUrl ?? '';
    },
  });
  const turns = [one, other, one, other, one, other];
  const said = async (call: (lab: typeof one) => Promise<{ status: number }>) => {
    const statuses: number[] = [];
    for (const lab of turns) statuses.push((await call(lab)).status);
    return statuses;
  };
  deepEqual(await said(({ dotloop }) => dotloop('/account')), [200, 200, 200, 200, 429, 429]);
  deepEqual(await said(({ spark }) => spark('/system', { bearer: 'sandbox_agent_token' })), [200, 200, 200, 200, 429, 429]);
  deepEqual(await said(({ reapit }) => reapit('/contacts?pageSize=1')), [200, 200, 200, 200, 429, 429]);
});
