import { type Command, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Lists the keys of a site with their rights, and its domains. Keys themselves are not kept.',
  options: { org: { type: 'string', description: 'Code of the organisation', required: true } },
  run: ({ values }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      const { identity } = stores.domain;
      const [keys, domains] = await Promise.all([identity.siteKeys(organisation.id), identity.siteDomains(organisation.id)]);
      const lines = keys.map(({ id, name, permissions, expires_at }) => {
        const rights = Object.entries(permissions).map(([row, letters]) => `${row}=${letters}`);
        const end = expires_at ? `  until ${expires_at.toISOString()}` : '';
        return `${String(id).padEnd(6)} ${name}${end}\n       ${rights.join(', ') || 'no rights'}`;
      });
      return { facts: { keys, domains }, text: [`Domains: ${domains.join(', ') || 'none'}`, ...lines].join('\n') };
    }),
};
