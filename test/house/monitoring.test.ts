import { deepEqual, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLab } from '../../src/testing/lab.ts';
import { untilFound } from '../../src/testing/until.ts';

test('requests are counted at their door, also what it does not know and what comes to its own host', async () => {
  await using lab = await openLab({ world: 'empty' });
  for (const host of ['spark.localhost', 'dotloop.localhost', 'connect.localhost'])
    await lab.house.app.inject({ url: '/nothing', headers: { host } });
  for (const path of [
    '/spark/v1/nothing',
    '/reapit/nothing',
    '/propertybase/api/v2/leads',
    '/keys',
    '/readyz',
    '/nothing?x=/spark/',
  ])
    await lab.call(path);
  /** by door, without those that ask for the figures */
  const counted = async () => {
    const { text } = await lab.call('/metrics');
    const totals = new Map<string, number>();
    for (const [line, door = '', count] of text.matchAll(/^portico_request_seconds_count\{door="(\w+)".*\} (\d+)$/gm))
      if (!line.includes('route="/metrics"')) totals.set(door, (totals.get(door) ?? 0) + Number(count));
    return totals;
  };
  // A request is counted once its answer is out, which may be a moment after it was read here.
  const all = await untilFound('every request is counted', async () => {
    const totals = await counted();
    return [...totals.values()].reduce((sum, n) => sum + n, 0) === 9 ? totals : undefined;
  });
  deepEqual(Object.fromEntries(all), { spark: 2, dotloop: 1, connect: 1, reapit: 1, propertybase: 1, house: 3 });
});

const folder = join(import.meta.dirname, '../../docs/monitoring');

test('every figure that the example of monitoring asks for is in /metrics', async () => {
  await using lab = await openLab({ world: 'empty' });
  await lab.call('/healthz');
  const { text } = await lab.call('/metrics');
  const asked = new Set(
    readdirSync(folder).flatMap(
      (name) => readFileSync(join(folder, name), 'utf8').match(/\b(portico|nodejs|process)_[a-z0-9_]+/g) ?? [],
    ),
  );
  ok(asked.size > 5);
  deepEqual(
    [...asked].filter((name) => !text.includes(`\n${name}{`) && !text.includes(`\n${name} `)),
    [],
  );
});
