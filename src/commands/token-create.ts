import { type Command, organisationOf, personOf, withStores } from './command.ts';

export const command: Command = {
  about:
    'Makes a personal token for the Spark door: it acts as the person, without an application and without end. It is shown once.',
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    user: { type: 'string', description: 'E-mail address of the person', required: true },
    name: { type: 'string', description: 'What it is for; a person has one token of a name', required: true },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      const { orgId, userId } = await personOf(stores, organisation, String(values.user));
      const token = await stores.domain.identity.createPersonalToken({ orgId, userId, name: String(values.name) });
      return { facts: { token }, text: `Token  ${token}  (shown only now)` };
    }),
};
