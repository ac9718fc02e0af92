import { type Static, Type } from 'typebox';
import { collectionQuery, recordQuery } from '../paging.ts';
import { creation, datetime, key, none, operation, optional, ResourceUri, results, success } from './operation.ts';

const RequiredFields = Type.Array(Type.Enum(['Address', 'Phone']), { maxItems: 20 });

const Portal = Type.Object({
  Id: key(),
  ResourceUri,
  OwnerId: key('The account whose portal it is.'),
  Name: Type.String({ description: 'Stands in the address where consumers sign in; made of the first DisplayName.' }),
  DisplayName: Type.String(),
  Enabled: Type.Boolean(),
  RequiredFields,
  ModificationTimestamp: datetime(),
});
export type Portal = Static<typeof Portal>;
const PortalShown = Type.Intersect([Type.Pick(Portal, ['Id', 'ResourceUri']), Type.Partial(Portal)], { $id: 'Portal' });

const DisplayName = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
const NewPortal = Type.Object(
  { DisplayName, Enabled: optional(Type.Boolean()), RequiredFields: optional(RequiredFields) },
  { $id: 'NewPortal' },
);
export type NewPortal = Static<typeof NewPortal>;
const PortalChange = Type.Partial(NewPortal, { $id: 'PortalChange' });
export type PortalChange = Static<typeof PortalChange>;

const shared = { service: 'portal', learned: 'contracts/spark.md 10.5' } as const;
const portalId = Type.Object({ portalId: key() });

export const readPortals = operation({
  ...shared,
  operationId: 'readPortals',
  row: 'E47',
  method: 'GET',
  url: '/portal',
  summary: "Read the account's portal; nothing where there is none",
  params: none,
  query: Type.Object(collectionQuery),
  answers: { 200: results(PortalShown) },
});

export const createPortal = operation({
  ...shared,
  operationId: 'createPortal',
  row: 'E47',
  method: 'POST',
  url: '/portal',
  summary: 'Make the portal of the account',
  params: none,
  query: none,
  body: NewPortal,
  plural: 'Portals',
  answers: { 201: creation },
  example: { D: { DisplayName: 'GreatPortal', Enabled: true, RequiredFields: ['Address', 'Phone'] } },
});

export const changeMyPortal = operation({
  ...shared,
  operationId: 'changeMyPortal',
  row: 'E47',
  method: 'PUT',
  url: '/portal',
  summary: 'Change the portal of the account',
  params: none,
  query: none,
  body: PortalChange,
  answers: { 200: success },
  example: { D: { Enabled: false } },
});

export const readPortal = operation({
  ...shared,
  operationId: 'readPortal',
  row: 'E48',
  method: 'GET',
  url: '/portal/:portalId',
  summary: "Read the account's portal by its id",
  params: portalId,
  query: Type.Object(recordQuery),
  answers: { 200: results(PortalShown) },
});

export const changePortal = operation({
  ...shared,
  operationId: 'changePortal',
  row: 'E48',
  method: 'PUT',
  url: '/portal/:portalId',
  summary: "Change the account's portal by its id",
  params: portalId,
  query: none,
  body: PortalChange,
  answers: { 200: success },
  example: { D: { DisplayName: 'Greater Portal' } },
});
