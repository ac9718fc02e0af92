import { systemActor } from '../../access/actor.ts';
import { REAPIT_SCOPES } from '../../domain/index.ts';
import { SANDBOX } from '../credentials.ts';
import { explorerRedirect } from '../explorer.ts';
import type { Stage } from '../stage.ts';
import { userUuid } from './brokerage.ts';

/** A login without member: a developer is nobody of the brokerage's staff. */
const DEVELOPER_ID = 10_000_006;

/** Plain http is for the developer's own machine only (contracts/reapit.md §2.6); a sandbox may be reached from elsewhere. */
const isSafe = (uri: string) => /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/.test(uri);

/** The application of the Reapit door, for both grants, and who develops it. The second brokerage has not installed it. */
export function reapitApplication(stage: Stage, publicUrl: string, passwordHash: string): void {
  const { identity } = stage.domain;
  const { clientId, clientSecret, developer, redirectUris, signOutUris } = SANDBOX.reapit;
  stage.at('2018-01-03T15:00:00Z', async () => {
    await identity.createUser({
      orgId: stage.orgId,
      email: developer,
      passwordHash,
      developer: true,
      given: { id: DEVELOPER_ID, uuid: userUuid(stage.orgId, DEVELOPER_ID) },
    });
    await identity.registerApplication(systemActor(stage.orgId), {
      name: 'Sandbox application',
      redirectUris: [...redirectUris, explorerRedirect(publicUrl, 'reapit')].filter(isSafe),
      signOutUris,
      grants: ['authorization_code', 'client_credentials'],
      scopes: REAPIT_SCOPES,
      isPublic: false,
      requirePkce: false,
      rotateRefresh: true,
      given: { clientId, secret: clientSecret },
    });
  });
}
