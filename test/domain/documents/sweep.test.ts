import { deepEqual } from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { openSnapshot } from '../../../src/db/transfer/snapshot.ts';
import { sweepFiles } from '../../../src/domain/index.ts';
import { openLab } from '../../../src/testing/lab.ts';

test('no file is taken away while a backup reads', async () => {
  await using lab = await openLab({ world: 'empty' });
  const { connected, ports, domain } = lab.house.stores;
  const { id } = await domain.orgs.createOrganisation({ code: 'SWEPT', name: 'Swept' });
  const received = await ports.files.receive(id, Readable.from([Buffer.from('of no row')]), { limit: 100 });
  await received.keep();
  const later = new Date(Date.now() + 2 * 86_400_000);
  const snapshot = await openSnapshot(connected.pool);
  deepEqual(await sweepFiles(ports.db, ports.files, later), { files: 0, blobs: 0 });
  await snapshot.close();
  deepEqual(await sweepFiles(ports.db, ports.files, later), { files: 1, blobs: 0 });
});
