import { type OrganisationChoice, PASSWORD_LENGTH } from '../domain/index.ts';
import { frame, html, type Markup } from './html.ts';

type LoginPage = { readonly csrf: string; readonly returnTo: string; readonly email?: string; readonly error?: string };

const hidden = (name: string, value: string): Markup => html`<input type="hidden" name="${name}" value="${value}">`;

/** Works without JavaScript; password managers find their fields by `autocomplete`. */
export const loginPage = ({ csrf, returnTo, email = '', error }: LoginPage): string =>
  frame(
    'Sign in',
    html`${error && html`<p class="error" role="alert">${error}</p>\n`}<form method="post" action="/login" class="stack">
${hidden('csrf', csrf)}${hidden('return_to', returnTo)}
<div class="field"><label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="254" value="${email}" autofocus></div>
<div class="field"><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="${PASSWORD_LENGTH.most}"></div>
<button class="button" type="submit">Sign in</button>
</form>`,
  );

type ChoicePage = LoginPage & { readonly ticket: string; readonly choices: readonly OrganisationChoice[] };

/** The same address and password fit in several organisations (domain-people §2.5). */
export const choicePage = ({ csrf, returnTo, ticket, choices }: ChoicePage): string =>
  frame(
    'Choose an organisation',
    html`<p>Your e-mail address has a login in several organisations.</p>
<form method="post" action="/login" class="stack">
${hidden('csrf', csrf)}${hidden('return_to', returnTo)}${hidden('ticket', ticket)}
${choices.map(({ orgId, name }) => html`<button class="button" type="submit" name="organisation" value="${orgId}">Sign in at ${name}</button>\n`)}</form>`,
  );
