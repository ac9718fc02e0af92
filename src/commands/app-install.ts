import { systemActor } from '../access/actor.ts';
import { type Command, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about:
    'Installs an application for a customer, with every scope that it has registered; as its administrator does on the page.',
  positionals: ['client id'],
  options: {
    org: { type: 'string', description: 'Code of the customer', required: true },
    'office-group': { type: 'string', description: 'Code of the group of offices it is for; default: the whole organisation' },
    'extra-field': { type: 'string', description: 'An extra field that it may read; several times for several', multiple: true },
  },
  run: ({ values, positionals: [clientId = ''] }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      const group = values['office-group'];
      const id = await stores.domain.identity.install(systemActor(organisation.id), {
        clientId,
        ...(typeof group === 'string' ? { officeGroup: group } : {}),
        ...(Array.isArray(values['extra-field']) ? { extrasFields: values['extra-field'] } : {}),
      });
      return {
        facts: { id, clientId, customer: organisation.id },
        text: `Installed for ${organisation.name} (installation ${id}).`,
      };
    }),
};
