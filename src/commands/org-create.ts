import { systemActor } from '../access/actor.ts';
import { type Command, CommandError, withStores } from './command.ts';

export const command: Command = {
  about: 'Makes an organisation (a brokerage) with its first office.',
  options: {
    code: { type: 'string', description: 'Short code, two to six letters and digits', required: true },
    name: { type: 'string', description: 'Its name', required: true },
    office: { type: 'string', description: 'Name of the first office; default: the organisation’s name' },
    'time-zone': { type: 'string', description: 'Such as America/New_York; default UTC' },
    currency: { type: 'string', description: 'Such as USD (default)' },
  },
  run: ({ values }) =>
    withStores(async ({ domain }) => {
      const code = String(values.code).toUpperCase();
      if (!/^[A-Z0-9]{2,6}$/.test(code)) throw new CommandError('--code is two to six letters and digits', 64);
      const timeZone = String(values['time-zone'] ?? 'UTC');
      if (!isTimeZone(timeZone))
        throw new CommandError(`--time-zone ${timeZone} is not the name of a time zone, such as America/New_York`, 64);
      const currency = String(values.currency ?? 'USD').toUpperCase();
      if (!/^[A-Z]{3}$/.test(currency)) throw new CommandError('--currency is three letters, such as USD', 64);
      if (await domain.orgs.organisationByCode(code)) throw new CommandError(`The code ${code} is taken`);
      const name = String(values.name);
      const made = await domain.orgs.createOrganisation({ code, name, timeZone, currency });
      const office = await domain.orgs.createOffice(systemActor(made.id), { name: String(values.office ?? name) });
      return {
        facts: { id: made.id, code, office: { id: office.id, code: office.code } },
        text: `Organisation ${code} (${made.id}) with office ${office.code}. Next: portico user create --org ${code} --email …`,
      };
    }),
};

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
