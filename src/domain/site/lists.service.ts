import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';

type Named = { readonly list: string; readonly id: number; readonly name: string };
const ofLists = statement<Named>(
  'site.lists',
  `select list, id, name from lookup where org_id = $1 and list = any ($2::text[]) and active and deleted_at is null
   order by list, position, name, id`,
);

/** Lists that a site keeps of its own, by their names; those that it does not keep are left out. */
export const siteListsService = ({ db }: Pick<Ports, 'db'>) => ({
  async siteLists(
    { orgId }: Actor,
    lists: readonly string[],
  ): Promise<ReadonlyMap<string, readonly { id: number; name: string }[]>> {
    const rows = await db.rows(ofLists, [orgId, lists]);
    return new Map(
      [...Map.groupBy(rows, ({ list }) => list)].map(([list, found]) => [list, found.map(({ id, name }) => ({ id, name }))]),
    );
  },
});
