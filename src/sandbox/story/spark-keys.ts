import { SANDBOX } from '../credentials.ts';
import { BRIAN } from '../data/staff.ts';
import type { Stage } from '../stage.ts';

/** The consumer for whom the portal key acts when nobody else is named (contracts/spark.md §5). */
const CONSUMER = 3603863;

/** Brian's three keys: his own, that of his portal, that of his site (design §1); and a token of his own for the explorer. */
export function sparkKeys(stage: Stage): void {
  const { identity } = stage.domain;
  const { agent, portal, idx, accessToken, redirectUris } = SANDBOX.spark;
  const shared = { orgId: stage.orgId, memberId: BRIAN.memberId, redirectUris };
  const id = () => stage.nextId('api_key');
  stage.at('2018-01-02T15:00:00Z', async () => {
    await identity.createSparkKey({
      ...shared,
      id: id(),
      name: 'Sandbox back office',
      role: 'private',
      flags: ['act-for', 'privileged', 'password'],
      given: agent,
    });
    await identity.createSparkKey({
      ...shared,
      id: id(),
      name: 'Sandbox portal',
      role: 'portal',
      flags: ['act-for'],
      contactId: CONSUMER,
      given: portal,
    });
    await identity.createSparkKey({ ...shared, id: id(), name: 'Sandbox site', role: 'idx', given: idx });
    const token = { name: 'Explorer', given: { value: accessToken } };
    await identity.createPersonalToken({ orgId: stage.orgId, userId: BRIAN.userId, ...token });
  });
}
