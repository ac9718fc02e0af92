import { randomBytes } from 'node:crypto';
import { systemActor } from '../access/actor.ts';
import { type Command, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Makes a login with its member and INDIVIDUAL profile. Without --password one is made and shown once.',
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    email: { type: 'string', description: 'Address to sign in with', required: true },
    'first-name': { type: 'string', description: 'First name', required: true },
    'last-name': { type: 'string', description: 'Last name', required: true },
    password: { type: 'string', description: 'Password; visible in the process list, so better left out' },
    admin: { type: 'boolean', description: 'An administrator' },
    developer: { type: 'boolean', description: 'A developer: registers applications, and acts in the sandbox' },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      const { domain } = stores;
      const organisation = await organisationOf(stores, String(values.org));
      const actor = systemActor(organisation.id);
      const email = String(values.email);
      const [firstName, lastName] = [String(values['first-name']), String(values['last-name'])];
      const password = values.password === undefined ? randomBytes(12).toString('base64url') : String(values.password);
      const user = await domain.identity.createUser({
        orgId: organisation.id,
        email,
        password,
        administrator: values.admin === true,
        developer: values.developer === true,
      });
      const office = await domain.orgs.firstOffice(actor);
      const member = await domain.orgs.createMember(actor, {
        userId: user.userId,
        firstName,
        lastName,
        email,
        ...(office ? { officeId: office.id } : {}),
      });
      const profile = await domain.orgs.createProfile(
        actor,
        { name: `${firstName} ${lastName}`, company: organisation.name },
        { memberId: member.id },
      );
      const made = values.password === undefined;
      return {
        facts: { userId: user.userId, memberId: member.id, profileId: profile.id, ...(made ? { password } : {}) },
        text: `User ${user.userId} (${email}), profile ${profile.id}.${made ? ` Password, shown only now: ${password}` : ''}`,
      };
    }),
};
