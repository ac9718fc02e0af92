import { systemActor } from '../access/actor.ts';
import { type Command, CommandError, organisationOf, withStores } from './command.ts';

export const command: Command = {
  about: 'Merges loop A into loop B. A’s id answers with B’s from then on, for ever.',
  positionals: ['A', 'B'],
  options: { org: { type: 'string', description: 'Code of the organisation', required: true } },
  run: ({ values, positionals }) =>
    withStores(async (stores) => {
      const [a, b] = positionals.map(Number);
      if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) throw new CommandError('A and B are ids of loops', 64);
      const organisation = await organisationOf(stores, String(values.org));
      const survivor = await stores.domain.deals.merge(systemActor(organisation.id), a as number, b as number);
      return { facts: { from: a, to: survivor.id }, text: `Loop ${a} is now part of loop ${survivor.id} (${survivor.name}).` };
    }),
};
