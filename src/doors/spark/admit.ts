import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeyLimits, SparkBearer, SparkKey, SparkSession, SparkWho } from '../../domain/index.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Limiter, Taken } from '../../wire/limits.ts';
import type { Role } from './access.ts';
import type { SparkCaller } from './desk.ts';
import { SparkFault } from './faults.ts';
import { parameterOf, type Sent } from './request.ts';
import { matchesOne, requestSignatures } from './signature.ts';

const WINDOW_SECONDS = 300;
/** Calls in any five minutes (contracts/spark.md §6). */
const LIMITS: Readonly<Record<Role, number>> = { idx: 1500, public: 1500, vow: 4000, portal: 4000, private: 4000 };

/** What credentials are checked against: parts of the domain's identity slice. */
export type Identity = {
  findSparkSession(token: string): Promise<SparkSession | undefined>;
  touchSparkSession(token: string): Promise<unknown>;
  findSparkKey(key: string): Promise<SparkKey | undefined>;
  actAs(who: SparkWho, resoKey: string): Promise<SparkWho | undefined>;
  authenticateSparkToken(token: string): Promise<SparkBearer>;
};

export type AdmitOptions = {
  readonly identity: Identity;
  readonly limiter: Limiter;
  /** calls in five minutes; undefined: by role; null: no limit */
  readonly callsPerWindow: number | null | undefined;
  /** plain http is enough for everything (loopback), for signed requests only, or for nothing (§1: H13) */
  readonly plainHttp: 'all' | 'signed' | 'none';
};

const denied = () => new SparkFault(1000, 'Invalid API key and/or request signed improperly');
const expired = () => new SparkFault(1020, 'Session token has expired');
const needsHttps = () => new SparkFault(1030, 'This request must be made over https');

/** May this key be used from there, by this mechanism, at all? (§4.1) */
export function checkKey(
  key: KeyLimits & { readonly who: SparkWho | undefined },
  mechanism: string,
  request: FastifyRequest,
): SparkWho {
  if (!key.enabled) throw new SparkFault(1010, 'This API key is disabled');
  if (!key.mechanisms.includes(mechanism))
    throw new SparkFault(1013, `This API key may not be used with the mechanism ${mechanism}`);
  const agent = [request.headers['x-sparkapi-user-agent'] ?? []].flat().join();
  const barred = <T>(list: readonly T[], has: (one: T) => boolean) => list.length > 0 && !list.some(has);
  if (barred(key.allowedAddresses, (one) => one === request.ip) || barred(key.allowedAgents, (one) => agent.includes(one)))
    throw new SparkFault(1019, 'This API key is tied to other addresses or user agents');
  if (!key.who) throw new SparkFault(1015, 'The user of this API key is unknown or inactive');
  return key.who;
}

/** `RoleOverride` lowers the role for one request; a role not above the target stays (§5). Anything else is refused with the parameters. */
function lowered(who: SparkWho, override: string | undefined): SparkWho {
  const target = override?.toLowerCase();
  if (target !== 'public' && target !== 'idx') return who;
  if (who.role === 'idx' || who.role === target) return who;
  return { ...who, role: target };
}
export const isRoleOverride = (text: string) => /^(public|idx)$/i.test(text);

const writeLimit = (reply: FastifyReply, limit: number, taken: Taken) =>
  reply.headers({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, taken.remaining)),
    'x-ratelimit-reset': String(Math.ceil(taken.resetMs / 1000)),
  });

/** The values of a fresh window, for answers to nobody in particular. */
export const writeFreshLimit = (reply: FastifyReply, callsPerWindow: number | null | undefined) => {
  const limit = callsPerWindow ?? LIMITS.idx;
  return writeLimit(reply, limit, { remaining: limit, resetMs: WINDOW_SECONDS * 1000 });
};

/** Who calls, by Authorization header or session and signature; the header wins (§4). */
export function makeAdmit({ identity, limiter, callsPerWindow, plainHttp }: AdmitOptions) {
  const isSecure = (request: FastifyRequest) => request.protocol === 'https' || plainHttp === 'all';

  async function bySignature(request: FastifyRequest, sent: Sent, body: Uint8Array | undefined): Promise<SparkWho> {
    const token = parameterOf(sent, 'AuthToken');
    const signature = parameterOf(sent, 'ApiSig');
    if (token === undefined || signature === undefined) throw denied();
    const found = await identity.findSparkSession(token);
    if (!found || !matchesOne(signature, requestSignatures(found.key, sent, body))) throw denied();
    if (!found.live) throw expired();
    if (found.isDue) await identity.touchSparkSession(token);
    return checkKey(found.key, 'session', request);
  }

  async function byToken(request: FastifyRequest, authorization: string): Promise<SparkWho> {
    const [, token] = /^\s*(?:bearer|oauth)\s+(\S+)\s*$/i.exec(authorization) ?? [];
    const bearer = token === undefined ? undefined : await identity.authenticateSparkToken(token);
    if (bearer?.kind === 'expired') throw expired();
    if (bearer?.kind !== 'ok') throw denied();
    const { who, through } = bearer;
    return through ? checkKey({ ...through.key, who }, through.mechanism, request) : who;
  }

  async function count(reply: FastifyReply, who: SparkWho): Promise<void> {
    if (callsPerWindow === null) return;
    const limit = callsPerWindow ?? LIMITS[who.role];
    const by = who.keyId === null ? `user:${who.actor.orgId}:${who.actor.id}` : `key:${who.keyId}`;
    const taken = await limiter.take(`spark:${by}`, limit, WINDOW_SECONDS);
    writeLimit(reply, limit, taken);
    if (taken.remaining < 0)
      throw new Fault('too_many', `More than ${limit} requests in five minutes; wait for the reset`, {
        retryAfterSeconds: Math.ceil(taken.resetMs / 1000),
      });
  }

  /** Transport, credentials, rate (§1: H14, steps 1 to 3). `body` is what was signed: the bytes of a POST or PUT. */
  return async (request: FastifyRequest, reply: FastifyReply, sent: Sent, body: Uint8Array | undefined): Promise<SparkCaller> => {
    const { authorization } = request.headers;
    const signed = authorization === undefined;
    if (!isSecure(request) && !(signed && plainHttp === 'signed')) throw needsHttps();
    const own = signed ? await bySignature(request, sent, body) : await byToken(request, authorization);
    const user = parameterOf(sent, 'ApiUser');
    const who = user === undefined ? own : await identity.actAs(own, user);
    if (!who) throw new SparkFault(1015, 'ApiUser is unknown, inactive, or not one this key may act for');
    request.orgId = who.actor.orgId;
    await count(reply, who);
    return lowered(who, parameterOf(sent, 'RoleOverride'));
  };
}
export type Admit = ReturnType<typeof makeAdmit>;
