import type { Db } from '../../db/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Secrets } from '../../kernel/secrets.ts';
import { clientService } from './client.service.ts';
import { consentService } from './consent.service.ts';
import { sessionService } from './session.service.ts';
import { signInService } from './sign-in.service.ts';
import { signingKeyService } from './signing-key.service.ts';
import { sparkKeyService } from './spark-key.service.ts';
import { sparkTokenService } from './spark-token.service.ts';
import { sweepService } from './sweep.service.ts';
import { tokenService } from './token.service.ts';
import { userService } from './user.service.ts';

export type { ClientApp, ClientDoor, NewClient } from './client.service.ts';
export type { ConnectedApplication, GivenTokens } from './consent.service.ts';
export { hashPassword } from './password.ts';
export type { WebSession } from './session.service.ts';
export type { OrganisationChoice, SignedIn } from './sign-in.service.ts';
export type { SigningKey } from './signing-key.service.ts';
export type { NewSparkKey, SparkKey } from './spark-key.service.ts';
export type { SparkBearer } from './spark-token.service.ts';
export type { SparkRole, SparkWho } from './spark-who.ts';
export { consumerActor, memberActor } from './spark-who.ts';
export type { Bearer, Issue, StoredToken, TokenDoor } from './token.service.ts';
export type { NewUser, UserRef } from './user.service.ts';

/** Logins, sessions, applications and their tokens. Everything stored here that would let its finder in is a hash or sealed. */
export function buildIdentity({ db, clock, secrets }: { readonly db: Db; readonly clock: Clock; readonly secrets: Secrets }) {
  return {
    ...userService(db, clock),
    ...signInService(db, clock, secrets),
    ...sessionService(db, clock),
    ...clientService(db, clock),
    ...consentService(db, clock),
    ...tokenService(db, clock),
    ...signingKeyService(db, secrets),
    ...sparkKeyService(db, clock, secrets),
    ...sparkTokenService(db, clock),
    ...sweepService(db, clock),
  };
}
export type Identity = ReturnType<typeof buildIdentity>;
