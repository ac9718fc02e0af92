import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { PAPER_PRINTS } from '../../src/sandbox/data/paper-prints.ts';
import { drawPaper, PAPER_NAMES } from '../../src/sandbox/papers.ts';

test('papers are PDFs whose bytes are known before they are drawn', async () => {
  assert.ok(PAPER_NAMES.length >= 15);
  for (const name of PAPER_NAMES) {
    const bytes = await drawPaper(name);
    assert.equal(Buffer.from(bytes.subarray(0, 5)).toString(), '%PDF-', name);
    const print = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
    assert.deepEqual(print, PAPER_PRINTS[name], `${name} is drawn otherwise now: put this into data/paper-prints.ts`);
  }
  assert.equal(new Set(PAPER_NAMES.map((name) => PAPER_PRINTS[name].sha256)).size, PAPER_NAMES.length);
});
