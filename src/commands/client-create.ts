import { type Command, CommandError, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Registers an application for a door. Its secret is shown once.',
  options: {
    org: { type: 'string', description: 'Code of the organisation that develops it', required: true },
    door: { type: 'string', description: 'dotloop', required: true },
    name: { type: 'string', description: 'Name that people see on the consent page', required: true },
    'redirect-uri': {
      type: 'string',
      description: 'Where codes are sent; several times for several',
      required: true,
      multiple: true,
    },
    scope: { type: 'string', description: 'A scope it may ask for; several times for several', required: true, multiple: true },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      if (values.door === 'reapit')
        throw new CommandError('--door reapit: applications of the Reapit door have more to say; use portico app create', 64);
      if (values.door !== 'dotloop')
        throw new CommandError(`--door ${values.door}: applications can be registered for dotloop`, 64);
      const organisation = await organisationOf(stores, String(values.org));
      const made = await stores.domain.identity.createClient({
        door: 'dotloop',
        name: String(values.name),
        orgId: organisation.id,
        redirectUris: values['redirect-uri'] as string[],
        scopes: (values.scope as string[]).flatMap((scope) => scope.split(/[\s,]+/)).filter((scope) => scope),
      });
      return { facts: made, text: `Client id      ${made.clientId}\nClient secret  ${made.clientSecret}  (shown only now)` };
    }),
};
