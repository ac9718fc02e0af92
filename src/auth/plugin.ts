import type { FastifyPluginAsync } from 'fastify';
import type { Domain, Identity } from '../domain/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { formTargetOf } from './core/asked.ts';
import { queryOf } from './core/parameters.ts';
import { readAuthorizeRequest } from './dotloop/authorize-request.ts';
import { dotloopFace } from './dotloop/plugin.ts';
import { readForms } from './form.ts';
import { mountInvitation } from './invitation.ts';
import { mountLogin } from './login.ts';
import { answerErrorsWithPages } from './page-errors.ts';
import { connectFormTargets } from './reapit/form-targets.ts';
import { connectFace } from './reapit/plugin.ts';
import { sparkFormTargets } from './spark/form-targets.ts';
import { sparkFace } from './spark/plugin.ts';
import { makeSessionReader, type ReadWebSession } from './web-session.ts';

export type AuthOptions = {
  readonly identity: Identity;
  /** where consumers sign in */
  readonly portals: Pick<Domain['orgs']['portals'], 'findByName'>;
  /** where people whom a site made choose a password */
  readonly invitations: Domain['orgs']['invitations'];
  /** the main host, where people sign in */
  readonly publicUrl: string;
  /** true when `publicUrl` is https */
  readonly secureCookies: boolean;
  readonly cookieSecret: string;
  readonly clock: Clock;
  /** host names at whose root Spark answers */
  readonly sparkHosts: ReadonlySet<string>;
  /** and Connect */
  readonly connectHosts: ReadonlySet<string>;
  /** Spark's plain http is enough for everything */
  readonly plainHttp: boolean;
  /** made by `makeSessionReader`, so that this room and the pages share one */
  readonly sessionOf?: ReadWebSession;
};

/** Sign-in, consent and the vendors' OAuth faces (design §6). Register it once, without a prefix. */
export const authPlugin: FastifyPluginAsync<AuthOptions> = async (room, options) => {
  const { identity } = options;
  const readWebSession = options.sessionOf ?? makeSessionReader(options);

  const formTargets = async (path: string) => {
    if (path.startsWith('/spark/')) return sparkFormTargets(identity, path);
    if (path.startsWith('/connect/')) return connectFormTargets(identity, path);
    if (!path.startsWith('/dotloop/oauth/authorize')) return [];
    const asked = await readAuthorizeRequest(identity, queryOf(path));
    return asked.kind === 'ask' ? [formTargetOf(asked.redirectUri)] : [];
  };

  await room.register(async (pages) => {
    readForms(pages);
    answerErrorsWithPages(pages);
    mountLogin(pages, { ...options, readWebSession, formTargets });
    mountInvitation(pages, options);
  });
  await room.register(dotloopFace, { ...options, readWebSession, prefix: '/dotloop/oauth' });
  await room.register(connectFace, { ...options, readWebSession, prefix: '/connect' });
  await room.register(sparkFace, { ...options, readWebSession, prefix: '/spark' });
};
