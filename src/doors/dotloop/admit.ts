import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../access/actor.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Contract } from '../../wire/contract.ts';
import type { Limiter, Taken } from '../../wire/limits.ts';
import type { Bearer } from '../door.ts';
import { MissingScope } from './faults.ts';

const WINDOW_SECONDS = 60;
/** What limit 100 means when there is none: Remaining equals it (contracts/dotloop.md §1.7). */
const CUSTOMARY = 100;

export type AdmitOptions = {
  readonly authenticate: (accessToken: string) => Promise<Bearer>;
  readonly limiter: Limiter;
  readonly callsPerMinute: number | null;
};

/** Every reply carries these, errors included; the reset is milliseconds from now, not an epoch [seed 17]. */
function writeLimit(reply: FastifyReply, limit: number, taken: Taken): void {
  reply.header('x-ratelimit-limit', String(limit));
  reply.header('x-ratelimit-remaining', String(Math.max(0, taken.remaining)));
  reply.header('x-ratelimit-reset', String(taken.resetMs));
}

/** The values of a fresh window, for replies to nobody in particular: 401 and unknown paths. */
export const writeFreshLimit = (reply: FastifyReply, callsPerMinute: number | null): void =>
  writeLimit(reply, callsPerMinute ?? CUSTOMARY, {
    remaining: callsPerMinute ?? CUSTOMARY,
    resetMs: WINDOW_SECONDS * 1000,
  });

/** The echoed token is masked after four characters (§2.7). */
const masked = (token: string) => `${token.slice(0, 4)}****`;

const refused = (reason: string, message: string) => new Fault('unauthenticated', message, { reason });

/** `write` does not imply `read`; `:*` covers both (§2.6). */
const covers = (granted: ReadonlySet<string>, needed: string) =>
  granted.has(needed) || granted.has(`${needed.slice(0, needed.indexOf(':'))}:*`);

/** Token, then rate limit, then scope (§1.3). */
export function makeAdmit({ authenticate, limiter, callsPerMinute }: AdmitOptions) {
  const count = async (reply: FastifyReply, key: string): Promise<void> => {
    if (callsPerMinute === null) return;
    const taken = await limiter.take(key, callsPerMinute, WINDOW_SECONDS);
    writeLimit(reply, callsPerMinute, taken);
    if (taken.remaining < 0)
      throw new Fault('too_many', `More than ${callsPerMinute} requests in a minute; wait for the reset`, {
        retryAfterSeconds: Math.ceil(taken.resetMs / 1000),
      });
  };

  return async (request: FastifyRequest, reply: FastifyReply, contract: Contract): Promise<Actor> => {
    const [, token] = /^\s*bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) throw refused('unauthorized', 'An access token is needed: Authorization: Bearer <access token>');
    const bearer = await authenticate(token);
    if (bearer.kind === 'expired') throw refused('invalid_token', `Access token expired: ${masked(token)}`);
    if (bearer.kind === 'unknown') throw refused('invalid_token', `Invalid access token: ${masked(token)}`);
    const { actor, clientId } = bearer;
    request.orgId = actor.orgId;
    await count(reply, `dotloop:${actor.orgId}:${clientId}:${actor.id}`);
    const granted = new Set(bearer.scopes);
    if (contract.scope.length > 0 && !contract.scope.some((needed) => covers(granted, needed)))
      throw new MissingScope(contract.scope);
    return actor;
  };
}
