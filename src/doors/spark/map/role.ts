import { ROLES, type Role as RoleName } from '../access.ts';
import type { Role } from '../contract/role.ts';

/** When the roles came to be: they stand in access.ts, not in a table. */
const SINCE = '2026-01-01T00:00:00Z';

const toRole = (name: RoleName, at: number): Role => ({
  Id: at + 1,
  ResourceUri: `/v1/developers/roles/${at + 1}`,
  Name: name,
  DataRole: true,
  ModificationTimestamp: SINCE,
  CreatedTimestamp: SINCE,
});

/** 1 idx, 2 public, 3 vow, 4 portal, 5 private (contracts/spark.md §10.1: E58). */
export const roles: readonly Role[] = ROLES.map(toRole);
