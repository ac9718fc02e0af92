import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export type Program = { readonly pid: number; readonly url: string; readonly readyMs: number; stop(): Promise<void> };

const started = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of started) child.kill('SIGTERM');
});

/** Ends a child; answers when it has ended. */
async function endChild(child: ChildProcess): Promise<void> {
  if (!started.has(child)) return;
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  await ended;
}

/** Ends whatever runs still, the youngest first; answers when all have ended. */
export async function stopPrograms(): Promise<void> {
  for (const child of [...started].reverse()) await endChild(child);
}

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

type Start = {
  readonly command: readonly [string, ...string[]];
  readonly env: Record<string, string>;
  readonly url: string;
  readonly probe: string;
};

const ROOT = join(import.meta.dirname, '..');

/** Starts a command in the project's folder and waits until `probe` answers; the time counts from the spawn. */
export async function startProgram({ command: [program, ...args], env, url, probe }: Start): Promise<Program> {
  const begun = performance.now();
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  started.add(child);
  child.once('close', () => started.delete(child));
  const stop = () => endChild(child);
  while (
    !(await fetch(url + probe)
      .then((answer) => answer.status !== 503)
      .catch(() => false))
  ) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${[program, ...args].join(' ')} ended with ${child.exitCode ?? child.signalCode} before it was ready`);
    if (performance.now() - begun > 60_000) {
      await stop();
      throw new Error(`${[program, ...args].join(' ')} was not ready within a minute`);
    }
    await wait(10);
  }
  return { pid: child.pid as number, url, readyMs: Math.round(performance.now() - begun), stop };
}

const NO_LIMITS = { PORTICO_REAPIT_PER_SECOND: '0', PORTICO_REAPIT_IN_FLIGHT: '0', PORTICO_REAPIT_PER_DAY: '0' };

/** Portico as `npm start` runs it, on a free port. */
export async function startPortico(env: Record<string, string>): Promise<Program> {
  const port = await freePort();
  return startProgram({
    command: ['bin/portico', 'start'],
    env: { PORT: String(port), PORTICO_LOG: 'warn', PORTICO_DOTLOOP_RATE: '0', PORTICO_SPARK_RATE: '0', ...NO_LIMITS, ...env },
    url: `http://127.0.0.1:${port}`,
    probe: '/readyz',
  });
}

/** Runs a script to its end and answers what it printed. */
export async function runProgram(script: string, env: Record<string, string>, args: readonly string[] = []): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.add(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(child, 'close');
  started.delete(child);
  if (child.exitCode !== 0) throw new Error(`${script} ended with ${child.exitCode ?? child.signalCode}\n${text.slice(-2_000)}`);
  return text;
}

/** MiB of a process as Linux counts them; undefined elsewhere. */
export function memoryOf(pid: number): { rss: number; pss: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const mib = (name: string) => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]) / 1024);
    return { rss: mib('Rss'), pss: mib('Pss') };
  } catch {
    return undefined;
  }
}
