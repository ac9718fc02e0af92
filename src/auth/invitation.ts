import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Domain, Identity } from '../domain/index.ts';
import { Fault } from '../kernel/fault.ts';
import { makeFormTokens } from './csrf.ts';
import { formOf } from './form.ts';
import { invitationOverPage, invitationPage } from './invitation-page.ts';
import { staleFormPage } from './message-page.ts';
import { sendPage } from './send-page.ts';
import { makeSessions } from './web-session.ts';

export type InvitationOptions = {
  readonly identity: Identity;
  readonly invitations: Domain['orgs']['invitations'];
  readonly secureCookies: boolean;
  readonly cookieSecret: string;
};
type Asked = { Params: { token: string } };

/** A page for an invitation that is none, or none any more. */
const orOver = async (reply: FastifyReply, answer: () => Promise<FastifyReply>): Promise<FastifyReply> => {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Fault && error.kind === 'not_found') return sendPage(reply.code(404), invitationOverPage());
    throw error;
  }
};

/** `GET` and `POST /invitation/:token`, to which a mail leads (docs/decisions/0023-invitations.md). Looking accepts nothing. */
export function mountInvitation(room: FastifyInstance, options: InvitationOptions): void {
  const { identity, invitations, secureCookies, cookieSecret } = options;
  const formTokens = makeFormTokens(cookieSecret, secureCookies);
  const sessions = makeSessions(identity, secureCookies);

  room.get<Asked>('/invitation/:token', (request, reply) =>
    orOver(reply, async () => {
      const invitee = await invitations.invitation(request.params.token);
      return sendPage(reply, invitationPage({ ...invitee, csrf: formTokens.issue(request, reply) }));
    }),
  );

  room.post<Asked>('/invitation/:token', (request, reply) =>
    orOver(reply, async () => {
      const { token } = request.params;
      const form = formOf(request.body);
      if (!formTokens.fits(request, form.get('csrf') ?? undefined)) return sendPage(reply.code(403), staleFormPage());
      try {
        await sessions.begin(request, reply, await invitations.acceptInvitation(token, form.get('password') ?? ''));
        return reply.header('cache-control', 'no-store').redirect('/', 303);
      } catch (error) {
        if (!(error instanceof Fault) || error.kind !== 'invalid') throw error;
        const invitee = await invitations.invitation(token);
        const csrf = formTokens.issue(request, reply);
        return sendPage(reply.code(422), invitationPage({ ...invitee, csrf, error: `${error.message}.` }));
      }
    }),
  );
}
