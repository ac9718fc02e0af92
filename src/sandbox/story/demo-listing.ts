import { actorOf, type Person, type Stage } from '../stage.ts';
import { LISTING_OF_34308 } from './listings.ts';

const DORA: Person = { memberId: 1, userId: 1, name: 'Dora Demers', officeId: 11 };

/** A tour of the second brokerage's listing, under the key that a photograph of the first one's has (domain-people §4.3). */
export function demoListing(stage: Stage): void {
  stage.at('2017-06-03T15:00:00Z', () =>
    stage.domain.media.addLink(
      actorOf(stage.orgId, DORA),
      LISTING_OF_34308,
      { kind: 'tour', link: 'https://tours.example.com/northgate', caption: 'Northgate’s tour' },
      { id: stage.nextId('media'), resoKey: '20170109150000000000000000' },
    ),
  );
}
