import { single } from '../answers.ts';
import { readAccount } from '../contract/account.ts';
import { type Desk, type DotloopRoute, dotloopRoute } from '../desk.ts';
import { shown } from '../map/shown.ts';

export const accountRoutes = ({ domain }: Desk): DotloopRoute[] => [
  dotloopRoute(readAccount, {
    handle: async ({ caller }) => {
      const account = await domain.orgs.account(caller);
      return single({
        id: account.id,
        firstName: shown(account.first_name),
        lastName: shown(account.last_name),
        email: account.email,
        defaultProfileId: account.default_profile_id ?? undefined,
      });
    },
  }),
];
