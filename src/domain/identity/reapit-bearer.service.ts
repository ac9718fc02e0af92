import type { Actor } from '../../access/actor.ts';
import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { revokeAccessToken } from './connect-grant.store.ts';
import { endGrant } from './grant.store.ts';
import { hashOf } from './random.ts';
import { findReapitBearer, type ReapitBearerRow } from './reapit-bearer.store.ts';
import { makeTokenReader, type ReapitToken } from './reapit-token.ts';
import type { AuthenticateReapit, ReapitAdmission } from './reapit-who.ts';
import { nameOf } from './session.service.ts';
import type { SigningKey } from './signing-key.service.ts';
import { findToken } from './token.store.ts';
import type { UserRef } from './user.service.ts';

const UNAUTHENTICATED: ReapitAdmission = { kind: 'unauthenticated' };
const notInstalled = (clientId: string): ReapitAdmission => ({ kind: 'not_installed', clientId });

/** `RES-GOGO` is group GOGO of customer RES; a customer's own code has no hyphen. */
function readCustomer(header: string): { readonly code: string; readonly group: string | null } {
  const [code = '', ...rest] = header.trim().toUpperCase().split('-');
  return { code, group: rest.length > 0 ? rest.join('-') : null };
}

/** What the installation lets in, or why nothing; the sandbox lets in all that is registered. */
function admissionOf(row: ReapitBearerRow, { issuedAt, clientId }: ReapitToken, group: string | null) {
  if (row.org_id === null || (group !== null && row.asked_offices === null)) return notInstalled(clientId);
  const asked = { officeIds: row.asked_offices, groupId: row.asked_group };
  if (row.sandbox) return { granted: row.registered, ...asked };
  if (row.granted === null) return notInstalled(clientId);
  // Times in tokens are whole seconds.
  if (row.not_before && issuedAt.getTime() < Math.floor(row.not_before.getTime() / 1000) * 1000) return UNAUTHENTICATED;
  const registered = new Set(row.registered);
  return {
    granted: row.granted.filter((scope) => registered.has(scope)),
    ...(row.asked_offices ? asked : { officeIds: row.office_ids, groupId: row.group_id }),
  };
}

function actorOf(row: ReapitBearerRow, orgId: number, clientId: string, scopes: ReadonlySet<string>): Actor {
  const shared = { orgId, door: 'reapit', clientId, scopes } as const;
  const itself = { kind: 'client', id: null, memberId: null, officeId: null, administrator: true } as const;
  if (row.user_id === null) return { ...shared, ...itself, name: row.application };
  // A developer of elsewhere is nobody of the sandbox's own; ids of one organisation say nothing in another.
  if (row.user_org_id !== orgId) return { ...shared, ...itself, name: nameOf(row) };
  return {
    ...shared,
    kind: 'user',
    id: row.user_id,
    name: nameOf(row),
    memberId: row.member_id,
    officeId: row.office_id,
    administrator: row.administrator,
  };
}

/** Whose token it is. */
export type TokenHolder =
  | { readonly kind: 'application' }
  /** `openid`: it may tell who the person is */
  | { readonly kind: 'person'; readonly user: UserRef; readonly openid: boolean };

/** What became of a token, and the person it is of. */
type Seen = { readonly admission: ReapitAdmission; readonly person?: TokenHolder };

export function reapitBearerService(db: Db, clock: Clock, findSigningKey: (kid: string) => Promise<SigningKey | undefined>) {
  const readToken = makeTokenReader(clock, findSigningKey);

  async function look(text: string, header: string | undefined): Promise<Seen> {
    const token = await readToken(text);
    if (!token) return { admission: UNAUTHENTICATED };
    const { clientId, person } = token;
    // A person's token names the customer itself; a header beside it counts for nothing.
    const named = person?.customer ?? (header?.trim() || undefined);
    if (named === undefined) return { admission: { kind: 'customer_missing', clientId } };
    if (named.includes('\0')) return { admission: notInstalled(clientId) };
    const { code, group } = readCustomer(named);
    const key = [person?.uuid ?? null, hashOf(text), person?.grantId ?? null];
    const row = await findReapitBearer(db, [clientId, code, group, ...key]);
    if (!row || (person && (!row.grant_alive || row.user_id === null))) return { admission: UNAUTHENTICATED };
    const admission = admissionOf(row, token, group);
    if ('kind' in admission) return { admission };
    const { granted, officeIds, groupId } = admission;
    const scopes = new Set(token.scopes).intersection(new Set(granted));
    const actor = actorOf(row, row.org_id ?? 0, clientId, scopes);
    const limits = { ...(officeIds ? { officeIds } : {}), ...(groupId === null ? {} : { officeGroupId: groupId }) };
    const extrasFields = row.extras_fields ?? [];
    const who = { actor: { ...actor, ...limits }, clientId, scopes, officeIds, extrasFields };
    const admitted: ReapitAdmission = { kind: 'ok', who };
    if (row.user_org_id === null || row.user_id === null) return { admission: admitted };
    const user = { orgId: row.user_org_id, userId: row.user_id };
    return { admission: admitted, person: { kind: 'person', user, openid: token.scopes.includes('openid') } };
  }

  /**
   * Who sends this access token, for which customer? The signature is checked here, and one named statement says what has changed since:
   * installation, scopes, person, revocation (contracts/reapit.md §1.2, §1.10, §2.6).
   */
  const authenticateReapit: AuthenticateReapit = async (text, header) => (await look(text, header)).admission;

  return {
    authenticateReapit,

    /** For Connect's own user information; undefined for a token that does not count. */
    async findTokenHolder(text: string): Promise<TokenHolder | undefined> {
      const { admission, person } = await look(text, undefined);
      return admission.kind === 'customer_missing' ? { kind: 'application' } : person;
    },

    /**
     * Ends a token that is given back: an access token alone, a refresh token with all that hangs on its authorization. Unknown tokens,
     * and those of another application than the one named, change nothing (contracts/reapit.md §2.3).
     */
    async revokeConnectToken(value: string, clientId?: string): Promise<void> {
      const isOf = (owner: string | null) => owner !== null && (clientId === undefined || clientId === owner);
      const access = await readToken(value);
      if (access) {
        if (isOf(access.clientId)) await revokeAccessToken(db, hashOf(value), access.expiresAt);
        return;
      }
      const refresh = await findToken(db, hashOf(value), 'reapit', 'refresh');
      const grantId = refresh?.grant_id;
      if (!refresh || !grantId || !isOf(refresh.client_id)) return;
      await db.tx((tx) => endGrant(tx, grantId, clock.now()));
    },
  };
}
