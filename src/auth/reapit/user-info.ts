import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../../domain/index.ts';
import { userInfoOf } from './claims.ts';

/** In the form of RFC 6750 §3. */
const refuse = (reply: FastifyReply, status: number, error: string, error_description: string) =>
  reply
    .code(status)
    .header('www-authenticate', `Bearer error="${error}", error_description="${error_description}"`)
    .send({ error, error_description });

/** `GET /oauth2/userInfo`, `GET /oauth/userInfo` (contracts/reapit.md §2.1, §2.4). */
export function mountUserInfo(room: FastifyInstance, identity: Identity): void {
  async function userInfo(request: FastifyRequest, reply: FastifyReply) {
    const [, token] = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const holder = token === undefined ? undefined : await identity.findTokenHolder(token);
    if (!holder) return refuse(reply, 401, 'invalid_token', 'The access token is missing, expired or revoked');
    const person = holder.kind === 'person' && holder.openid ? await identity.findReapitPerson(holder.user) : undefined;
    if (!person) return refuse(reply, 403, 'insufficient_scope', 'This needs an access token of a person, with the scope openid');
    return userInfoOf(person);
  }

  room.get('/oauth2/userinfo', userInfo);
  room.get('/oauth/userinfo', userInfo);
}
