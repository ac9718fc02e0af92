import type { SparkRole } from '../domain/index.ts';
import { type Command, CommandError, organisationOf, personOf, withStores } from './command.ts';

const ROLES: readonly SparkRole[] = ['idx', 'public', 'vow', 'portal', 'private'];

export const command: Command = {
  about:
    'Makes an API key that acts for a member. Its secret is shown once. The key is an OAuth client too, if it has redirect URIs.',
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    door: { type: 'string', description: 'spark', required: true },
    member: { type: 'string', description: 'E-mail address of the member whose key it is', required: true },
    role: { type: 'string', description: `One of ${ROLES.join(', ')}`, required: true },
    name: { type: 'string', description: 'What it is for', required: true },
    consumer: { type: 'string', description: 'Id of the contact for whom a portal or vow key acts when nobody is named' },
    flag: {
      type: 'string',
      description: 'read_only, replication, privileged, act-for, own-data or password; several times for several',
      multiple: true,
    },
    'redirect-uri': { type: 'string', description: 'Where codes are sent; several times for several', multiple: true },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      if (values.door !== 'spark') throw new CommandError(`--door ${values.door}: keys can be made for spark`, 64);
      const role = ROLES.find((one) => one === values.role);
      if (!role) throw new CommandError(`--role ${values.role}: must be one of ${ROLES.join(', ')}`, 64);
      const contactId = values.consumer === undefined ? undefined : Number(values.consumer);
      if (contactId !== undefined && !Number.isSafeInteger(contactId))
        throw new CommandError(`--consumer ${values.consumer}: must be the number of a contact`, 64);
      const organisation = await organisationOf(stores, String(values.org));
      const { memberId } = await personOf(stores, organisation, String(values.member));
      const made = await stores.domain.identity.createSparkKey({
        orgId: organisation.id,
        name: String(values.name),
        memberId,
        role,
        flags: (values.flag as string[] | undefined) ?? [],
        redirectUris: (values['redirect-uri'] as string[] | undefined) ?? [],
        ...(contactId === undefined ? {} : { contactId }),
      });
      return { facts: made, text: `Key     ${made.key}\nSecret  ${made.secret}  (shown only now)` };
    }),
};
