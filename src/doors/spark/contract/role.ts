import { type Static, Type } from 'typebox';
import { collectionQuery, recordQuery } from '../paging.ts';
import { datetime, none, operation, ResourceUri, results } from './operation.ts';

const Role = Type.Object({
  Id: Type.Integer(),
  ResourceUri,
  Name: Type.String(),
  DataRole: Type.Boolean(),
  ModificationTimestamp: datetime(),
  CreatedTimestamp: datetime(),
});
export type Role = Static<typeof Role>;
const RoleShown = Type.Intersect([Type.Pick(Role, ['Id', 'ResourceUri']), Type.Partial(Role)], { $id: 'Role' });

const shared = { service: 'developers/roles', row: 'E58', learned: 'contracts/spark.md 10.1' } as const;

export const listRoles = operation({
  ...shared,
  operationId: 'listRoles',
  method: 'GET',
  url: '/developers/roles',
  summary: 'List the roles of API keys (privileged keys)',
  params: none,
  query: Type.Object(collectionQuery),
  answers: { 200: results(RoleShown) },
});

export const readRole = operation({
  ...shared,
  operationId: 'readRole',
  method: 'GET',
  url: '/developers/roles/:roleId',
  summary: 'Read a role of API keys (privileged keys)',
  // A form of its own is no matter of the path: who may not see roles is told that first.
  params: Type.Object({ roleId: Type.String() }),
  query: Type.Object(recordQuery),
  answers: { 200: results(RoleShown) },
});
