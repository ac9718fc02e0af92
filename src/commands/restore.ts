import { resolve } from 'node:path';
import { NotRestored, restoreBackup } from '../backup/restore.ts';
import { readConfig } from '../config.ts';
import { findRunningServer } from '../db/embedded/index.ts';
import { migrate } from '../db/migrate.ts';
import { hasVisitors } from '../db/transfer/load.ts';
import { openCellar } from '../stores.ts';
import { type Command, CommandError, makeProgress, quietLog } from './command.ts';

export const command: Command = {
  about:
    'Fills an empty installation with what `portico backup` wrote. The file is read to its end and checked before anything is written;\n' +
    'Portico must not run meanwhile, and PORTICO_SECRET must be that of the installation the file comes from.',
  positionals: ['file'],
  options: { replace: { type: 'boolean', description: 'Loses whatever is in the database now' } },
  async run(call) {
    const config = readConfig(process.env, true);
    const inUse = new CommandError('A Portico is running on this database. Stop it first.', 69);
    if (!config.databaseUrl && (await findRunningServer(config.dataDir))) throw inUse;
    const { connected, files, secrets, close } = await openCellar({ ...config, statementTimeoutMs: 0 }, quietLog());
    const { step: progress, end } = await makeProgress(call);
    try {
      const { pool } = connected;
      if (await hasVisitors(pool)) throw inUse;
      const path = resolve(String(call.positionals[0]));
      const { manifest, counts } = await restoreBackup({
        pool,
        files,
        secrets,
        path,
        replace: call.values.replace === true,
        progress,
      });
      const migrated = await migrate(pool);
      end();
      const rows = Object.values(counts.rows).reduce((sum, n) => sum + n, 0);
      return {
        facts: { takenAt: manifest.takenAt, version: manifest.version, rows, files: counts.files, migrated },
        text: `Restored ${rows} rows and ${counts.files} files as they were at ${manifest.takenAt}.${migrated.length > 0 ? ` Ran ${migrated.join(', ')}.` : ''}`,
      };
    } catch (error) {
      if (error instanceof NotRestored) throw new CommandError(error.message);
      throw error;
    } finally {
      end();
      await close();
    }
  },
};
