import { type Db, statement } from '../db/index.ts';

/** Mints the codes that Reapit's door shows: office code, two digits of the year, a sequence (domain-people §1.2). */
export type Codes = {
  /** @param width of the whole code: 9, 10 or 11 */
  mint(orgId: number, noun: string, officeId: number | null, at: Date, width: number): Promise<string>;
};

const BLOCK = 32;

const take = statement<{ first: number }>(
  'code.take',
  `insert into code_counter (org_id, noun, prefix, next) values ($1, $2, $3, 1 + ${BLOCK})
   on conflict (org_id, noun, prefix) do update set next = code_counter.next + ${BLOCK}
   returning next - ${BLOCK} as first`,
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

  const officeCode = async (orgId: number, officeId: number | null) => {
    const key = `${orgId}:${officeId}`;
    const known = offices.get(key);
    if (known) return known;
    const [row] = await db.rows(office, [orgId, officeId]);
    if (row) offices.set(key, row.code);
    return row?.code ?? 'POR';
  };

  const refill = async (key: string, orgId: number, noun: string, prefix: string) => {
    const [row] = await db.rows(take, [orgId, noun, prefix]);
    const first = row?.first ?? 1;
    blocks.set(key, { next: first, end: first + BLOCK });
    taking.delete(key);
  };

  return {
    async mint(orgId, noun, officeId, at, width) {
      const prefix = (await officeCode(orgId, officeId)) + String(at.getUTCFullYear()).slice(2);
      const key = `${orgId}:${noun}:${prefix}`;
      for (;;) {
        const block = blocks.get(key);
        if (block && block.next < block.end) return codeOf(prefix, block.next++, width);
        const running = taking.get(key) ?? refill(key, orgId, noun, prefix).finally(() => taking.delete(key));
        taking.set(key, running);
        await running;
      }
    },
  };
}

/** Codes of a story that is told again and again: the same for the same order of rows, and nothing is stored. */
export function storyCodes(officeCodes: ReadonlyMap<number | null, string>): Codes {
  const next = new Map<string, number>();
  return {
    async mint(_orgId, noun, officeId, at, width) {
      const prefix = (officeCodes.get(officeId) ?? officeCodes.get(null) ?? 'POR') + String(at.getUTCFullYear()).slice(2);
      const key = `${noun}:${prefix}`;
      // Story numbers start high, so that they never meet the few codes that the story names itself.
      const n = next.get(key) ?? 1001;
      next.set(key, n + 1);
      return codeOf(prefix, n, width);
    },
  };
}
