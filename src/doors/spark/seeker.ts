import type { Seeker } from '../../domain/index.ts';
import { isConsumer } from './consumer.ts';
import type { SparkCaller } from './desk.ts';
import { visibilityOf } from './visibility.ts';

/** Who asks for carts and searches. A consumer whose role was lowered is a visitor of the agent's site (contracts/spark.md §5). */
export function seekerOf(caller: SparkCaller): Seeker {
  const { actor, account } = caller;
  const seen = visibilityOf(caller);
  if (actor.kind !== 'contact' || isConsumer(caller)) return { actor, seen };
  return { actor: { ...actor, kind: 'key', id: caller.keyId, memberId: account.memberId }, seen };
}
