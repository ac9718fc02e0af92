import { type Command, CommandError, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Removes a key of a site: it opens nothing from the next call on.',
  positionals: ['id'],
  options: { org: { type: 'string', description: 'Code of the organisation', required: true } },
  run: ({ values, positionals: [id] }) =>
    withStores(async (stores) => {
      if (!/^\d{1,15}$/.test(id ?? '')) throw new CommandError(`${id} is no id of a key`, 64);
      const organisation = await organisationOf(stores, String(values.org));
      await stores.domain.identity.removeSiteKey(organisation.id, Number(id));
      return { facts: { removed: Number(id) }, text: `Key ${id} is removed.` };
    }),
};
