import { systemActor } from '../access/actor.ts';
import { type Command, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Makes a group of offices, for which applications of the Reapit door can be installed (reapit-customer: RES-GROUP).',
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    code: { type: 'string', description: 'Code of the group, up to ten letters and digits', required: true },
    name: { type: 'string', description: 'Its name', required: true },
    office: { type: 'string', description: 'Code of an office; several times for several', required: true, multiple: true },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      const organisation = await organisationOf(stores, String(values.org));
      const made = await stores.domain.orgs.createOfficeGroup(systemActor(organisation.id), {
        code: String(values.code),
        name: String(values.name),
        offices: values.office as string[],
      });
      return {
        facts: { id: made.id, code: made.code },
        text: `Group ${made.code} of ${organisation.name}, ${made.office_ids.length} offices.`,
      };
    }),
};
