import { type Static, Type } from 'typebox';
import { recordQuery } from '../paging.ts';
import { creation, datetime, key, none, operation, optional, orNull, ResourceUri, results, success } from './operation.ts';

const PortalAccount = Type.Object({
  Id: key(),
  OwnerId: orNull(key('The account whose contact it is.')),
  LoginName: Type.String(),
  ResourceUri,
  LastActive: orNull(datetime()),
  LastLogin: orNull(Type.String({ format: 'date-time', description: 'The older name of LastActive.' })),
  Locale: Type.Object({ Language: Type.String({ examples: ['en'] }) }),
  Identity: Type.Object({
    Connected: Type.Boolean({ description: 'Signs in with an identity from elsewhere.' }),
    Email: orNull(Type.String()),
  }),
  Enabled: Type.Boolean(),
  Settings: Type.Object({ Enabled: Type.Enum(['true', 'false']) }),
});
export type PortalAccount = Static<typeof PortalAccount>;
const PortalAccountShown = Type.Intersect([Type.Pick(PortalAccount, ['Id', 'ResourceUri']), Type.Partial(PortalAccount)], {
  $id: 'PortalAccount',
});

/** Clients send it both ways, and read it both ways in two places. */
const flag = () => Type.Union([Type.Boolean(), Type.Enum(['true', 'false'])]);
const PortalAccountChange = Type.Object(
  {
    LoginName: optional(Type.String({ minLength: 1, maxLength: 254, pattern: '\\S' })),
    Password: optional(Type.String({ description: '8 to 1,024 characters; never in an answer.' })),
    Enabled: optional(flag()),
    Settings: optional(Type.Object({ Enabled: optional(flag()) })),
    Locale: optional(
      Type.Object({ Language: optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 35 })) }),
    ),
  },
  { $id: 'PortalAccountChange' },
);
export type PortalAccountChange = Static<typeof PortalAccountChange>;

const shared = {
  row: 'E37',
  service: 'contacts/portal',
  url: '/contacts/:contactId/portal',
  params: Type.Object({ contactId: key() }),
  learned: 'contracts/spark.md 10.5',
} as const;
const example = {
  D: { LoginName: 'Johnny Everyman', Password: 'MyPassw0rd', Settings: { Enabled: 'true' }, Locale: { Language: 'en' } },
};

export const readPortalAccount = operation({
  ...shared,
  operationId: 'readPortalAccount',
  method: 'GET',
  summary: "A contact's portal account",
  query: Type.Object(recordQuery),
  answers: { 200: results(PortalAccountShown) },
});

export const createPortalAccount = operation({
  ...shared,
  operationId: 'createPortalAccount',
  method: 'POST',
  summary: 'Give a contact a portal account; without a body it has the contact’s e-mail as its name, and the contact is invited',
  query: none,
  body: PortalAccountChange,
  bodyOptional: true,
  answers: { 201: creation },
  example,
});

export const changePortalAccount = operation({
  ...shared,
  operationId: 'changePortalAccount',
  service: 'contacts/portal/change',
  method: 'PUT',
  summary: "Change a contact's portal account",
  query: none,
  body: PortalAccountChange,
  answers: { 200: success },
  example: { D: { Settings: { Enabled: 'false' } } },
});
