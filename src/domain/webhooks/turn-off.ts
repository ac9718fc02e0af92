import { systemActor } from '../../access/actor.ts';
import type { Tx } from '../../db/index.ts';
import { emit, happening } from '../../events/index.ts';
import type { DisabledReason } from './types.ts';
import { webhookStore } from './webhook.store.ts';

/**
 * Turns webhooks off because nobody may or will hear them. The event that says so becomes the one last message to each
 * (contracts/dotloop.md §5.14); only their owner turns them on again. Those that are off already stay as they are.
 */
export async function turnOff(
  tx: Tx,
  ids: readonly number[],
  reason: Exclude<DisabledReason, 'client'>,
  at: Date,
): Promise<void> {
  if (ids.length === 0) return;
  for (const row of await webhookStore.turnOff(tx, ids, reason, at)) {
    const changed = { enabled: [true, false], disabled_reason: [null, reason] };
    await emit(tx, happening(systemActor(row.org_id, row.door), at), {
      noun: 'webhook',
      row_id: row.id,
      verb: 'updated',
      changed,
    });
  }
}
