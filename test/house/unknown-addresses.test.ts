import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { openLab } from '../../src/testing/lab.ts';

test('an explorer or a description of no door is not there, whatever it is called', async () => {
  await using lab = await openLab({ world: 'empty' });
  for (const [path, noun] of [
    ['/explore/nobody', 'API explorer'],
    ['/explore/__proto__/x', 'API explorer'],
    ['/openapi/none.json', 'API description'],
    ['/openapi/__proto__.json', 'API description'],
    ['/openapi/spark.yaml', 'API description'],
  ] as const) {
    const { status, body } = await lab.call(path);
    deepEqual([status, body], [404, { error: { message: `No such ${noun}` } }], path);
  }
});
