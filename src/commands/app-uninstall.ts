import { systemActor } from '../access/actor.ts';
import { type Command, CommandError, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Uninstalls an application for a customer: its access ends at once. With --office-group for that group alone.',
  positionals: ['client id'],
  options: {
    org: { type: 'string', description: 'Code of the customer', required: true },
    'office-group': { type: 'string', description: 'Code of the group of offices it was installed for' },
  },
  run: ({ values, positionals: [clientId = ''] }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      const { identity } = stores.domain;
      const actor = systemActor(organisation.id);
      const group = values['office-group'] === undefined ? null : String(values['office-group']).toUpperCase();
      const all = await identity.installations(actor);
      const found = all.find((one) => one.clientId === clientId && (one.officeGroup?.code ?? null) === group);
      if (!found) throw new CommandError(`${organisation.name} has not installed ${clientId}${group ? ` for ${group}` : ''}`);
      await identity.uninstall(actor, found.id);
      return { facts: { id: found.id, clientId }, text: `${found.name} is uninstalled for ${organisation.name}.` };
    }),
};
