import { type Invitee, PASSWORD_LENGTH } from '../domain/index.ts';
import { frame, html } from './html.ts';
import { messagePage } from './message-page.ts';

type InvitationPage = {
  readonly csrf: string;
  readonly invitee: Invitee;
  /** whether they are signed in afterwards */
  readonly signsIn: boolean;
  readonly error?: string;
};

/** Works without JavaScript; password managers learn the login with the new password. */
export const invitationPage = ({ csrf, invitee: { brokerage, name, login }, signsIn, error }: InvitationPage): string =>
  frame(
    'Choose a password',
    html`<p>${name}, ${brokerage} has made a login for you.</p>
${error && html`<p class="error" role="alert">${error}</p>\n`}<form method="post" class="stack">
<input type="hidden" name="csrf" value="${csrf}">
<div class="field"><label for="login">Login</label>
<input id="login" name="login" autocomplete="username" readonly value="${login}"></div>
<div class="field"><label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="${PASSWORD_LENGTH.least}" maxlength="${PASSWORD_LENGTH.most}" autofocus></div>
<button class="button" type="submit">Choose this password${signsIn && ' and sign in'}</button>
</form>`,
  );

/** For those who sign in where an application asks them to. */
export const acceptedPage = ({ brokerage, login }: Invitee): string =>
  messagePage('You have a password', `Sign in as ${login} wherever ${brokerage} asks you to. The link has done its work.`);

export const invitationOverPage = (): string =>
  messagePage(
    'This invitation is over',
    'It was accepted already, or it is too old. Ask whoever invited you for another, or sign in with the password that you chose.',
    { href: '/login', text: 'Sign in' },
  );
