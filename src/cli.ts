import { parseArgs } from 'node:util';
import { type Command, CommandError, type Terminal, terminalOf } from './commands/command.ts';
import { ConfigError } from './config.ts';

/** name → where it is, imported when it is called, so that `portico --help` is quick. */
const COMMANDS: Record<string, { summary: string; load: () => Promise<{ command: Command }> }> = {
  start: { summary: 'Start Portico and serve every door', load: () => import('./commands/start.ts') },
  migrate: { summary: 'Bring the database to this version', load: () => import('./commands/migrate.ts') },
  seed: { summary: 'Make the sandbox world, if it is missing', load: () => import('./commands/seed.ts') },
  'reset-sandbox': { summary: 'Put the sandbox world back as it was', load: () => import('./commands/reset-sandbox.ts') },
  'org create': { summary: 'Make an organisation with its first office', load: () => import('./commands/org-create.ts') },
  'org settings': { summary: 'Show and change what an organisation has set', load: () => import('./commands/org-settings.ts') },
  'user create': { summary: 'Make a login with a member and a profile', load: () => import('./commands/user-create.ts') },
  'client create': { summary: 'Register an application', load: () => import('./commands/client-create.ts') },
  'key create': { summary: 'Make a key of the Spark or Propertybase door', load: () => import('./commands/key-create.ts') },
  'key list': {
    summary: 'List the keys and domains of a site, and the keys of the Spark door',
    load: () => import('./commands/key-list.ts'),
  },
  'key rotate': { summary: 'Replace a key; the old one goes on for a while', load: () => import('./commands/key-rotate.ts') },
  'key remove': { summary: 'Remove a key at once', load: () => import('./commands/key-remove.ts') },
  'domain add': { summary: 'Name a host as the site of an organisation', load: () => import('./commands/domain-add.ts') },
  'domain remove': { summary: 'Take such a host away', load: () => import('./commands/domain-remove.ts') },
  'app create': { summary: 'Register an application for the Reapit door', load: () => import('./commands/app-create.ts') },
  'app secret': { summary: 'Make a new secret for such an application', load: () => import('./commands/app-secret.ts') },
  'app install': { summary: 'Install it for a customer', load: () => import('./commands/app-install.ts') },
  'app uninstall': { summary: 'Uninstall it for a customer', load: () => import('./commands/app-uninstall.ts') },
  'office-group create': { summary: 'Make a group of offices', load: () => import('./commands/office-group-create.ts') },
  'signing-key rotate': { summary: 'Replace the key that signs tokens', load: () => import('./commands/signing-key-rotate.ts') },
  'token create': { summary: 'Make a personal token for the Spark door', load: () => import('./commands/token-create.ts') },
  'token revoke': { summary: 'End a personal token', load: () => import('./commands/token-revoke.ts') },
  'loop merge': { summary: 'Merge loop A into loop B', load: () => import('./commands/loop-merge.ts') },
  backup: { summary: 'Write database and documents to one file', load: () => import('./commands/backup.ts') },
  restore: { summary: 'Fill an empty installation from such a file', load: () => import('./commands/restore.ts') },
  doctor: { summary: 'Check settings, database, files, totals and the mail server', load: () => import('./commands/doctor.ts') },
};

/** Every command, or those that begin with this word. */
const usage = (word = '') =>
  `portico: one record of a brokerage, behind the doors its integrations know\n\n${Object.entries(COMMANDS)
    .filter(([name]) => name.startsWith(word))
    .map(([name, { summary }]) => `  portico ${name.padEnd(20)} ${summary}`)
    .join(
      '\n',
    )}\n\n  --json   answer with JSON, for scripts\n  --help   what a command takes\n\nSettings come from the environment: docs/configuration.md\n`;

const helpOf = (name: string, { about, options = {}, positionals = [] }: Command) =>
  `portico ${[name, ...positionals.map((p) => `<${p}>`)].join(' ')}\n\n${about}\n\n${Object.entries(options)
    .map(([option, { description, required }]) => `  --${option.padEnd(16)} ${description}${required ? ' (required)' : ''}`)
    .join('\n')}\n`;

/**
 * Runs one command line. Exit codes: 0 done, 1 failed, 64 wrong use, 69 something is away, 78 wrong settings (sysexits).
 */
export async function run(args: readonly string[], terminal: Terminal = terminalOf(process)): Promise<number> {
  const name = Object.keys(COMMANDS)
    .filter((known) => known.split(' ').every((word, i) => args[i] === word))
    .sort((a, b) => b.length - a.length)[0];
  const entry = name === undefined ? undefined : COMMANDS[name];
  if (!name || !entry) {
    const asked = args.length === 0 || args.includes('--help') || args.includes('-h');
    const group = Object.keys(COMMANDS).some((known) => known.startsWith(`${args[0]} `)) ? `${args[0]} ` : '';
    (asked ? terminal.out : terminal.err)(
      asked ? usage(group) : `portico: there is no command '${args.slice(0, 2).join(' ')}'\n\n${usage(group)}`,
    );
    return asked ? 0 : 64;
  }
  const json = args.includes('--json');
  try {
    const { command } = await entry.load();
    const { values: parsed, positionals } = parseArgs({
      args: args.slice(name.split(' ').length),
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        ...Object.fromEntries(
          Object.entries(command.options ?? {}).map(([option, { type, multiple }]) => [
            option,
            { type, ...(multiple ? { multiple } : {}) },
          ]),
        ),
      },
      allowPositionals: true,
    });
    const values = parsed as Record<string, string | boolean | string[] | undefined>;
    if (values.help) {
      terminal.out(helpOf(name, command));
      return 0;
    }
    for (const [option, { required }] of Object.entries(command.options ?? {}))
      if (required && values[option] === undefined) throw new CommandError(`--${option} is required`, 64);
    if (positionals.length !== (command.positionals?.length ?? 0))
      throw new CommandError(
        `portico ${name} takes ${command.positionals?.map((p) => `<${p}>`).join(' ') || 'no arguments'}`,
        64,
      );
    const answer = await command.run({
      values,
      positionals,
      json,
      terminal,
    });
    if (answer) terminal.out(json ? `${JSON.stringify(answer.facts)}\n` : `${answer.text}\n`);
    return answer?.code ?? 0;
  } catch (error) {
    const wrongUse = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof ConfigError ? 78 : error instanceof CommandError ? error.code : wrongUse ? 64 : 1;
    terminal.err(json ? `${JSON.stringify({ error: { message } })}\n` : `portico: ${message}\n`);
    return code;
  }
}
