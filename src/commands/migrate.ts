import { type Command, withStores } from './command.ts';

export const command: Command = {
  about: 'Brings the database forward to this version. `portico start` does it too; this is for doing it beforehand.',
  run: () =>
    withStores(async ({ migrated }) => ({
      facts: { migrated },
      text: migrated.length === 0 ? 'The database is up to date.' : `Ran ${migrated.join(', ')}.`,
    })),
};
