import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../../events/index.ts';
import type { Person } from '../stage.ts';
import type { Row } from './insert-rows.ts';

/** A line of the log as `emit` writes it for somebody who is signed in at Portico's own pages. */
export const eventRow = (orgId: number, person: Person, at: Date, event: DomainEvent): Row => ({
  org_id: orgId,
  group_uuid: randomUUID(),
  at,
  door: 'portico',
  actor_kind: 'user',
  actor_id: person.userId,
  actor_name: person.name,
  noun: event.noun,
  row_id: event.row_id,
  row_name: event.row_name ?? null,
  verb: event.verb,
  changed: event.changed ?? {},
  deal_id: event.deal_id ?? null,
  property_id: event.property_id ?? null,
  contact_id: event.contact_id ?? null,
});
