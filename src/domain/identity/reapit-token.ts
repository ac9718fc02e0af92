import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../../kernel/clock.ts';
import type { SigningKey } from './signing-key.service.ts';

/** The claim that names the customer of a person's token (contracts/reapit.md §1.2). */
export const CUSTOMER_CLAIM = 'custom:reapit:clientCode';

/** What an access token of Connect says (contracts/reapit.md §2.4), once its signature and its time have been checked. */
export type ReapitToken = {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** absent for a token of the application itself */
  readonly person?: { readonly uuid: string; readonly customer: string; readonly grantId: string };
};

const textOf = (claims: JWTPayload, name: string): string | undefined => {
  const value = claims[name];
  return typeof value === 'string' ? value : undefined;
};

function toToken(claims: JWTPayload): ReapitToken | undefined {
  const { sub, iat, exp } = claims;
  const [clientId, scope = ''] = [textOf(claims, 'client_id'), textOf(claims, 'scope')];
  // Id tokens, and what the same keys sign for another door, are no access tokens.
  if (claims.token_use !== 'access' || !clientId || sub === undefined || iat === undefined || exp === undefined) return undefined;
  const token = {
    clientId,
    scopes: scope.split(' ').filter(Boolean),
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
  };
  const [customer, grantId] = [textOf(claims, CUSTOMER_CLAIM), textOf(claims, 'origin_jti')];
  if (customer !== undefined && grantId !== undefined) return { ...token, person: { uuid: sub, customer, grantId } };
  return sub === clientId ? token : undefined;
}

/** Longer ones are nobody's. */
const LONGEST = 8_192;
/** Tokens whose signature is not checked anew: an application sends one of its own for an hour, some 250 bytes each here. */
const REMEMBERED = 2_000;

type Checked = { readonly token: ReapitToken; readonly kid: string };

/** Reads access tokens with the keys of this house; undefined for anything else. */
export function makeTokenReader(clock: Clock, findKey: (kid: string) => Promise<SigningKey | undefined>) {
  const keys = new WeakMap<SigningKey, KeyObject>();

  const keyOf = async (kid: string | undefined): Promise<KeyObject> => {
    const jwk = kid === undefined ? undefined : await findKey(kid);
    if (!jwk) throw new errors.JWKSNoMatchingKey();
    const known = keys.get(jwk) ?? createPublicKey({ key: jwk, format: 'jwk' });
    keys.set(jwk, known);
    return known;
  };

  /** By their hashes, the longest unused first. Time and key are looked at with each call; what else ends a token, the caller asks. */
  const checked = new Map<string, Checked>();
  const remember = (hash: string, one: Checked) => {
    checked.delete(hash);
    checked.set(hash, one);
    const [oldest] = checked.size > REMEMBERED ? checked.keys() : [];
    if (oldest !== undefined) checked.delete(oldest);
  };

  async function recall(hash: string): Promise<ReapitToken | undefined> {
    const known = checked.get(hash);
    if (!known) return undefined;
    if (known.token.expiresAt <= clock.now() || !(await findKey(known.kid))) {
      checked.delete(hash);
      return undefined;
    }
    remember(hash, known);
    return known.token;
  }

  return async (text: string): Promise<ReapitToken | undefined> => {
    if (text.length > LONGEST) return undefined;
    const hash = createHash('sha256').update(text).digest('base64');
    const known = await recall(hash);
    if (known) return known;
    try {
      const { payload, protectedHeader } = await jwtVerify(text, ({ kid }) => keyOf(kid), {
        algorithms: ['RS256'],
        currentDate: clock.now(),
      });
      const token = toToken(payload);
      if (token && protectedHeader.kid !== undefined) remember(hash, { token, kid: protectedHeader.kid });
      return token;
    } catch (error) {
      // Whatever else went wrong, the database above all, is not the caller's doing.
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}
