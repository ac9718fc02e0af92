import { type Static, type TSchema, Type } from 'typebox';
import type { AppOperation } from './contract.ts';

const instant = Type.String({ format: 'date-time' });
const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const texts = Type.Array(Type.String());

const grants = Type.Array(Type.Union([Type.Literal('authorization_code'), Type.Literal('client_credentials')]));

/** What a developer says about an application; what is wrong with it is the domain's to say. */
const TERMS = {
  name: Type.String(),
  grants,
  redirectUris: texts,
  signOutUris: texts,
  scopes: texts,
  isPublic: Type.Boolean(),
  requirePkce: Type.Boolean(),
  rotateRefresh: Type.Boolean(),
};
export const Terms = Type.Object(TERMS);
export type Terms = Static<typeof Terms>;

const Scope = Type.Object({ name: Type.String(), words: Type.String() });

export const Registered = Type.Object({
  applications: Type.Array(
    Type.Object({
      clientId: Type.String(),
      name: Type.String(),
      grants,
      isPublic: Type.Boolean(),
      /** customers that have it installed */
      installations: Type.Integer(),
      since: instant,
    }),
  ),
  /** every scope that can be registered */
  scopes: Type.Array(Scope),
});
export type Registered = Static<typeof Registered>;

export const Credentials = Type.Object({ clientId: Type.String(), clientSecret: nullable(Type.String()) });

export const RegisteredApplication = Type.Object({
  clientId: Type.String(),
  since: instant,
  terms: Terms,
  scopes: Type.Array(Scope),
  installations: Type.Array(
    Type.Object({
      customer: Type.String(),
      customerName: Type.String(),
      /** name of the group of offices; null: the whole organisation */
      officeGroup: nullable(Type.String()),
      /** how many of its scopes the customer has not accepted yet */
      waiting: Type.Integer(),
      since: instant,
    }),
  ),
  /** calls of the last thirty days */
  usage: Type.Array(Type.Object({ day: Type.String(), customer: Type.String(), resource: Type.String(), calls: Type.Integer() })),
});
export type RegisteredApplication = Static<typeof RegisteredApplication>;

export const Installed = Type.Object({
  installations: Type.Array(
    Type.Object({
      id: Type.Integer(),
      clientId: Type.String(),
      name: Type.String(),
      developer: Type.String(),
      officeGroup: nullable(Type.String()),
      /** what it may do, in plain words */
      permissions: texts,
      /** what it asks for since */
      newPermissions: texts,
      extrasFields: texts,
      since: instant,
    }),
  ),
  officeGroups: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
});
export type Installed = Static<typeof Installed>;

export const Offer = Type.Object({
  clientId: Type.String(),
  name: Type.String(),
  developer: Type.String(),
  permissions: texts,
});
export type Offer = Static<typeof Offer>;

const OfClient = Type.Object({ clientId: Type.String() });
const OfInstallation = Type.Object({ id: Type.String() });
const nothing = Type.Object({});
const developer = { signedIn: true, learned: 'contracts/reapit.md §2.6, §1.17' } as const;
const administrator = { signedIn: true, learned: 'contracts/reapit.md §2.6' } as const;

/** The developer's pages, and those of the administrator who installs. */
export const connectOperations = {
  listRegistered: {
    operationId: 'listRegistered',
    method: 'GET',
    url: '/developer/applications',
    answer: Registered,
    ...developer,
  },
  registerApplication: {
    operationId: 'registerApplication',
    method: 'POST',
    url: '/developer/applications',
    body: Terms,
    answer: Credentials,
    ...developer,
  },
  readRegistered: {
    operationId: 'readRegistered',
    method: 'GET',
    url: '/developer/applications/:clientId',
    params: OfClient,
    answer: RegisteredApplication,
    ...developer,
  },
  changeRegistered: {
    operationId: 'changeRegistered',
    method: 'POST',
    url: '/developer/applications/:clientId',
    params: OfClient,
    body: Terms,
    answer: nothing,
    ...developer,
  },
  renewSecret: {
    operationId: 'renewSecret',
    method: 'POST',
    url: '/developer/applications/:clientId/secret',
    params: OfClient,
    answer: Credentials,
    ...developer,
  },
  listInstalled: {
    operationId: 'listInstalled',
    method: 'GET',
    url: '/installations',
    answer: Installed,
    ...administrator,
  },
  readOffer: {
    operationId: 'readOffer',
    method: 'GET',
    url: '/installations/offer/:clientId',
    params: OfClient,
    answer: Offer,
    ...administrator,
  },
  installApplication: {
    operationId: 'installApplication',
    method: 'POST',
    url: '/installations',
    // Absent for the whole organisation: Fastify would make a text of null.
    body: Type.Object({ clientId: Type.String(), officeGroup: Type.Optional(Type.String({ minLength: 1 })) }),
    answer: nothing,
    ...administrator,
  },
  acceptScopes: {
    operationId: 'acceptScopes',
    method: 'POST',
    url: '/installations/:id/accept',
    params: OfInstallation,
    answer: nothing,
    ...administrator,
  },
  grantExtras: {
    operationId: 'grantExtras',
    method: 'POST',
    url: '/installations/:id/extras',
    params: OfInstallation,
    body: Type.Object({ fields: texts }),
    answer: nothing,
    ...administrator,
  },
  uninstallApplication: {
    operationId: 'uninstallApplication',
    method: 'POST',
    url: '/installations/:id/uninstall',
    params: OfInstallation,
    answer: nothing,
    ...administrator,
  },
} as const satisfies Record<string, AppOperation>;
