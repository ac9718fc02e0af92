import { systemActor } from '../../access/actor.ts';
import { BRIAN } from '../data/staff.ts';
import { actorOf, type Stage } from '../stage.ts';

const DISCLAIMER =
  'Listings are shown by consent of the Three Valleys Listing Exchange for personal, non-commercial use. Information is deemed reliable but is not guaranteed.';

/** The agent's portal (domain-people §4.1), and what sites that show the brokerage's listings have to say. */
export function sparkAccounts(stage: Stage): void {
  const { orgs } = stage.domain;
  stage.at('2011-11-18T16:35:43Z', () =>
    orgs.portals.create(actorOf(stage.orgId, BRIAN), { displayName: 'Brian Erwin' }, { id: stage.nextId('portal') }),
  );
  stage.at('2012-01-09T15:00:00Z', () =>
    orgs.changeSettings(systemActor(stage.orgId), {
      site: { disclaimer: DISCLAIMER, map: { west: -85, south: 38.4, east: -80.5, north: 42 } },
    }),
  );
}
