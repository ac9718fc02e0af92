import { checkFences } from '../db/fences.ts';
import { pendingMigrations } from '../db/migrate.ts';
import { checkSmtp } from '../mail/index.ts';
import { type Command, withCellar } from './command.ts';

type Check = { readonly name: string; readonly ok: boolean; readonly detail: string };

export const command: Command = {
  about:
    'Checks settings, database, schema, kept totals, files and the mail server, and changes nothing. Exit code 1 when something is wrong.\n' +
    'What needs a database, or its schema, is looked at only where those are well.',
  run: () =>
    withCellar(async ({ connected, files }, config) => {
      const checks: Check[] = [];
      /** Answers whether all is well; `look` says what it saw, or throws what is wrong. */
      const check = async (name: string, look: () => Promise<string>): Promise<boolean> => {
        const result = await look().then(
          (detail) => ({ ok: true, detail }),
          (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
        );
        checks.push({ name, ...result });
        return result.ok;
      };
      await check(
        'settings',
        async () =>
          `${config.databaseUrl ? 'own PostgreSQL' : `embedded PostgreSQL in ${config.dataDir}`}, sandbox ${config.sandbox ? 'on' : 'off'}${
            config.unknownSettings.length > 0 ? `; no settings of Portico: ${config.unknownSettings.join(', ')}` : ''
          }`,
      );
      const answers = await check('database', async () => {
        const { rows } = await connected.pool.query('select version() as v');
        return String(rows[0].v).split(' ').slice(0, 2).join(' ');
      });
      if (answers)
        await check('durability', async () => {
          const { rows } = await connected.pool.query(
            "select current_setting('synchronous_commit') as sync, current_setting('fsync') as fsync",
          );
          if (rows[0].sync === 'off' || rows[0].fsync === 'off')
            throw new Error('fsync or synchronous_commit is off: acknowledged writes can be lost');
          return 'a write is on the disk before it is acknowledged';
        });
      const upToDate =
        answers &&
        (await check('schema', async () => {
          const pending = await pendingMigrations(connected.pool);
          if (pending.length > 0) throw new Error(`\`portico migrate\` is to run ${pending.join(', ')}`);
          return 'up to date';
        }));
      if (upToDate)
        await check('totals', async () => {
          const wrong = await checkFences(connected.db);
          if (wrong.length > 0)
            throw new Error(
              `kept totals differ from counts: ${wrong.map((w) => `${w.list} of ${w.scope}: ${w.kept}, counted ${w.counted}`).join('; ')}`,
            );
          return 'equal to counts';
        });
      await check('files', async () => {
        await files.probe();
        return 'can be written, read and removed';
      });
      await check('mails', async () => {
        const { smtp, folder } = config.mail;
        if (!smtp) return `no server (PORTICO_SMTP): mails go to files in ${folder}`;
        const where = `${smtp.host}:${smtp.port}`;
        await checkSmtp(smtp).catch((error: Error) => {
          throw new Error(`${where} takes no mails: ${error.message}`);
        });
        return `${where} answers${smtp.login ? ` and lets ${smtp.login.user} in` : ''}`;
      });
      const ok = checks.every((each) => each.ok);
      return {
        facts: { ok, checks },
        text: checks.map((each) => `${each.ok ? 'ok     ' : 'WRONG  '}${each.name.padEnd(11)} ${each.detail}`).join('\n'),
        code: ok ? 0 : 1,
      };
    }),
};
