import type { Actor } from '../../access/actor.ts';
import { BRIAN } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

const HOT_TUB = 'Great home, wondering if seller is willing to include hot tub.';
const LISTING = { key: '20100815153524571646000000', all: true };
const CONSUMER = { id: 3603863, name: 'John Smith' };

/** The contact, signed in through Brian's portal. */
const consumer = (orgId: number): Actor => ({
  orgId,
  kind: 'contact',
  id: CONSUMER.id,
  name: CONSUMER.name,
  door: 'spark',
  clientId: null,
  memberId: null,
  agentId: BRIAN.memberId,
  officeId: null,
  administrator: false,
  scopes: new Set(),
});

/** The two notes that the documents print (contracts/spark.md §14: S15, S16); the other documented listing has none. */
export function sparkNotes(stage: Stage): void {
  const { notes } = stage.domain;
  stage.at('2017-04-26T13:40:00Z', () =>
    notes.putSharedNote(consumer(stage.orgId), LISTING, null, HOT_TUB, { id: 6002, entryId: stage.nextId('note_entry') }),
  );
  stage.at('2017-04-26T14:05:00Z', () =>
    notes.putPrivateNote(actorOf(stage.orgId, BRIAN), LISTING, HOT_TUB, { id: 6001, entryId: stage.nextId('note_entry') }),
  );
}
