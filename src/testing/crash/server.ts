import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '../../db/connect.ts';
import { findRunningServer } from '../../db/embedded/index.ts';

/** A Portico in a process of its own, with the PostgreSQL that it brings, as `npm start` runs them. */
export type Server = {
  readonly url: string;
  /** from the call to the first answer */
  readonly startMs: number;
  /** its last warnings about the database it runs */
  said(): string;
  kill(): Promise<void>;
  /** in an orderly way */
  stop(): Promise<void>;
};

export type Place = { readonly dataDir: string; readonly env: Readonly<Record<string, string>> };

const settings = ({ dataDir, env }: Place) => ({
  PATH: process.env.PATH,
  PORTICO_DATA: dataDir,
  PORTICO_LOG: 'warn',
  PORTICO_DOTLOOP_RATE: '0',
  PORTICO_SPARK_RATE: '0',
  PORTICO_REAPIT_PER_SECOND: '0',
  PORTICO_REAPIT_IN_FLIGHT: '0',
  PORTICO_REAPIT_PER_DAY: '0',
  PORTICO_WEBHOOKS_PRIVATE: 'on',
  ...env,
});

const running = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!running(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Characters of what a Portico said. */
const KEPT = 1_000_000;
const ofDatabase = (line: string) => line.includes('"room":"db"');

function launch(place: Place): ChildProcess {
  const program = join(import.meta.dirname, '../../../bin/portico');
  return spawn(program, ['start', '--json'], { env: settings(place), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Starts and waits until it serves. @throws Error with what it said, when it ends instead */
export async function startServer(place: Place): Promise<Server> {
  const began = performance.now();
  const child = launch(place);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-KEPT);
    });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const [, found] = /^\{"url":"([^"]+)"/m.exec(said) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', (code, signal) => reject(new Error(`Portico did not start (${code ?? signal}): ${said}`)));
  });
  const startMs = performance.now() - began;
  return {
    url,
    startMs,
    said: () => said.split('\n').filter(ofDatabase).join('\n'),
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
}

/** Starts and kills it after so many milliseconds, wherever it is then. */
export async function startAndKill(place: Place, afterMs: number): Promise<void> {
  const child = launch(place);
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  await once(child, 'exit');
  clearTimeout(timer);
}

/** The process that owns the PostgreSQL of a data folder; undefined when none is recorded. */
export async function postmasterOf({ dataDir }: Place): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || undefined;
}

/** A connection beside the running Portico. */
export async function besideServer({ dataDir }: Place) {
  const connection = await findRunningServer(dataDir);
  if (!connection) throw new Error('No Portico runs there');
  return connect(connection, { max: 2 });
}
