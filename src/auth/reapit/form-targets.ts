import type { Identity } from '../../domain/index.ts';
import { formTargetOf } from '../core/asked.ts';
import { queryOf } from '../core/parameters.ts';
import { readAuthorizeRequest } from './authorize-request.ts';

/** Where a sign-in that leads to this path of ours may end, if that is another host: the callback of the application. */
export async function connectFormTargets(identity: Identity, path: string): Promise<readonly string[]> {
  if (!path.startsWith('/connect/oauth/authorize')) return [];
  const asked = await readAuthorizeRequest(identity, queryOf(path));
  return asked.kind === 'ask' ? [formTargetOf(asked.redirectUri)] : [];
}
