import { SANDBOX } from '../credentials.ts';
import { BRIAN } from '../data/staff.ts';
import { explorerRedirect } from '../explorer.ts';
import type { Stage } from '../stage.ts';

/** The application of the documents, and the tokens that they print. The access token never runs out (contracts/dotloop.md §6). */
export function application(stage: Stage, publicUrl: string): void {
  const { identity } = stage.domain;
  const { clientId, clientSecret, accessToken, refreshToken, scopes, redirectUris } = SANDBOX.dotloop;
  stage.at('2017-03-01T15:00:00Z', () =>
    identity.createClient({
      door: 'dotloop',
      name: 'Sandbox application',
      orgId: stage.orgId,
      redirectUris: [...redirectUris, explorerRedirect(publicUrl)],
      scopes,
      given: { clientId, secret: clientSecret },
    }),
  );
  stage.at('2017-05-01T15:00:00Z', () =>
    identity.grantTokens({
      orgId: stage.orgId,
      userId: BRIAN.userId,
      clientId,
      door: 'dotloop',
      scopes,
      accessToken,
      refreshToken,
    }),
  );
}
