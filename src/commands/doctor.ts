import { checkFences } from '../db/fences.ts';
import { pendingMigrations } from '../db/migrate.ts';
import { checkSmtp } from '../mail/index.ts';
import { type Command, withStores } from './command.ts';

type Check = { name: string; ok: boolean; detail: string };

export const command: Command = {
  about: 'Checks settings, database, schema, files, kept totals and the mail server. Exit code 1 when something is wrong.',
  run: () =>
    withStores(async ({ connected, ports }, config) => {
      const checks: Check[] = [];
      const check = async (name: string, work: () => Promise<string>) => {
        const result = await work().then(
          (detail) => ({ ok: true, detail }),
          (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
        );
        checks.push({ name, ...result });
      };
      await check(
        'settings',
        async () =>
          `${config.databaseUrl ? 'own PostgreSQL' : `embedded PostgreSQL in ${config.dataDir}`}, sandbox ${config.sandbox ? 'on' : 'off'}`,
      );
      await check('database', async () => {
        const { rows } = await connected.pool.query(
          "select version() as v, current_setting('synchronous_commit') as sync, current_setting('fsync') as fsync",
        );
        if (rows[0].sync === 'off' || rows[0].fsync === 'off')
          throw new Error('fsync or synchronous_commit is off: acknowledged writes can be lost');
        return String(rows[0].v).split(' ').slice(0, 2).join(' ');
      });
      await check('schema', async () => {
        const pending = await pendingMigrations(connected.pool);
        if (pending.length > 0) throw new Error(`missing: ${pending.join(', ')}`);
        return 'up to date';
      });
      await check('files', async () => {
        await ports.files.probe();
        return 'can be written, read and removed';
      });
      await check('totals', async () => {
        const wrong = await checkFences(ports.db);
        if (wrong.length > 0)
          throw new Error(
            `kept totals differ from counts: ${wrong.map((w) => `${w.list} of ${w.scope}: ${w.kept}, counted ${w.counted}`).join('; ')}`,
          );
        return 'equal to counts';
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
      return {
        facts: { ok: checks.every(({ ok }) => ok), checks },
        text: checks.map(({ name, ok, detail }) => `${ok ? 'ok     ' : 'WRONG  '}${name.padEnd(10)} ${detail}`).join('\n'),
        code: checks.every(({ ok }) => ok) ? 0 : 1,
      };
    }),
};
