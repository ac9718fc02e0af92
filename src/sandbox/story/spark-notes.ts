import type { Actor } from '../../access/actor.ts';
import { consumerOf } from '../data/consumer.ts';
import { BRIAN } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

const HOT_TUB = 'Great home, wondering if seller is willing to include hot tub.';
const LISTING = { key: '20100815153524571646000000', all: true };

/** The two notes that the documents print (contracts/spark.md §14: S15, S16); the other documented listing has none. */
export function sparkNotes(stage: Stage): void {
  const { notes } = stage.domain;
  stage.at('2017-04-26T13:40:00Z', () =>
    notes.putSharedNote(consumerOf(stage.orgId), LISTING, null, HOT_TUB, { id: 6002, entryId: stage.nextId('note_entry') }),
  );
  stage.at('2017-04-26T14:05:00Z', () =>
    notes.putPrivateNote({ ...actorOf(stage.orgId, BRIAN), door: 'spark' }, LISTING, HOT_TUB, {
      id: 6001,
      entryId: stage.nextId('note_entry'),
    }),
  );
}

const AGNES = '20100912536192756362000000';

/** The other brokerage's listing and notes of the same keys and ids. */
export function northgateNotes(stage: Stage, dora: Actor): void {
  const { notes, properties } = stage.domain;
  stage.at('2017-05-02T15:00:00Z', async () => {
    await properties.createProperty(
      dora,
      {
        street_number: '12',
        street_name: 'Levee',
        street_suffix: 'Rd',
        city: 'Oxbow Falls',
        state_or_province: 'IA',
        postal_code: '50055',
        country: 'US',
        sale_status: 'forSale',
        standard_status: 'Active',
        sale_price: 118000,
        sale_list_date: '2017-05-02',
        list_member_id: dora.memberId,
        list_office_id: dora.officeId,
        office_ids: [11],
        published: true,
      },
      { id: 7001, code: 'OXF190347', resoKey: LISTING.key },
    );
    const next = () => ({ entryId: stage.nextId('note_entry') });
    await notes.putPrivateNote(dora, LISTING, 'Northgate: ask about the well', { id: 6001, ...next() });
    await notes.putSharedNote(dora, LISTING, AGNES, 'Northgate: new pump in May', { id: 6002, ...next() });
  });
}
