import pino from 'pino';
import { doors } from '../app.ts';
import { readConfig } from '../config.ts';
import { addressesOf, CONNECT, CREDENTIALS, firstRequest } from '../front-page.ts';
import { openHouse } from '../house.ts';
import { SANDBOX } from '../sandbox/credentials.ts';
import { type Command, CommandError } from './command.ts';
import { seedApart } from './seed-apart.ts';

/** How long running requests may take to end before the process goes. */
const GRACE_MS = 15_000;

export const command: Command = {
  about: 'Starts Portico: database, sandbox world, every door. Ends on SIGTERM or Ctrl-C after running requests have ended.',
  async run(call) {
    const config = readConfig(process.env, call.terminal.interactive);
    const log = pino({ level: config.logLevel }, pino.destination({ dest: 1, sync: false, minLength: 0 }));
    if (config.unknownSettings.length > 0)
      log.warn({ names: config.unknownSettings }, 'No settings of Portico; is one misspelt?');
    const starting = openHouse(config, log, { seed: (publicUrl) => seedApart(call, publicUrl) });
    const ended = new Promise<string>((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
    });
    const house = await starting.catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
        throw new CommandError(
          `Something listens on ${config.host}:${config.port} already. End it, or set PORT to another port.`,
          69,
        );
      throw error;
    });
    const facts = {
      url: house.url,
      doors: doors.map((door) => ({
        name: door.title,
        ...addressesOf(door, { ...config, publicUrl: house.url }),
        explorer: `${house.url}/explore/${door.name}`,
      })),
      connect: { name: CONNECT.title, ...addressesOf(CONNECT, { ...config, publicUrl: house.url }) },
      sandbox: config.sandbox ? SANDBOX : null,
    };
    if (call.json) call.terminal.out(`${JSON.stringify(facts)}\n`);
    else {
      const row = (name: string, value: string) => `  ${name.padEnd(18)} ${value}`;
      const lines = [
        `Portico is ready: ${house.url}`,
        '',
        ...facts.doors.flatMap((door) => [
          row(door.name, ''),
          row('  address', door.addresses.join('  ')),
          ...(door.hostAddress ? [row('  or', door.hostAddress)] : []),
          row('  explorer', door.explorer),
        ]),
        row(facts.connect.name, ''),
        row('  address', facts.connect.addresses.join('  ')),
        ...(facts.connect.hostAddress ? [row('  or', facts.connect.hostAddress)] : []),
        ...(config.sandbox
          ? [
              '',
              row('Sandbox', ''),
              ...CREDENTIALS.flatMap(({ name, values }) => [
                row(`  ${name}`, ''),
                ...values.map(({ label, value }) => row(`    ${label.toLowerCase()}`, value)),
              ]),
              row('  try', firstRequest(house.url)),
            ]
          : []),
        '',
      ];
      call.terminal.out(`${lines.join('\n')}\n`);
    }
    const signal = await ended;
    log.info({ signal }, 'Stopping');
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    await house.stop();
    return undefined;
  },
};
