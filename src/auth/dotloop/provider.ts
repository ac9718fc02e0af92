import { randomUUID } from 'node:crypto';
import { type Identity, isConsumer } from '../../domain/index.ts';
import { accountOf } from '../core/account.ts';
import { makeCore, underConsent } from '../core/provider.ts';
import { coversAll, SCOPES } from './scopes.ts';

const CODE_SECONDS = 600;
const ACCESS_SECONDS = 43_200;

/** The authorization core for dotloop: ids in UUID form, one pair of tokens for each application and user, the same refresh token. */
export const makeProvider = (identity: Identity, publicUrl: string, cookieSecret: string) =>
  makeCore({
    identity,
    issuer: new URL('/dotloop/oauth', publicUrl).href,
    cookieSecret,
    codeSeconds: CODE_SECONDS,
    accessSeconds: ACCESS_SECONDS,
    scopes: Object.keys(SCOPES),
    tokenId: randomUUID,
    tokens: {
      door: 'dotloop',
      async findClient(id) {
        const client = await identity.findClient(id, 'dotloop');
        return (
          client && {
            client_name: client.name,
            redirect_uris: [...client.redirectUris],
            grant_types: ['authorization_code', 'refresh_token'],
            response_types: ['code'],
          }
        );
      },
      alone: true,
      // Refresh tokens do not expire (contracts/dotloop.md §2.4).
      refreshForever: true,
      overlapSeconds: 0,
    },
    checkSecret: (clientId, secret) => identity.checkClientSecret(clientId, secret),
    findClaims: async (holder) =>
      !isConsumer(holder) && (await identity.isUsable(holder)) ? { sub: accountOf(holder) } : undefined,
    allows: underConsent(identity, (held, { scopes }) => coversAll(held, scopes)),
  });
