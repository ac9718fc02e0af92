import { type Db, type Querier, statement, type Tx } from '../db/index.ts';

/** Mints the codes that Reapit's door shows: office code, two digits of the year, a sequence (domain-people §1.2). */
export type Codes = {
  /** @param width of the whole code: 9, 10 or 11 */
  mint(orgId: number, noun: string, officeId: number | null, at: Date, width: number): Promise<string>;
  /** The same for a row that a running transaction makes beside its own: a number at a time, and the counter is its until it ends. */
  mintIn(tx: Tx, orgId: number, noun: string, officeId: number | null, at: Date, width: number): Promise<string>;
  /** of a story: the next id of a table, for rows that nobody gave one; elsewhere the database counts */
  nextId?(table: string): number;
};

const BLOCK = 32;

const take = statement<{ first: number }>(
  'code.take',
  `insert into code_counter (org_id, noun, prefix, next) values ($1, $2, $3, 1 + ${BLOCK})
   on conflict (org_id, noun, prefix) do update set next = code_counter.next + ${BLOCK}
   returning next - ${BLOCK} as first`,
);

// Another connection may not be asked for while one is held: with all of a pool's waiting for one more, none would ever end.
const takeOne = statement<{ first: number }>(
  'code.take_one',
  `insert into code_counter (org_id, noun, prefix, next) values ($1, $2, $3, 2)
   on conflict (org_id, noun, prefix) do update set next = code_counter.next + 1
   returning next - 1 as first`,
);

const office = statement<{ code: string }>(
  'code.office',
  `select code from office where org_id = $1 and deleted_at is null order by (id = $2) desc nulls last, id limit 1`,
);

const codeOf = (prefix: string, n: number, width: number) => prefix + String(n).padStart(width - prefix.length, '0');

/**
 * Takes numbers in blocks, outside the transaction of the row that will carry them, so inserts never wait for each other; what a
 * process did not use up is a gap.
 */
export function makeCodes(db: Db): Codes {
  const blocks = new Map<string, { next: number; end: number }>();
  const taking = new Map<string, Promise<void>>();
  // Office codes never change, so they are read once.
  const offices = new Map<string, string>();

  const officeCode = async (q: Querier, orgId: number, officeId: number | null) => {
    const key = `${orgId}:${officeId}`;
    const known = offices.get(key);
    if (known) return known;
    const [row] = await q.rows(office, [orgId, officeId]);
    if (row) offices.set(key, row.code);
    return row?.code ?? 'POR';
  };

  const prefixOf = async (q: Querier, orgId: number, officeId: number | null, at: Date) =>
    (await officeCode(q, orgId, officeId)) + String(at.getUTCFullYear()).slice(2);

  const refill = async (key: string, orgId: number, noun: string, prefix: string) => {
    const [row] = await db.rows(take, [orgId, noun, prefix]);
    const first = row?.first ?? 1;
    blocks.set(key, { next: first, end: first + BLOCK });
    taking.delete(key);
  };

  return {
    async mint(orgId, noun, officeId, at, width) {
      const prefix = await prefixOf(db, orgId, officeId, at);
      const key = `${orgId}:${noun}:${prefix}`;
      for (;;) {
        const block = blocks.get(key);
        if (block && block.next < block.end) return codeOf(prefix, block.next++, width);
        const running = taking.get(key) ?? refill(key, orgId, noun, prefix).finally(() => taking.delete(key));
        taking.set(key, running);
        await running;
      }
    },

    async mintIn(tx, orgId, noun, officeId, at, width) {
      const prefix = await prefixOf(tx, orgId, officeId, at);
      const [row] = await tx.rows(takeOne, [orgId, noun, prefix]);
      return codeOf(prefix, row?.first ?? 1, width);
    },
  };
}

/** Codes of a story that is told again and again: the same for the same order of rows, and nothing is stored. */
export function storyCodes(officeCodes: ReadonlyMap<number | null, string>, nextId?: (table: string) => number): Codes {
  const next = new Map<string, number>();
  const mint: Codes['mint'] = async (_orgId, noun, officeId, at, width) => {
    const prefix = (officeCodes.get(officeId) ?? officeCodes.get(null) ?? 'POR') + String(at.getUTCFullYear()).slice(2);
    const key = `${noun}:${prefix}`;
    // Story numbers start high, so that they never meet the few codes that the story names itself.
    const n = next.get(key) ?? 1001;
    next.set(key, n + 1);
    return codeOf(prefix, n, width);
  };
  return { mint, mintIn: (_tx, ...rest) => mint(...rest), ...(nextId ? { nextId } : {}) };
}
