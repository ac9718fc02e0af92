import { type Command, organisationOf, personOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Ends a personal token at once.',
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    user: { type: 'string', description: 'E-mail address of the person', required: true },
    name: { type: 'string', description: 'The name it was made with', required: true },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      const name = String(values.name);
      const { orgId, userId } = await personOf(stores, organisation, String(values.user));
      await stores.domain.identity.endPersonalToken({ orgId, userId, name });
      return { facts: { revoked: name }, text: `The token ${name} has ended.` };
    }),
};
