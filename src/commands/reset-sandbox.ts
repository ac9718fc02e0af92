import type { Command } from './command.ts';
import { tell } from './seed.ts';

export const command: Command = {
  about: 'Puts the sandbox world back as documented, in one transaction; a running Portico goes on serving.',
  run: (call) => tell(call, true),
};
