import type { Tx } from '../../db/index.ts';
import { emit, type Happening } from '../../events/index.ts';
import { orderMedia } from './media.store.ts';
import type { MediumKind } from './media.ts';

/** Places 1 to n of some kinds, those that are named first; what moved is told. Call it under the property's lock. */
export async function reorderMedia(
  tx: Tx,
  what: Happening,
  propertyId: number,
  kinds: readonly MediumKind[],
  first: readonly number[] = [],
): Promise<void> {
  const moved = await orderMedia(tx, what.actor.orgId, propertyId, kinds, first, what.at);
  await emit(
    tx,
    what,
    ...moved.map(({ id, was, position }) => ({
      noun: 'media',
      row_id: id,
      verb: 'updated' as const,
      changed: { position: [was, position] },
      property_id: propertyId,
    })),
  );
}
