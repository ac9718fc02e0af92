import { type Command, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Names a host as the site of an organisation: at its root the API answers with keys of that organisation.',
  positionals: ['domain'],
  options: { org: { type: 'string', description: 'Code of the organisation', required: true } },
  run: ({ values, positionals: [domain = ''] }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      await stores.domain.identity.addSiteDomain(organisation.id, domain);
      return { facts: { domain: domain.toLowerCase() }, text: `${domain.toLowerCase()} is a site of ${organisation.name}.` };
    }),
};
