import { notFound } from '../../../kernel/fault.ts';
import { read } from '../answers.ts';
import { listRoles, readRole } from '../contract/role.ts';
import { type SparkCaller, type SparkRoute, sparkRoute } from '../desk.ts';
import { SparkFault } from '../faults.ts';
import { roles } from '../map/role.ts';
import { select } from '../paging.ts';
import { partList } from '../part-list.ts';

/** @throws SparkFault 1500: of private keys, those with the flag (contracts/spark.md §5) */
function checkPrivileged({ flags }: SparkCaller): void {
  if (!flags.has('privileged')) throw new SparkFault(1500, 'Only privileged keys have access to developers/roles');
}

/** The roles of API keys: contracts/spark.md §10.1, E58. */
export const roleRoutes = (): SparkRoute[] => [
  sparkRoute(listRoles, {
    handle: async ({ caller, query }) => {
      checkPrivileged(caller);
      return partList(query, caller, roles);
    },
  }),
  sparkRoute(readRole, {
    handle: async ({ caller, params, query }) => {
      checkPrivileged(caller);
      const role = roles.find(({ Id }) => String(Id) === params.roleId);
      if (!role) throw notFound('role');
      return read([select(role, query)]);
    },
  }),
];
