import type { Bar } from 'cli-progress';
import pino, { type Logger } from 'pino';
import { type Config, readConfig } from '../config.ts';
import { findRunningServer, readDataFolder } from '../db/embedded/index.ts';
import { Fault } from '../kernel/fault.ts';
import { type Cellar, openCellar, openStores, type Stores } from '../stores.ts';

export type Terminal = {
  out(text: string): void;
  err(text: string): void;
  /** whether a person watches: progress bars are for them */
  readonly interactive: boolean;
};

export const terminalOf = (process: NodeJS.Process): Terminal => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
});

/** What went wrong in words that say what to do; the exit code is one of sysexits. */
export class CommandError extends Error {
  readonly code: number;
  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

export type Call = {
  readonly values: Readonly<Record<string, string | boolean | string[] | undefined>>;
  readonly positionals: readonly string[];
  readonly json: boolean;
  readonly terminal: Terminal;
};

/** `facts` for --json, `text` for people. */
export type Answer = { readonly facts: unknown; readonly text: string; readonly code?: number };

export type Command = {
  readonly about: string;
  readonly positionals?: readonly string[];
  readonly options?: Record<string, { type: 'string' | 'boolean'; description: string; required?: boolean; multiple?: boolean }>;
  run(call: Call): Promise<Answer | undefined>;
};

export const quietLog = (level = 'warn'): Logger => pino({ level }, pino.destination({ dest: 2, sync: true }));

/** Settings for one command, and the embedded database of a Portico that runs, beside which it works. */
async function findInstallation() {
  const config = readConfig(process.env, true);
  const running = config.databaseUrl ? undefined : await findRunningServer(config.dataDir);
  // Whoever types a command waits for it: to count a large record takes its time.
  return { config: { ...config, statementTimeoutMs: 0 }, running };
}

async function closing<T extends { close(): Promise<void> }, R>(opened: T, work: (opened: T) => Promise<R>): Promise<R> {
  try {
    return await work(opened);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new CommandError(error.message, error.kind === 'unavailable' ? 69 : 1);
  } finally {
    await opened.close();
  }
}

/** Opens the record for one command, brought to this version first, and closes it again. */
export async function withStores<T>(work: (stores: Stores, config: Config) => Promise<T>): Promise<T> {
  const { config, running } = await findInstallation();
  return closing(await openStores(config, quietLog(), { running }), (stores) => work(stores, config));
}

/** Opens database and files as they lie there, for one command that leaves the schema alone, and closes them again. */
export async function withCellar<T>(work: (cellar: Cellar, config: Config) => Promise<T>): Promise<T> {
  const { config, running } = await findInstallation();
  const { databaseUrl, dataDir } = config;
  if (!databaseUrl && !running && !(await readDataFolder(dataDir)).version)
    throw new CommandError(
      `There is no database in ${dataDir}. \`portico start\` makes one; PORTICO_DATA says where another is.`,
      69,
    );
  return closing(await openCellar(config, quietLog(), running), (cellar) => work(cellar, config));
}

/** A bar on a terminal, a plain line for each tenth elsewhere, nothing with --json. */
export async function makeProgress({ json, terminal }: Pick<Call, 'json' | 'terminal'>) {
  if (json) return { step: () => {}, end: () => {} };
  if (!terminal.interactive) {
    let said = -1;
    return {
      step(done: number, of: number, what: string) {
        const tenth = Math.floor((done / Math.max(1, of)) * 10);
        if (tenth > said) terminal.err(`${tenth * 10}% ${what}\n`);
        said = Math.max(said, tenth);
      },
      end: () => {},
    };
  }
  const { default: progress } = await import('cli-progress');
  let bar: Bar | undefined;
  return {
    step(done: number, of: number, what: string) {
      bar ??= new progress.SingleBar(
        { format: '{bar} {percentage}% {what}', hideCursor: true, clearOnComplete: true },
        progress.Presets.shades_classic,
      );
      if (!bar.isActive) bar.start(of, done, { what });
      else bar.update(done, { what });
    },
    end: () => bar?.stop(),
  };
}

/** The organisation of that code. */
export async function organisationOf({ domain }: Stores, code: string): Promise<{ id: number; name: string }> {
  const found = await domain.orgs.organisationByCode(code);
  if (!found) throw new CommandError(`There is no organisation with the code ${code.toUpperCase()}`);
  return found;
}

/** The login of a person of that organisation who has a member's account. */
export async function personOf(
  { domain }: Stores,
  organisation: { readonly id: number; readonly name: string },
  email: string,
): Promise<{ readonly orgId: number; readonly userId: number; readonly memberId: number }> {
  const found = await domain.identity.findUser(organisation.id, email);
  if (!found) throw new CommandError(`Nobody at ${organisation.name} signs in with ${email}`);
  if (found.memberId === null) throw new CommandError(`The login ${email} has no account of a member`);
  return { ...found, memberId: found.memberId };
}
