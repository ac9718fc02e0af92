import { deepEqual, equal } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SANDBOX } from '../../../src/sandbox/index.ts';
import { type Connect, DEVELOPER, openConnect, tokensOf } from '../../auth/reapit/connect.ts';

let lab: Connect;
before(async () => {
  lab = await openConnect();
});
after(() => lab[Symbol.asyncDispose]());

type Person = Readonly<Record<string, unknown>>;
const told = async (email: string): Promise<Person> => {
  const { access_token } = await tokensOf(lab, email);
  const answer = await lab.reapit('/userinfo/', { token: access_token });
  equal(answer.status, 200, answer.text);
  return answer.body as Person;
};

test('somebody of the brokerage is told as its negotiator, at its office', async () => {
  const person = await told(SANDBOX.people.agent);
  const { emailAddress, userCustomerId, organisationName, negotiatorId, officeId, mfaEnabled, userGroups } = person;
  deepEqual(
    { emailAddress, userCustomerId, organisationName, negotiatorId, officeId, mfaEnabled, userGroups },
    {
      emailAddress: SANDBOX.people.agent,
      userCustomerId: 'SBOX',
      organisationName: 'Allen Realty',
      negotiatorId: 'BRE',
      officeId: 'OXF',
      mfaEnabled: false,
      userGroups: ['ReapitUser'],
    },
  );
});

test('a developer acts in the sandbox and is none of its staff', async () => {
  const { userCustomerId, negotiatorId, userGroups } = await told(DEVELOPER);
  deepEqual([userCustomerId, negotiatorId, userGroups], ['SBOX', null, ['ReapitUser', 'FoundationsDeveloper']]);
});
