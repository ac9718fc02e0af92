import { type Command, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Lists the keys of a site with their rights, and its domains; and the keys of the Spark door. Secrets are not shown.',
  options: { org: { type: 'string', description: 'Code of the organisation', required: true } },
  run: ({ values }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      const { identity } = stores.domain;
      const [keys, domains, sparkKeys] = await Promise.all([
        identity.siteKeys(organisation.id),
        identity.siteDomains(organisation.id),
        identity.sparkKeys(organisation.id),
      ]);
      const line = (id: number, name: string, what: string) => `${String(id).padEnd(6)} ${name}\n       ${what}`;
      const site = keys.map(({ id, name, permissions, expires_at }) => {
        const rights = Object.entries(permissions).map(([row, letters]) => `${row}=${letters}`);
        const end = expires_at ? `  until ${expires_at.toISOString()}` : '';
        return line(id, name + end, rights.join(', ') || 'no rights');
      });
      const spark = sparkKeys.map(({ id, name, key, role, flags, member_name }) =>
        line(id, name, [`${key} of ${member_name}: ${role}`, ...flags].join(', ')),
      );
      const text = [`Domains: ${domains.join(', ') || 'none'}`, ...site, ...(spark.length > 0 ? ['Spark:', ...spark] : [])];
      return { facts: { keys, domains, sparkKeys }, text: text.join('\n') };
    }),
};
