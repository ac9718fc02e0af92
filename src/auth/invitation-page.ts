import { frame, html } from './html.ts';
import { messagePage } from './message-page.ts';

type InvitationPage = {
  readonly csrf: string;
  readonly brokerage: string;
  readonly name: string;
  readonly email: string;
  readonly error?: string;
};

/** Works without JavaScript; password managers learn the address with the new password. */
export const invitationPage = ({ csrf, brokerage, name, email, error }: InvitationPage): string =>
  frame(
    'Choose a password',
    html`<p>${name}, ${brokerage} has made a login for you.</p>
${error && html`<p class="error" role="alert">${error}</p>\n`}<form method="post" class="stack">
<input type="hidden" name="csrf" value="${csrf}">
<div class="field"><label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" readonly value="${email}"></div>
<div class="field"><label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="8" maxlength="1024" autofocus></div>
<button class="button" type="submit">Choose this password and sign in</button>
</form>`,
  );

export const invitationOverPage = (): string =>
  messagePage(
    'This invitation is over',
    'It was accepted already, or it is too old. Ask whoever invited you for another, or sign in with the password that you chose.',
    { href: '/login', text: 'Sign in' },
  );
