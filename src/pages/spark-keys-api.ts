import type { FastifyInstance } from 'fastify';
import { isConsumerRole, SPARK_KEY_FLAGS, SPARK_ROLES, type SparkRole } from '../domain/index.ts';
import { operations } from './contract.ts';
import type { PagesOptions } from './plugin.ts';
import { readId } from './read-id.ts';
import { schemaOf } from './schema-of.ts';
import { makeCallers } from './session.ts';
import type { SparkKeys, SparkKeyTerms } from './spark-keys-contract.ts';

/** Whom a key of each role stands for (contracts/spark.md §5). */
const ROLES: Record<SparkRole, string> = {
  private: 'The member, with all that the account may do',
  idx: 'The member’s public site, for visitors whom nobody knows',
  public: 'The member’s site, for visitors who are known and not signed in',
  vow: 'A consumer of the member’s virtual office, signed in',
  portal: 'A consumer of the member’s portal, signed in',
};

const FLAGS: Record<(typeof SPARK_KEY_FLAGS)[number], string> = {
  read_only: 'It only reads',
  replication: 'It copies whole lists, in longer pages',
  privileged: 'It sees the roles of keys',
  'act-for': 'It acts for other accounts and consumers that a call names',
  'own-data': 'It sees data of the member’s account and office alone',
  password: 'It gets tokens for people whose password it has',
};

/** Keys of the Spark door, for administrators. */
export function mountSparkKeysApi(
  room: FastifyInstance,
  { domain, readWebSession }: Pick<PagesOptions, 'domain' | 'readWebSession'>,
): void {
  const { identity } = domain;
  const { reader, writer } = makeCallers(readWebSession);

  room.get(operations.listSparkKeys.url, async (request): Promise<SparkKeys> => {
    const keys = await identity.ownSparkKeys(await reader(request));
    return {
      roles: SPARK_ROLES.map((name) => ({ name, words: ROLES[name], consumer: isConsumerRole(name) })),
      flags: SPARK_KEY_FLAGS.map((name) => ({ name, words: FLAGS[name] })),
      keys: keys.map(({ redirect_uris, member_name, contact_name, created_at, ...key }) => ({
        ...key,
        member: member_name,
        consumer: contact_name,
        redirectUris: redirect_uris,
        since: created_at.toISOString(),
      })),
    };
  });

  room.post<{ Body: SparkKeyTerms }>(
    operations.makeSparkKey.url,
    { schema: schemaOf(operations.makeSparkKey) },
    async (request) => {
      const { name, member, consumer, ...terms } = request.body;
      return identity.makeOwnSparkKey(await writer(request), {
        ...terms,
        name: name.trim(),
        member: member.trim(),
        ...(consumer === undefined ? {} : { contactId: consumer }),
      });
    },
  );

  room.post<{ Params: { id: string } }>(
    operations.removeSparkKey.url,
    { schema: schemaOf(operations.removeSparkKey) },
    async (request) => {
      await identity.removeOwnSparkKey(await writer(request), readId(request.params.id, 'key'));
      return {};
    },
  );
}
