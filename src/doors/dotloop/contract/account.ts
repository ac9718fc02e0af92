import { Type } from 'typebox';
import { contract } from '../../../wire/contract.ts';
import { data, id, none, optional, text } from './fields.ts';

export const Account = Type.Object(
  {
    id: id('User id, also the targetId of USER subscriptions.'),
    firstName: optional(text()),
    lastName: optional(text()),
    email: text(),
    defaultProfileId: optional(id('An existing, active INDIVIDUAL profile of the user.')),
  },
  { $id: 'Account' },
);

export const readAccount = contract({
  operationId: 'readAccount',
  method: 'GET',
  url: '/account',
  summary: 'Read the account of the signed-in user',
  scope: ['account:read'],
  params: none,
  query: none,
  answers: { 200: data(Account) },
  learned: 'contracts/dotloop.md 5.1 [seed 3.1]',
});
