import { type Static, Type } from 'typebox';
import { collectionQuery, recordQuery } from '../paging.ts';
import { key, none, operation, optional, orNull, ResourceUri, results, success } from './operation.ts';

const text = () => orNull(Type.String());
const point = { Id: Type.String({ description: 'Place in the list, from 1.' }), Type: Type.String(), Name: Type.String() };

const Email = Type.Object({ ...point, Address: Type.String(), Primary: Type.Boolean() });
const Phone = Type.Object({
  ...point,
  Number: Type.String({ description: 'As it was typed.' }),
  AreaCode: text(),
  Prefix: text(),
  LineNumber: text(),
  Extension: text(),
  InternationalCode: text(),
  Primary: Type.Boolean(),
});
const Website = Type.Object({ ...point, Uri: Type.String(), Primary: Type.Boolean() });
const Address = Type.Object({
  ...point,
  Address: Type.String({ description: 'All of it in one line.' }),
  Street1: text(),
  Street2: text(),
  City: text(),
  Region: text(),
  PostalCode: text(),
  Primary: Type.Boolean(),
});
const Image = Type.Object({ Type: Type.Enum(['Photo', 'Logo']), Name: text(), Uri: Type.String() });

export const Account = Type.Object({
  Id: key(),
  ResourceUri,
  Name: Type.String(),
  FirstName: text(),
  MiddleName: text(),
  LastName: text(),
  UserType: orNull(Type.Enum(['Member', 'Office', 'Company', 'Mls'])),
  UserLevel: text(),
  Office: text(),
  OfficeId: text(),
  Company: text(),
  CompanyId: text(),
  Mls: text(),
  MlsId: text(),
  Emails: Type.Array(Email),
  Phones: Type.Array(Phone),
  Websites: Type.Array(Website),
  Addresses: Type.Array(Address),
  Images: Type.Array(Image),
  Tags: Type.Array(Type.String()),
  Associations: Type.Array(Type.Unknown()),
  Locale: Type.Object({ Language: Type.String() }),
  Permissions: Type.Object({}),
  Settings: optional(Type.Object({ SearchRestrictions: Type.Null() }, { description: 'With `_expand=Settings`.' })),
  GetEmailUpdates: optional(Type.Boolean({ description: 'Of consumers.' })),
});
export type Account = Static<typeof Account>;
/** `_select` leaves members out, all but two. */
const AccountShown = Type.Intersect([Type.Pick(Account, ['Id', 'ResourceUri']), Type.Partial(Account)], { $id: 'Account' });

/** Of a consumer's own record; a password takes the current one with it. */
const AccountChange = Type.Object(
  {
    GetEmailUpdates: optional(Type.Boolean({ description: 'May the agent send mail about listings?' })),
    Password: optional(Type.String({ minLength: 1, maxLength: 1024, description: 'The new one.' })),
    PasswordValidation: optional(Type.String({ maxLength: 1024, description: 'The current one.' })),
  },
  { $id: 'AccountChange' },
);
export type AccountChange = Static<typeof AccountChange>;

const shared = { service: 'accounts', learned: 'contracts/spark.md 10.4' } as const;
const accountId = Type.Object({ accountId: key() });

export const listAccounts = operation({
  ...shared,
  operationId: 'listAccounts',
  row: 'E42',
  method: 'GET',
  url: '/accounts',
  summary: 'List accounts: members, unless the filter asks for another UserType',
  params: none,
  query: Type.Object(collectionQuery),
  answers: { 200: results(AccountShown) },
});

export const readAccount = operation({
  ...shared,
  operationId: 'readAccount',
  row: 'E43',
  method: 'GET',
  url: '/accounts/:accountId',
  summary: 'Read an account',
  params: accountId,
  query: Type.Object(recordQuery),
  answers: { 200: results(AccountShown) },
});

export const changeAccount = operation({
  ...shared,
  operationId: 'changeAccount',
  row: 'E43',
  method: 'PUT',
  url: '/accounts/:accountId',
  summary: 'Change the own password',
  params: accountId,
  query: none,
  body: AccountChange,
  answers: { 200: success },
  example: { D: { Password: 'new', PasswordValidation: 'current' } },
});

export const listAccountsOfOffice = operation({
  ...shared,
  operationId: 'listAccountsOfOffice',
  row: 'E44',
  method: 'GET',
  url: '/accounts/by/office/:officeId',
  summary: 'List the accounts of an office',
  params: Type.Object({ officeId: key() }),
  query: Type.Object(collectionQuery),
  answers: { 200: results(AccountShown) },
});

export const readMyAccount = operation({
  ...shared,
  operationId: 'readMyAccount',
  row: 'E45',
  method: 'GET',
  url: '/my/account',
  summary: 'Read the own account',
  params: none,
  query: Type.Object(recordQuery),
  answers: { 200: results(AccountShown) },
});

export const changeMyAccount = operation({
  ...shared,
  operationId: 'changeMyAccount',
  row: 'E45',
  method: 'PUT',
  url: '/my/account',
  summary: 'Change the own password, or whether mail about listings comes',
  params: none,
  query: none,
  body: AccountChange,
  answers: { 200: success },
  example: { D: { GetEmailUpdates: true } },
});
