import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { countGuess } from './guess.ts';
import { verifyPassword } from './password.ts';
import type { UserRef } from './user.service.ts';
import { isUsable, loginsOf, noteSignIn } from './user.store.ts';

export type OrganisationChoice = { readonly orgId: number; readonly name: string };

export type SignedIn =
  | { readonly kind: 'ok'; readonly user: UserRef }
  /** the password is right in several organisations; the ticket proves it for five minutes */
  | { readonly kind: 'choose'; readonly choices: readonly OrganisationChoice[]; readonly ticket: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'slow_down'; readonly retryAfterSeconds: number };

const TICKET_MS = 5 * 60_000;
type Ticket = { readonly until: number; readonly users: readonly UserRef[] };

export function signInService(db: Db, clock: Clock, secrets: Secrets) {
  const accept = async (user: UserRef): Promise<SignedIn> => {
    await noteSignIn(db, user.orgId, user.userId, clock.now());
    return { kind: 'ok', user };
  };

  const readTicket = (sealed: string): Ticket | undefined => {
    try {
      const ticket: Ticket = JSON.parse(secrets.open(sealed));
      return ticket.until > clock.now().getTime() ? ticket : undefined;
    } catch {
      return undefined;
    }
  };

  return {
    /**
     * Looks the address up in all organisations, or in the one named. Failures slow the address and the network down, whether the
     * address has a login or not; every answer but `slow_down` costs one password check for each login found, at least one.
     */
    async signIn(
      email: string,
      password: string,
      orgId: number | undefined,
      from: { readonly address: string },
    ): Promise<SignedIn> {
      const now = clock.now();
      const guess = await countGuess(db, email.toLowerCase(), from.address, now);
      const { retryAfterSeconds } = guess;
      if (retryAfterSeconds !== undefined) return { kind: 'slow_down', retryAfterSeconds };

      const logins = (await loginsOf(db, email)).filter((login) => orgId === undefined || login.org_id === orgId);
      const checked = logins.length > 0 ? logins : [undefined];
      const fits = await Promise.all(checked.map((login) => verifyPassword(login?.password_hash ?? null, password)));
      const right = logins.filter((_, i) => fits[i]);
      const [first] = right;
      if (!first) return { kind: 'refused' };

      await guess.forgive();
      if (right.length === 1) return accept({ orgId: first.org_id, userId: first.id });
      const users = right.map((login) => ({ orgId: login.org_id, userId: login.id }));
      return {
        kind: 'choose',
        choices: right.map((login) => ({ orgId: login.org_id, name: login.org_name })),
        ticket: secrets.seal(JSON.stringify({ until: now.getTime() + TICKET_MS, users } satisfies Ticket)),
      };
    },

    /** The second step when `signIn` answered `choose`. */
    async chooseOrganisation(ticket: string, orgId: number): Promise<SignedIn> {
      const user = readTicket(ticket)?.users.find((one) => one.orgId === orgId);
      if (!user || !(await isUsable(db, user.orgId, user.userId))) return { kind: 'refused' };
      return accept(user);
    },
  };
}
