import type { Db } from '../db/index.ts';
import { statement } from '../db/index.ts';
import { DEMO_FOR_TESTS } from './demo-credentials.ts';

/** The two brokerages of the sandbox: the one that documents show, and one that proves that nothing crosses over. */
export const SBOX = { id: 1, code: 'SBOX' };
export const DEMO = DEMO_FOR_TESTS.organisation;

const there = statement<{ n: number }>(
  'sandbox.there',
  'select count(*)::int as n from organisation where is_sandbox and code = any ($1::text[]) and deleted_at is null',
);

/** Are both brokerages there? What they hold is not looked at. Every start asks, so the story itself is imported by whoever tells it. */
export async function hasStory(db: Db): Promise<boolean> {
  return (await db.rows(there, [[SBOX.code, DEMO.code]]))[0]?.n === 2;
}
