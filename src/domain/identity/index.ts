import type { Ports } from '../given.ts';
import { applicationService } from './application.service.ts';
import { clientService } from './client.service.ts';
import { connectGrantService } from './connect-grant.service.ts';
import { consentService } from './consent.service.ts';
import { consumerLoginService } from './consumer-login.service.ts';
import { consumerSignInService } from './consumer-sign-in.service.ts';
import { installationService } from './installation.service.ts';
import { ownKeysService } from './own-keys.service.ts';
import { reapitBearerService } from './reapit-bearer.service.ts';
import { reapitPersonService } from './reapit-person.service.ts';
import { sessionService } from './session.service.ts';
import { signInService } from './sign-in.service.ts';
import { signingKeyService } from './signing-key.service.ts';
import { siteKeyService } from './site-key.service.ts';
import { sparkClientService } from './spark-client.service.ts';
import { sparkKeyService } from './spark-key.service.ts';
import { sparkPersonService } from './spark-person.service.ts';
import { sparkTokenService } from './spark-token.service.ts';
import { sweepService } from './sweep.service.ts';
import { tokenService } from './token.service.ts';
import { usageService } from './usage.service.ts';
import { userService } from './user.service.ts';

export type { NewApplication } from './application.service.ts';
export { APPLICATION_GRANTS, type Application, type ApplicationGrant, type ApplicationTerms } from './application.ts';
export type { ClientApp, ClientDoor, NewClient } from './client.service.ts';
export type { ConnectedApplication, GivenTokens } from './consent.service.ts';
export { type ConsumerLogin, enableLogin, endConsumer, type LoginChange } from './consumer-login.service.ts';
export type { SignedInConsumer } from './consumer-sign-in.service.ts';
export type { Grant } from './grant.store.ts';
export { type ConsumerRef, type Holder, isConsumer } from './holder.ts';
export type { Installation } from './installation.service.ts';
export { INVITED_DAYS, type InvitationKind, type Invitee, invitationsService } from './invitation.service.ts';
export { INVITED_CONSUMERS } from './invited-consumer.ts';
export { readOwnApplication } from './own-application.ts';
export { hashPassword, PASSWORD_LENGTH } from './password.ts';
export type { TokenHolder } from './reapit-bearer.service.ts';
export { reapitGroupsOf } from './reapit-groups.ts';
export type { ReapitPerson } from './reapit-person.service.ts';
export { REAPIT_SCOPE_NOUNS, REAPIT_SCOPES, REAPIT_SINGLE_SCOPES, type ReapitScopeNoun } from './reapit-scopes.ts';
export { CUSTOMER_CLAIM } from './reapit-token.ts';
export type { AuthenticateReapit, ReapitAdmission, ReapitWho } from './reapit-who.ts';
export { SANDBOX_CODE, SANDBOX_CUSTOMER } from './sandbox-customer.ts';
export type { WebSession } from './session.service.ts';
export type { OrganisationChoice, SignedIn } from './sign-in.service.ts';
export type { SigningKey } from './signing-key.service.ts';
export type { ListedSiteKey, NewSiteKey, Permissions, SiteRules, SiteWho } from './site-key.service.ts';
export { everyResource, SITE_RESOURCES, type SiteResource } from './site-permissions.ts';
export type { SparkClient } from './spark-client.service.ts';
export type { KeyLimits, ListedSparkKey, NewSparkKey, SparkKey, SparkSession } from './spark-key.service.ts';
export { SPARK_KEY_FLAGS } from './spark-key.service.ts';
export type { SparkPerson } from './spark-person.service.ts';
export type { SparkBearer } from './spark-token.service.ts';
export type { SparkRole, SparkWho } from './spark-who.ts';
export { isConsumerRole, SPARK_ROLES } from './spark-who.ts';
export type { Bearer, Issue, StoredToken, TokenDoor } from './token.service.ts';
export { countUsage, type Usage, type UsageOfCustomer } from './usage.service.ts';
export type { NewUser, UserRef } from './user.service.ts';

/** Logins, sessions, applications and their tokens. Everything stored here that would let its finder in is a hash or sealed. */
export function buildIdentity(ports: Pick<Ports, 'db' | 'clock' | 'secrets' | 'mintResoKey'>) {
  const { db, clock, secrets } = ports;
  const keys = signingKeyService(db, clock, secrets);
  const people = reapitPersonService(db);
  const users = userService(db, clock);
  const siteKeys = siteKeyService(db, clock);
  const sparkKeys = sparkKeyService(db, clock, secrets);
  return {
    ...users,
    ...signInService(db, clock, secrets),
    ...consumerLoginService(ports),
    ...consumerSignInService(db, clock),
    ...sessionService(db, clock),
    ...clientService(db, clock),
    ...consentService(db, clock),
    ...tokenService(db, clock),
    ...keys,
    ...siteKeys,
    ...sparkKeys,
    ...ownKeysService({ siteKeys, sparkKeys, users }),
    ...sparkTokenService(db, clock),
    ...sparkClientService(db, secrets),
    ...sparkPersonService(db),
    ...applicationService(db, clock),
    ...installationService(db, clock),
    ...people,
    ...connectGrantService(db, clock, people.findAdmission),
    ...reapitBearerService(db, clock, keys.findSigningKey),
    ...usageService(db),
    ...sweepService(db, clock),
  };
}
export type Identity = ReturnType<typeof buildIdentity>;
