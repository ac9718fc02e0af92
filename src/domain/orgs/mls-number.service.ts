import type { Actor } from '../../access/actor.ts';
import { statement } from '../../db/index.ts';
import type { Ports } from '../given.ts';

/** A number that a member or an office has in an MLS. `of` is the row that was asked about. */
export type MlsNumberOf = {
  readonly of: number;
  readonly id: number;
  readonly member_id: number | null;
  readonly mls_name: string;
  readonly number: string;
};

const COLUMNS = 'n.id, n.member_id, l.short_name as mls_name, n.number';
const FROM = 'mls_number n join mls l on l.org_id = n.org_id and l.id = n.mls_id';
const ofMembers = statement<MlsNumberOf>(
  'mls_number.of_members',
  `select n.member_id as of, ${COLUMNS} from ${FROM} where n.org_id = $1 and n.member_id = any ($2::bigint[]) order by n.id`,
);
const ofOffices = statement<MlsNumberOf>(
  'mls_number.of_offices',
  `select n.office_id as of, ${COLUMNS} from ${FROM} where n.org_id = $1 and n.office_id = any ($2::bigint[]) order by n.id`,
);
const ofAgentsOfOffices = statement<MlsNumberOf>(
  'mls_number.of_agents_of_offices',
  `select m.office_id as of, ${COLUMNS} from ${FROM} join member m on m.org_id = n.org_id and m.id = n.member_id
   where n.org_id = $1 and m.office_id = any ($2::bigint[]) and m.kind = 'agent' and m.active and m.deleted_at is null order by n.id`,
);
const ofTeams = statement<MlsNumberOf>(
  'mls_number.of_teams',
  `select t.id as of, ${COLUMNS} from team t cross join lateral unnest(t.member_ids) as u (member_id)
   join ${FROM} on n.org_id = t.org_id and n.member_id = u.member_id
   join member m on m.org_id = n.org_id and m.id = n.member_id and m.deleted_at is null
   where t.org_id = $1 and t.id = any ($2::bigint[]) order by n.id`,
);
const ofOfficesOfTeams = statement<MlsNumberOf>(
  'mls_number.of_offices_of_teams',
  `select t.id as of, ${COLUMNS} from team t join ${FROM} on n.org_id = t.org_id and n.office_id = t.office_id
   where t.org_id = $1 and t.id = any ($2::bigint[]) order by n.id`,
);
const QUERIES = {
  members: ofMembers,
  offices: ofOffices,
  agentsOfOffices: ofAgentsOfOffices,
  teams: ofTeams,
  officesOfTeams: ofOfficesOfTeams,
};

export const mlsNumbersService = ({ db }: Pick<Ports, 'db'>) => ({
  /** One statement for all of the rows. */
  mlsNumbers: ({ orgId }: Actor, of: keyof typeof QUERIES, ids: readonly number[]): Promise<MlsNumberOf[]> =>
    db.rows(QUERIES[of], [orgId, ids]),
});
