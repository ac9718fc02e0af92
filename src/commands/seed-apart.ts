import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Call, CommandError } from './command.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/portico.js');

/**
 * Makes the sandbox world in a process of its own: the 60 MB that telling it takes end with that, and the server is put together
 * meanwhile. It costs 0.5 s of processor time, once.
 * @throws CommandError when the world was not made; the other process says why on stderr
 */
export async function seedApart({ json }: Pick<Call, 'json'>, publicUrl: string): Promise<void> {
  const child = spawn(process.execPath, [...process.execArgv, PROGRAM, 'seed', ...(json ? ['--json'] : [])], {
    env: { ...process.env, PUBLIC_URL: publicUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0)
    throw new CommandError('The sandbox world was not made, for the reason above. PORTICO_SANDBOX=off starts without it.');
}
