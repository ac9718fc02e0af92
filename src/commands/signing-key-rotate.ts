import { type Command, withStores } from './command.ts';

export const command: Command = {
  about:
    'Puts a new key for signing tokens beside the old one. It signs in ten minutes; tokens of the old one are good until they run out. A daily job does the same every ninety days.',
  options: {
    'at-once': {
      type: 'boolean',
      description: 'For a stolen key: the new one signs now, and every token that an old one signed ends',
    },
  },
  run: ({ values }) =>
    withStores(async ({ domain }) => {
      const kid = await domain.identity.rotateSigningKey({ atOnce: values['at-once'] === true });
      return { facts: { kid }, text: `New key ${kid}` };
    }),
};
