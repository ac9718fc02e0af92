import { SPARK_KEY_FLAGS, SPARK_ROLES } from '../domain/index.ts';
import type { Stores } from '../stores.ts';
import { type Answer, type Call, type Command, CommandError, organisationOf, personOf, withStores } from './command.ts';
import { readPermissions } from './permissions.ts';

type Organisation = Awaited<ReturnType<typeof organisationOf>>;
type Values = Call['values'];

/** An option that only one of the doors asks for. */
function demand(values: Values, option: string): string {
  const value = values[option];
  if (typeof value !== 'string') throw new CommandError(`--${option} is required for --door ${values.door}`, 64);
  return value;
}

async function makeSparkKey(stores: Stores, organisation: Organisation, values: Values): Promise<Answer> {
  const asked = demand(values, 'role');
  const role = SPARK_ROLES.find((one) => one === asked);
  if (!role) throw new CommandError(`--role ${asked}: must be one of ${SPARK_ROLES.join(', ')}`, 64);
  const contactId = values.consumer === undefined ? undefined : Number(values.consumer);
  if (contactId !== undefined && !Number.isSafeInteger(contactId))
    throw new CommandError(`--consumer ${values.consumer}: must be the number of a contact`, 64);
  const { memberId } = await personOf(stores, organisation, demand(values, 'member'));
  const made = await stores.domain.identity.createSparkKey({
    orgId: organisation.id,
    name: String(values.name),
    memberId,
    role,
    flags: (values.flag as string[] | undefined) ?? [],
    redirectUris: (values['redirect-uri'] as string[] | undefined) ?? [],
    ...(contactId === undefined ? {} : { contactId }),
  });
  return { facts: made, text: `Key     ${made.key}\nSecret  ${made.secret}  (shown only now)` };
}

async function makeSiteKey({ domain }: Stores, organisation: Organisation, values: Values): Promise<Answer> {
  const given = values.permissions as string[] | undefined;
  if (!given) throw new CommandError('--permissions is required for --door propertybase', 64);
  const perPage = values['per-page'] === undefined ? undefined : Number(values['per-page']);
  if (perPage !== undefined && !(Number.isInteger(perPage) && perPage > 0))
    throw new CommandError('--per-page takes a whole number from 1', 64);
  const made = await domain.identity.createSiteKey({
    orgId: organisation.id,
    name: String(values.name),
    permissions: readPermissions(given),
    ...(perPage === undefined ? {} : { perPage }),
  });
  const domains = await domain.identity.siteDomains(organisation.id);
  const hint = domains.length > 0 ? '' : "\nThe organisation has no domain yet: 'portico domain add'.";
  return { facts: { ...made, domains }, text: `Key ${made.id}  ${made.key}  (shown only now)${hint}` };
}

export const command: Command = {
  about:
    "Makes an API key. Spark: it acts for a member; its secret is shown once, and it is an OAuth client too, if it has redirect URIs. Propertybase: it opens the API of the organisation's site with the rights that it is given, and is shown once.",
  options: {
    org: { type: 'string', description: 'Code of the organisation', required: true },
    door: { type: 'string', description: 'spark or propertybase', required: true },
    name: { type: 'string', description: 'What it is for', required: true },
    member: { type: 'string', description: 'Spark: e-mail address of the member whose key it is' },
    role: { type: 'string', description: `Spark: one of ${SPARK_ROLES.join(', ')}` },
    consumer: { type: 'string', description: 'Spark: id of the contact for whom a portal or vow key acts when nobody is named' },
    flag: {
      type: 'string',
      description: `Spark: one of ${SPARK_KEY_FLAGS.join(', ')}; several times for several`,
      multiple: true,
    },
    'redirect-uri': { type: 'string', description: 'Spark: where codes are sent; several times for several', multiple: true },
    permissions: {
      type: 'string',
      description: 'Propertybase: rights by resource, offices=r,leads=rwd; all=rwd for every one; several times for several',
      multiple: true,
    },
    'per-page': { type: 'string', description: 'Propertybase: rows of a list for clients that never page' },
  },
  run: ({ values }) =>
    withStores(async (stores) => {
      if (values.door !== 'spark' && values.door !== 'propertybase')
        throw new CommandError(`--door ${values.door}: keys can be made for spark and propertybase`, 64);
      const organisation = await organisationOf(stores, String(values.org));
      return values.door === 'spark' ? makeSparkKey(stores, organisation, values) : makeSiteKey(stores, organisation, values);
    }),
};
