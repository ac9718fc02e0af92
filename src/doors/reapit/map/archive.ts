import { computed } from '../../../wire/resource/mapping.ts';

/** `fromArchive` and `archivedOn` of nouns with the column archived_at; only contacts are archived through the door (contracts/reapit.md §1.12). */
export const archiveFields = (now: () => Date) => ({
  fromArchive: computed<boolean | null>({
    columns: ['archived_at'],
    read: (row) => row.archived_at !== null && row.archived_at !== undefined,
    write: (archived, row) => {
      const is = row.archived_at !== null && row.archived_at !== undefined;
      return is === (archived === true) ? {} : { archived_at: archived === true ? now() : null };
    },
  }),
  archivedOn: computed({ read: (row) => row.archived_at }),
});
