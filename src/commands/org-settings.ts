import { systemActor } from '../access/actor.ts';
import { readSetting, SETTINGS, withSetting } from '../domain/index.ts';
import { type Command, CommandError, organisationOf, withStores } from './command.ts';

const texts = (given: unknown) => (Array.isArray(given) ? given.map(String) : []);

/** `place=value`. */
function assignmentOf(text: string): { place: string; value: unknown } {
  const [, place = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (place === '') throw new CommandError(`--set ${text}: write place=value`, 64);
  return { place, value: readSetting(place, value) };
}

export const command: Command = {
  about: `Shows what an organisation has set, and changes it. Its settings:\n\n${Object.entries(SETTINGS)
    .map(([place, { form }]) => `  ${place.padEnd(34)} ${form}`)
    .join('\n')}`,
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    set: { type: 'string', description: 'A setting and its value, such as currencyRates.EUR=0.92', multiple: true },
    clear: { type: 'string', description: 'A setting that goes back to what it was before anybody set it', multiple: true },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      const { id, name } = await organisationOf(stores, String(values.org));
      const { orgs } = stores.domain;
      const actor = systemActor(id);
      const changes = [
        ...texts(values.set).map(assignmentOf),
        ...texts(values.clear).map((place) => ({ place, value: undefined })),
      ];
      let { settings } = await orgs.organisation(actor);
      for (const { place, value } of changes) settings = withSetting(settings, place, value);
      if (changes.length > 0) await orgs.changeSettings(actor, settings);
      return { facts: settings, text: `${name}: ${JSON.stringify(settings, null, 2)}` };
    }),
};
