import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider';
import { accessClaimsOf, type ConnectClaims } from './claims.ts';

type Parts = { header?: object | undefined; payload: Record<string, unknown> };

/**
 * The core demands an audience. The vendor's access tokens have none, and some clients refuse one that they did not ask for; this one
 * disappears when the token is written.
 */
const NO_AUDIENCE = { toJSON: () => undefined };

/** What came of an authorization says whom it is for. */
async function ofPerson({ oidc }: KoaContextWithOIDC, grantId: string, issued: unknown) {
  const { Account, Grant, AuthorizationCode, RefreshToken } = oidc.entities;
  if (!Account || !Grant) throw new Error('An access token of a person came without person');
  const claims = (await Account.claims('id_token', '', {}, [])) as ConnectClaims;
  return {
    sub: claims.sub,
    scope: Grant.getOIDCScope(),
    auth_time: AuthorizationCode?.authTime ?? RefreshToken?.authTime ?? issued,
    // The authorization, whose end is this token's too.
    origin_jti: grantId,
    ...accessClaimsOf(claims),
  };
}

/** Rewrites a token of the core into the vendor's form (contracts/reapit.md §2.4). */
export async function writeAccessToken(
  ctx: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
  parts: Parts,
): Promise<void> {
  const { client_id, jti, iss, iat, exp } = parts.payload;
  const of =
    'grantId' in token && token.grantId !== undefined
      ? await ofPerson(ctx, token.grantId, iat)
      : { sub: client_id, scope: String(ctx.oidc.params?.scope ?? ''), auth_time: iat };
  parts.header = { typ: 'JWT' };
  parts.payload = { ...of, client_id, azp: client_id, token_use: 'access', iss, exp, iat, version: 2, jti, aud: NO_AUDIENCE };
}
