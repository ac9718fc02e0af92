import type { Actor } from '../../access/actor.ts';

/** Who calls at the Reapit door: a machine or a user of one customer (contracts/reapit.md §1.2, §2.4, §2.6). */
export type ReapitWho = {
  /** kind client (machine token) or user; door reapit */
  readonly actor: Actor;
  readonly clientId: string;
  /** the token's scopes that the customer has granted too */
  readonly scopes: ReadonlySet<string>;
  /** the offices of the group that the installation is for; null for the whole customer */
  readonly officeIds: readonly number[] | null;
  /** extras fields that the customer lets the application read (contracts/reapit.md §1.14) */
  readonly extrasFields?: readonly string[];
};

/** What became of a token and the customer it is shown for. */
export type ReapitAdmission =
  | { readonly kind: 'ok'; readonly who: ReapitWho }
  | { readonly kind: 'unauthenticated' }
  /** a good token all the same: calls are counted by its application */
  | { readonly kind: 'not_installed'; readonly clientId: string }
  /** a machine token came without the header `reapit-customer` */
  | { readonly kind: 'customer_missing'; readonly clientId: string };

/** @param customer value of the header `reapit-customer` */
export type AuthenticateReapit = (token: string, customer: string | undefined) => Promise<ReapitAdmission>;
