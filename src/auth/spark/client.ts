import type { Identity, SparkClient, SparkRole } from '../../domain/index.ts';

/** How an application may ask: by which of its key's mechanisms, and with which roles (contracts/spark.md §4.4). */
export type Way = { readonly mechanism: 'oauth2' | 'openid'; readonly roles?: readonly SparkRole[] };

export const MEMBER_OAUTH: Way = { mechanism: 'oauth2', roles: ['idx', 'private'] };
export const MEMBER_OPENID: Way = { mechanism: 'openid', roles: ['idx', 'private'] };
/** A consumer's token is one of a portal whatever the key is (§5). */
export const CONSUMER_OAUTH: Way = { mechanism: 'oauth2' };

export const mayGo = ({ mechanisms, role }: SparkClient, { mechanism, roles }: Way): boolean =>
  mechanisms.includes(mechanism) && (roles === undefined || roles.includes(role));

export type FoundClient =
  | { readonly kind: 'client'; readonly client: SparkClient; readonly redirectUri: string }
  | { readonly kind: 'page'; readonly text: string };

/** The application and the registered address it names; anything else is told to the person, for there is nobody to send back to. */
export async function findClient(
  identity: Identity,
  clientId: string | undefined,
  redirectUri: string | undefined,
): Promise<FoundClient> {
  const client = clientId === undefined ? undefined : await identity.findSparkClient(clientId);
  if (!client) return { kind: 'page', text: 'The application that sent you here is not registered with this server.' };
  if (!client.enabled) return { kind: 'page', text: `${client.name} has been switched off.` };
  if (redirectUri === undefined || !client.redirectUris.includes(redirectUri))
    return { kind: 'page', text: `${client.name} sent you here with an address to return to that it has not registered.` };
  return { kind: 'client', client, redirectUri };
}
