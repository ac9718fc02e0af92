import { type Command, CommandError, makeProgress, withStores } from './command.ts';

/** Tells the story; what `seed` and `reset-sandbox` share. */
export async function tell(call: Parameters<Command['run']>[0], always: boolean) {
  const { hasStory, tellStory } = await import('../sandbox/index.ts');
  return withStores(async ({ ports }, config) => {
    if (!config.sandbox)
      throw new CommandError(
        'The sandbox is off (PORTICO_SANDBOX); its credentials are published. Set PORTICO_SANDBOX=on if you want it.',
      );
    if (!always && (await hasStory(ports.db)))
      return { facts: { seeded: false }, text: 'The sandbox world is there already; `portico reset-sandbox` makes it anew.' };
    const progress = await makeProgress(call);
    const started = performance.now();
    await tellStory(ports, { publicUrl: config.publicUrl ?? 'http://127.0.0.1:8080', progress: progress.step });
    progress.end();
    const seconds = Math.round(performance.now() - started) / 1000;
    return { facts: { seeded: true, seconds }, text: `The sandbox world is as documented (${seconds} s).` };
  });
}

export const command: Command = {
  about: 'Makes the sandbox world, if it is missing. `portico start` does it where the sandbox is on.',
  run: (call) => tell(call, false),
};
