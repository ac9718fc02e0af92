import { type Command, CommandError, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Makes a new key with the rights of an old one, which goes on for so many hours (24 unless told otherwise).',
  positionals: ['id'],
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    hours: { type: 'string', description: 'How long the old key goes on; 0 ends it now' },
  },
  run: ({ values, positionals: [id] }) =>
    withStores(async (stores) => {
      const hours = values.hours === undefined ? 24 : Number(values.hours);
      if (!(hours >= 0 && hours <= 8_760)) throw new CommandError('--hours takes a number from 0 to 8760', 64);
      if (!/^\d{1,15}$/.test(id ?? '')) throw new CommandError(`${id} is no id of a key`, 64);
      const organisation = await organisationOf(stores, String(values.org));
      const made = await stores.domain.identity.rotateSiteKey(organisation.id, Number(id), hours * 3_600_000);
      return { facts: made, text: `Key ${made.id}  ${made.key}  (shown only now)` };
    }),
};
