import type { Identity } from '../../domain/index.ts';
import { formTargetOf } from '../core/asked.ts';
import { findClient } from './client.ts';

/** Where a sign-in that leads to this path of ours may end, if that is another host: the callback of the application. */
export async function sparkFormTargets(identity: Identity, path: string): Promise<readonly string[]> {
  const [place = '', query = ''] = path.split(/\?(.*)/s);
  if (!/^\/spark\/(oauth2|openid|openid\/authorize)\/?$/.test(place)) return [];
  const sent = new URLSearchParams(query);
  const one = (...names: string[]) => names.map((name) => sent.get(name)).find((value) => value !== null) ?? undefined;
  const found = await findClient(identity, one('client_id', 'openid.spark.client_id'), one('redirect_uri', 'openid.return_to'));
  return found.kind === 'client' ? [formTargetOf(found.redirectUri)] : [];
}
