import { equal, match } from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PeerFigure, Result } from '../../bench/measure.ts';
import { writeReport } from '../../bench/report.ts';

const result = (name: string, peers: readonly PeerFigure[]): Result => ({
  name,
  title: `GET ${name}`,
  target: 0.6,
  figures: {
    portico: { perSecond: 1_000, p99: 20 },
    bare: { perSecond: 1_250, p99: 15 },
    statement: { perSecond: 2_000, p99: 10 },
  },
  ratio: 0.8,
  ratioToStatement: 0.5,
  peers,
});

async function pageOf(results: readonly Result[]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'portico-report-'));
  try {
    await writeReport(dir, {
      size: { contacts: 1, loops: 1, listings: 1 },
      results,
      price: { page: 2, withTotal: 3, deep: 3 },
      starts: { existing: 900, empty: 5_000, memory: undefined },
    });
    return await readFile(join(dir, 'results.md'), 'utf8');
  } finally {
    await rm(dir, { recursive: true });
  }
}

test('a case has a column for each peer of the run, and a dash where one took no part', async () => {
  const slow: PeerFigure = { title: 'Slow 1.0', perSecond: 250, p99: 99, ratio: 4 };
  const mock: PeerFigure = { title: 'Mock 2.0', perSecond: 2_000, p99: 9, ratio: 0.5 };
  const page = await pageOf([result('loop', [slow, mock]), result('page1', [slow]), result('contact', [])]);
  const peers = page.slice(page.indexOf('## Peers'), page.indexOf('## Pages'));
  const rows = peers.split('\n').filter((line) => line.startsWith('| '));
  equal(rows[0], '| case | Portico | Slow 1.0 | Mock 2.0 | ratio to Slow 1.0 | ratio to Mock 2.0 |');
  equal(rows[2], '| GET loop | 1,000 (20) | 250 (99) | 2,000 (9) | **4** | **0.5** |');
  equal(rows[3], '| GET page1 | 1,000 (20) | 250 (99) | – | **4** | – |');
  equal(rows.length, 4);
  match(peers, /\nGET loop\n {2}Portico {3}█{20} 1,000\n {2}Slow 1\.0 {2}█{5} 250\n {2}Mock 2\.0 {2}█{40} 2,000\n/);
});

test('without peers the page says nothing of them', async () => {
  const page = await pageOf([result('loop', [])]);
  equal(page.includes('Peers'), false);
  match(page, /\n\| GET loop \| 1,000 \(20\) \| 1,250 \(15\) \| 2,000 \(10\) \| \*\*0\.8\*\* \| 0\.5 \| 0\.6: met \|\n/);
});
