import { type Command, CommandError, organisationOf, withStores } from './command.ts';
import { readPermissions } from './permissions.ts';

export const command: Command = {
  about: 'Makes a key for the API of a site. It is shown once, and stored only as a hash.',
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    door: { type: 'string', description: 'propertybase', required: true },
    name: { type: 'string', description: 'Name that lists of keys show', required: true },
    permissions: {
      type: 'string',
      description: 'Rights by resource: offices=r,leads=rwd; all=rwd for every one; several times for several',
      required: true,
      multiple: true,
    },
    'per-page': { type: 'string', description: 'Rows of a list for clients that never page' },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      if (values.door !== 'propertybase')
        throw new CommandError(
          `--door ${values.door}: keys are made for propertybase; applications of dotloop by 'client create'`,
          64,
        );
      const permissions = readPermissions(values.permissions as string[]);
      const perPage = values['per-page'] === undefined ? undefined : Number(values['per-page']);
      if (perPage !== undefined && !(Number.isInteger(perPage) && perPage > 0))
        throw new CommandError('--per-page takes a whole number from 1', 64);
      const organisation = await organisationOf(stores, String(values.org));
      const { identity } = stores.domain;
      const made = await identity.createSiteKey({
        orgId: organisation.id,
        name: String(values.name),
        permissions,
        ...(perPage === undefined ? {} : { perPage }),
      });
      const domains = await identity.siteDomains(organisation.id);
      const hint = domains.length > 0 ? '' : "\nThe organisation has no domain yet: 'portico domain add'.";
      return { facts: { ...made, domains }, text: `Key ${made.id}  ${made.key}  (shown only now)${hint}` };
    }),
};
