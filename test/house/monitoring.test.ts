import { deepEqual, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLab } from '../../src/testing/lab.ts';

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
