import { deepEqual } from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { openSnapshot } from '../../../src/db/transfer/snapshot.ts';
import { sweepFiles } from '../../../src/domain/index.ts';
import { openLab } from '../../../src/testing/lab.ts';
import { untilFound } from '../../../src/testing/until.ts';

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
  // The server gives the lock back when it sees the session end, which is after the client has gone.
  const swept = await untilFound('the lock of the backup is given back', async () => {
    const found = await sweepFiles(ports.db, ports.files, later);
    return found.files > 0 ? found : undefined;
  });
  deepEqual(swept, { files: 1, blobs: 0 });
});
