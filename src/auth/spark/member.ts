import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SparkClient, WebSession } from '../../domain/index.ts';
import { accountOf } from '../core/account.ts';
import { DOOR_HOST, type ReadAddress } from '../core/address.ts';
import type { AskCore } from '../core/ask.ts';
import { type Asking, type AuthorizeOptions, type Found, mountAuthorize } from '../core/authorize.ts';
import { queryOf } from '../core/parameters.ts';
import { afterLogin, isSilent, withoutPrompt } from '../core/prompts.ts';
import { MEMBER_OAUTH, MEMBER_OPENID } from './client.ts';
import { askForCode } from './code.ts';
import { claimsAsked, DENIED, type OAuthRequest, readOAuthRequest } from './oauth-request.ts';
import { readOpenidRequest } from './openid-request.ts';
import { neededFor } from './provider.ts';
import { API, type Audience, scopesInWords } from './scopes.ts';

export type MemberPagesOptions = AuthorizeOptions & {
  /** the core whose issuer is this address of the door */
  readonly coreOf: (base: string) => Promise<AskCore>;
  readonly readAddress: ReadAddress;
};

type Ask = Extract<OAuthRequest, { kind: 'ask' }>;

const audienceOf = ({ role }: SparkClient): Audience => (role === 'idx' ? 'site' : 'member');

/** A key is one brokerage's, and works for its people (contracts/spark.md §5). */
const refusalOf =
  ({ name, orgId }: SparkClient) =>
  ({ user, actor }: WebSession): string | undefined => {
    if (user.orgId !== orgId) return `${name} belongs to another organisation than the one you are signed in at.`;
    return actor.memberId === null ? 'Your login has no account of a member, and applications here act for members.' : undefined;
  };

const queryIn = (request: FastifyRequest) => queryOf(request.raw.url ?? '');
const deny = (asked: Ask) => (reply: FastifyReply) => reply.redirect(asked.back(DENIED), 302);

/** `GET /oauth2` (contracts/spark.md §4.4: E04): code and state come back, and nothing else. */
function mountOAuth(room: FastifyInstance, options: MemberPagesOptions): void {
  const { identity, coreOf, readAddress } = options;
  mountAuthorize(room, '/oauth2', options, async (request): Promise<Asking> => {
    const asked = await readOAuthRequest(identity, queryIn(request), MEMBER_OAUTH);
    if (asked.kind !== 'ask') return asked;
    const path = `/spark/oauth2?${asked.parameters}`;
    const scopes = neededFor(asked.scopes, []);
    return {
      ...asked,
      scopes,
      words: scopesInWords(scopes, audienceOf(asked.client)),
      path,
      pathAfterLogin: path,
      silent: false,
      refusal: refusalOf(asked.client),
      async answer(session): Promise<Found> {
        if (!session) return { first: 'login' };
        const told = await askForCode(await coreOf(readAddress(request).base), asked, accountOf(session.user));
        return 'first' in told ? told : { location: asked.back(told) };
      },
      denied: deny(asked),
    };
  });
}

/** `GET /openid/authorize` (E09): what comes back, and where it stands, is the core's to say. */
function mountOpenidConnect(room: FastifyInstance, options: MemberPagesOptions): void {
  const { identity, coreOf, readAddress } = options;
  mountAuthorize(room, '/openid/authorize', options, async (request): Promise<Asking> => {
    const query = queryIn(request);
    const { base, host } = readAddress(request, new URLSearchParams(query).get(DOOR_HOST) ?? undefined);
    const asked = await readOAuthRequest(identity, query, MEMBER_OPENID, base);
    if (asked.kind !== 'ask') return asked;
    const own = new URLSearchParams(asked.parameters);
    if (host !== undefined) own.set(DOOR_HOST, host);
    const scopes = neededFor(asked.scopes, claimsAsked(asked.parameters));
    return {
      ...asked,
      scopes,
      words: scopesInWords(scopes, audienceOf(asked.client)),
      path: `/spark/openid/authorize?${own}`,
      pathAfterLogin: `/spark/openid/authorize?${afterLogin(own)}`,
      silent: isSilent(asked.parameters),
      refusal: refusalOf(asked.client),
      async answer(session, decided): Promise<Found> {
        // A consent that has just been given is not asked for again.
        const parameters = decided ? withoutPrompt(asked.parameters, 'consent') : new URLSearchParams(asked.parameters);
        parameters.set('scope', asked.scopes.join(' '));
        const ask = await coreOf(base);
        const who = session && { account: accountOf(session.user), signedInAt: session.signedInAt };
        const { location, first } = await ask({ method: 'GET', path: '/authorize', parameters, ...who });
        if (first) return { first };
        if (location === undefined) throw new Error('The authorization core did not know where to go');
        return { location };
      },
      denied: deny(asked),
    };
  });
}

/** `GET /openid` (E06): who it is, what was asked about the person, and a code in the combined flow. */
function mountOpenid(room: FastifyInstance, options: MemberPagesOptions): void {
  const { identity, coreOf, readAddress } = options;
  mountAuthorize(room, '/openid', options, async (request): Promise<Asking> => {
    const asked = await readOpenidRequest(identity, queryIn(request));
    if (asked.kind !== 'ask') return asked;
    const { client, scopes, combined, redirectUri } = asked;
    const path = `/spark/openid?${asked.parameters}`;
    const parameters = new URLSearchParams({ response_type: 'code', client_id: client.clientId, redirect_uri: redirectUri });
    return {
      ...asked,
      words: scopesInWords(scopes, audienceOf(client)),
      path,
      pathAfterLogin: path,
      silent: false,
      refusal: refusalOf(client),
      async answer(session): Promise<Found> {
        if (!session) return { first: 'login' };
        const { orgId, userId } = session.user;
        const person = await identity.findSparkPerson({ orgId, userId });
        const held = await identity.findConsent({ orgId, userId, clientId: client.clientId });
        if (!person || !held || !scopes.every((scope) => held.includes(scope))) return { first: 'consent' };
        if (!combined) return { location: asked.answer(person, undefined) };
        const ask = await coreOf(readAddress(request).base);
        const told = await askForCode(ask, { parameters, scopes: [API] }, accountOf(session.user));
        if ('first' in told) return told;
        return { location: 'code' in told ? asked.answer(person, told.code) : asked.refuse(told.error) };
      },
      denied: (reply) => reply.redirect(asked.refuse('access_denied'), 302),
    };
  });
}

/** Where members sign in and allow (contracts/spark.md §4.4). */
export function mountMemberPages(room: FastifyInstance, options: MemberPagesOptions): void {
  mountOAuth(room, options);
  mountOpenidConnect(room, options);
  mountOpenid(room, options);
}
