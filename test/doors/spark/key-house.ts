import type { SparkRole } from '../../../src/domain/index.ts';
import type { Lab } from '../../../src/testing/lab.ts';
import type { SparkKeyPair } from '../../../src/testing/spark-client.ts';

/** A key of Brian's with that role; those of consumers act for John Smith. */
export async function keyOf(lab: Lab, role: SparkRole, flags: readonly string[] = []): Promise<SparkKeyPair> {
  const name = `${role}_${flags.join('_')}`;
  const given = { key: `test_${name}`, secret: `secret_${name}` };
  await lab.house.stores.domain.identity.createSparkKey({
    orgId: 1,
    name,
    memberId: 1,
    role,
    flags,
    given,
    ...(role === 'portal' || role === 'vow' ? { contactId: 3603863 } : {}),
  });
  return given;
}
