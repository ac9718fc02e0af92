import { notFound } from '../../../kernel/fault.ts';
import { PRIVATE, read, succeeded, written } from '../answers.ts';
import * as contract from '../contract/portal-account.ts';
import { type Desk, type SparkRoute, sparkRoute } from '../desk.ts';
import { fromPortalAccount, portalAccountUri, toPortalAccount } from '../map/portal-account.ts';
import { select } from '../paging.ts';

const words = { login_name: 'LoginName', password: 'Password' };

/** Contacts' accounts at the portal: contracts/spark.md §10.5. A consumer sees its own. */
export const portalAccountRoutes = ({ domain: { identity } }: Desk): SparkRoute[] => [
  sparkRoute(contract.readPortalAccount, {
    handle: async ({ caller, params, query }) => {
      const login = await identity.consumerLogin(caller.actor, params.contactId);
      if (!login) throw notFound('portal account');
      return read([select(toPortalAccount(login), query)], { headers: PRIVATE });
    },
  }),
  sparkRoute(contract.createPortalAccount, {
    words,
    target: ({ caller, params }) => identity.consumerLogin(caller.actor, params.contactId),
    handle: async ({ caller, params, body }) => {
      await identity.createConsumerLogin(caller.actor, params.contactId, fromPortalAccount(body));
      return { ...written(201, { ResourceUri: portalAccountUri(params.contactId) }), headers: PRIVATE };
    },
  }),
  sparkRoute(contract.changePortalAccount, {
    words,
    target: ({ caller, params }) => identity.consumerLogin(caller.actor, params.contactId),
    handle: async ({ caller, params, body }) => {
      await identity.changeConsumerLogin(caller.actor, params.contactId, fromPortalAccount(body));
      return { ...succeeded(), headers: PRIVATE };
    },
  }),
];
