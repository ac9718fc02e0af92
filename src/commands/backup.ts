import { resolve } from 'node:path';
import { takeBackup } from '../backup/take.ts';
import { version } from '../version.ts';
import { type Command, makeProgress, withCellar } from './command.ts';

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

export const command: Command = {
  about:
    'Writes the database and all documents, as they are at one moment, to one file (a tar under zstd). Portico may go on serving.\n' +
    'What is sealed in it needs the PORTICO_SECRET of this installation: keep that too, in another place.',
  positionals: ['file'],
  run: (call) =>
    withCellar(async ({ connected, files, secrets }, { publicUrl }) => {
      const { step: progress, end } = await makeProgress(call);
      try {
        const path = resolve(String(call.positionals[0]));
        const facts = await takeBackup({
          pool: connected.pool,
          files,
          secrets,
          version,
          publicUrl,
          now: new Date(),
          path,
          progress,
        });
        end();
        const { rows, size, missing } = facts;
        const said = `${path}: ${rows} rows and ${facts.files} files in ${megabytes(size)}.`;
        return {
          facts,
          text:
            missing.length === 0
              ? said
              : `${said}\n${missing.length} files of the record are not there and are not in it: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ' …' : ''}`,
        };
      } finally {
        end();
      }
    }),
};
