import { type Command, CommandError, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Removes a key: it opens nothing from the next call on, and neither do sessions and tokens that were got with it.',
  positionals: ['id'],
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    door: { type: 'string', description: 'propertybase (default) or spark' },
  },
  run: ({ values: { org, door = 'propertybase' }, positionals: [id] }) =>
    withStores(async (stores) => {
      if (!/^\d{1,15}$/.test(id ?? '')) throw new CommandError(`${id} is no id of a key`, 64);
      if (door !== 'spark' && door !== 'propertybase')
        throw new CommandError(`--door ${door}: spark and propertybase have keys`, 64);
      const organisation = await organisationOf(stores, String(org));
      const { identity } = stores.domain;
      await (door === 'spark' ? identity.removeSparkKey : identity.removeSiteKey)(organisation.id, Number(id));
      return { facts: { removed: Number(id) }, text: `Key ${id} is removed.` };
    }),
};
