import { notFound } from '../../../kernel/fault.ts';
import { read, succeeded, written } from '../answers.ts';
import * as contract from '../contract/portal.ts';
import { type Desk, type SparkCaller, type SparkRoute, sparkRoute } from '../desk.ts';
import { fromNewPortal, fromPortalChange, portalUri, toPortal } from '../map/portal.ts';
import { select } from '../paging.ts';
import { partList } from '../part-list.ts';

/** Agents' portals: contracts/spark.md §10.5. Consumers see the one that they came through. */
export function portalRoutes({ domain }: Desk): SparkRoute[] {
  const { portals } = domain.orgs;
  const find = ({ actor, account }: SparkCaller) => portals.find(actor, account.memberId);
  const readByKey = async (caller: SparkCaller, key: string) => {
    const portal = await find(caller);
    if (portal?.reso_key !== key) throw notFound('portal');
    return portal;
  };

  return [
    sparkRoute(contract.readPortals, {
      handle: async ({ caller, query }) => {
        const portal = await find(caller);
        return partList(query, caller, portal ? [toPortal(portal)] : []);
      },
    }),
    sparkRoute(contract.createPortal, {
      handle: async ({ caller, body }) => {
        const portal = await portals.create(caller.actor, fromNewPortal(body));
        return written(201, { ResourceUri: portalUri(portal.reso_key) });
      },
    }),
    sparkRoute(contract.changeMyPortal, {
      target: async ({ caller }) => {
        if (!(await find(caller))) throw notFound('portal');
      },
      handle: async ({ caller, body }) => {
        await portals.update(caller.actor, fromPortalChange(body));
        return succeeded();
      },
    }),
    sparkRoute(contract.readPortal, {
      handle: async ({ caller, params, query }) => read([select(toPortal(await readByKey(caller, params.portalId)), query)]),
    }),
    sparkRoute(contract.changePortal, {
      target: ({ caller, params }) => readByKey(caller, params.portalId),
      handle: async ({ caller, params, body }) => {
        await portals.update(caller.actor, fromPortalChange(body), params.portalId);
        return succeeded();
      },
    }),
  ];
}
