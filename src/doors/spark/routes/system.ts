import { PRIVATE, read } from '../answers.ts';
import { isConsumer } from '../consumer.ts';
import { changeSystem, readSystem } from '../contract/system.ts';
import { type Desk, type SparkRoute, sparkRoute } from '../desk.ts';
import { SparkFault } from '../faults.ts';
import { toSystem } from '../map/system.ts';
import { select } from '../paging.ts';

/** The current user and the set-up of the MLS: contracts/spark.md §10.4. */
export const systemRoutes = ({ domain, base }: Desk): SparkRoute[] => [
  sparkRoute(readSystem, {
    handle: async ({ caller, query }) => {
      const { actor, account } = caller;
      const [organisation, ofAccount, portal, consumer] = await Promise.all([
        domain.orgs.organisation(actor),
        domain.orgs.accounts.read(actor, account.resoKey),
        domain.orgs.portals.find(actor, account.memberId),
        isConsumer(caller) ? domain.people.ownEntry(actor) : undefined,
      ]);
      const system = toSystem({ organisation, account: ofAccount, consumer, portal, base, now: domain.now() });
      return read([select(system, query)], { headers: PRIVATE });
    },
  }),
  // The table of roles refuses it before anybody comes here; the path has the method all the same (E46).
  sparkRoute(changeSystem, {
    handle: async () => {
      throw new SparkFault(1018, 'The set-up of the MLS is not changed here');
    },
  }),
];
