import { systemActor } from '../access/actor.ts';
import { type Command, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Makes a new secret for an application of the Reapit door. The old one ends at once.',
  positionals: ['client id'],
  options: { org: { type: 'string', description: 'Code of the organisation that develops it', required: true } },
  run: ({ values, positionals: [clientId = ''] }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      const clientSecret = await stores.domain.identity.renewSecret(systemActor(organisation.id), clientId);
      return { facts: { clientId, clientSecret }, text: `Client secret  ${clientSecret}  (shown only now)` };
    }),
};
