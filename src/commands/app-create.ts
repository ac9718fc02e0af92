import { systemActor } from '../access/actor.ts';
import { APPLICATION_GRANTS, type ApplicationGrant, REAPIT_SCOPES } from '../domain/index.ts';
import { type Call, type Command, CommandError, organisationOf, withStores } from './command.ts';

const listOf = (value: Call['values'][string]): string[] => (Array.isArray(value) ? value : []);

function grantsOf(names: readonly string[]): ApplicationGrant[] {
  const wrong = names.find((name) => !APPLICATION_GRANTS.some((grant) => grant === name));
  if (wrong !== undefined) throw new CommandError(`--grant ${wrong}: there are ${APPLICATION_GRANTS.join(' and ')}`, 64);
  return APPLICATION_GRANTS.filter((grant) => names.includes(grant));
}

export const command: Command = {
  about:
    'Registers an application for the Reapit door. Its secret is shown once; a customer installs it with portico app install.',
  options: {
    org: { type: 'string', description: 'Code of the organisation that develops it', required: true },
    name: { type: 'string', description: 'Name that administrators see when they install it', required: true },
    grant: {
      type: 'string',
      description: 'authorization_code (signs people in), client_credentials (acts for itself), or both: several times',
      required: true,
      multiple: true,
    },
    'redirect-uri': { type: 'string', description: 'Where codes are sent; several times for several', multiple: true },
    'sign-out-uri': {
      type: 'string',
      description: 'Where people go after signing out; several times for several',
      multiple: true,
    },
    scope: {
      type: 'string',
      description: 'A scope, such as agencyCloud/contacts.read; several times for several; default: every one',
      multiple: true,
    },
    public: { type: 'boolean', description: 'It runs where a secret cannot be kept, and gets none' },
    'require-pkce': { type: 'boolean', description: 'It must send a code challenge' },
    'keep-refresh': { type: 'boolean', description: 'Its refresh tokens stay for thirty days and are not replaced' },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      const scopes = listOf(values.scope).flatMap((scope) => scope.split(/[\s,]+/).filter(Boolean));
      const made = await stores.domain.identity.registerApplication(systemActor(organisation.id), {
        name: String(values.name),
        grants: grantsOf(listOf(values.grant)),
        redirectUris: listOf(values['redirect-uri']),
        signOutUris: listOf(values['sign-out-uri']),
        scopes: scopes.length > 0 ? scopes : REAPIT_SCOPES,
        isPublic: values.public === true,
        requirePkce: values['require-pkce'] === true,
        rotateRefresh: values['keep-refresh'] !== true,
      });
      const secret = made.clientSecret === null ? 'none: it is public' : `${made.clientSecret}  (shown only now)`;
      return { facts: made, text: `Client id      ${made.clientId}\nClient secret  ${secret}` };
    }),
};
