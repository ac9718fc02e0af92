import { type Querier, type Statement, statement } from '../../db/index.ts';

/** Towards the sale that waits for this one's buyer, or towards the one that this one's vendor waits for. */
export type ChainDirection = 'upward' | 'downward';
export const OPPOSITE = { upward: 'downward', downward: 'upward' } as const;

/** No chain is longer: whoever made one by accident, it is read to its end. */
const LONGEST = 100;

const each = <R>(name: string, sql: (direction: ChainDirection, back: ChainDirection) => string) =>
  Object.fromEntries(
    (['upward', 'downward'] as const).map((one) => [one, statement<R>(`chain.${name}.${one}`, sql(one, OPPOSITE[one]))]),
  ) as unknown as Readonly<Record<ChainDirection, Statement<R>>>;

type Target = { readonly id: number; readonly is_linked: boolean; readonly is_same_chain: boolean };
const target = each<Target>(
  'target',
  (_direction, back) => `with recursive walk as (
     select id, ${back}_id as next, 0 as n from conveyancing where org_id = $1 and id = $3
     union all
     select c.id, c.${back}_id, walk.n + 1 from walk join conveyancing c on c.org_id = $1 and c.id = walk.next where walk.n < ${LONGEST}
   )
   select c.id, c.${back}_id is not null as is_linked, exists (select from walk where walk.id = c.id) as is_same_chain
   from conveyancing c where c.org_id = $1 and c.code = $2 and c.offer_id is not null and c.deleted_at is null
   for update of c`,
);

/** The sale of an offer that is to become the next one of `own`: whether it has a neighbour on that side, and whether it is in the chain already. */
export const findTarget = async (
  q: Querier,
  orgId: number,
  direction: ChainDirection,
  code: string,
  own: number,
): Promise<Target | undefined> => (await q.rows(target[direction], [orgId, code.toUpperCase(), own]))[0];

export type Neighbour = { readonly id: number; readonly is_external: boolean; readonly is_end: boolean };
const neighbour = each<Neighbour>(
  'neighbour',
  (direction, back) => `select id, offer_id is null as is_external, ${direction}_id is null as is_end
   from conveyancing where org_id = $1 and ${back}_id = $2 and deleted_at is null for update`,
);

/** The next sale of `own` in that direction. */
export const findNeighbour = async (
  q: Querier,
  orgId: number,
  direction: ChainDirection,
  own: number,
): Promise<Neighbour | undefined> => (await q.rows(neighbour[direction], [orgId, own]))[0];

const chain = statement<{ code: string }>(
  'chain.of',
  `with recursive down as (
     select id, downward_id, 0 as n from conveyancing where org_id = $1 and code = $2 and deleted_at is null
     union all
     select c.id, c.downward_id, down.n + 1 from down join conveyancing c on c.org_id = $1 and c.id = down.downward_id where down.n < ${LONGEST}
   ), up as (
     select c.id, c.code, c.upward_id, 0 as n from conveyancing c
     where c.org_id = $1 and c.id = (select id from down order by n desc limit 1)
     union all
     select c.id, c.code, c.upward_id, up.n + 1 from up join conveyancing c on c.org_id = $1 and c.id = up.upward_id where up.n < ${LONGEST}
   )
   select code from up order by n`,
);

/** Codes of the sales that wait for each other, the bottom one first. */
export const listChain = async (q: Querier, orgId: number, code: string): Promise<string[]> =>
  (await q.rows(chain, [orgId, code.toUpperCase()])).map((row) => row.code);
