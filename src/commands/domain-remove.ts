import { type Command, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Takes a host away from an organisation: the API answers at its root no more.',
  positionals: ['domain'],
  options: { org: { type: 'string', description: 'Code of the organisation', required: true } },
  run: ({ values, positionals: [domain = ''] }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      await stores.domain.identity.removeSiteDomain(organisation.id, domain);
      return {
        facts: { removed: domain.toLowerCase() },
        text: `${domain.toLowerCase()} is no site of ${organisation.name} any more.`,
      };
    }),
};
