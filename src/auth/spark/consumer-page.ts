import type { NamedPortal, SparkClient } from '../../domain/index.ts';
import { frame, html } from '../html.ts';

type ConsumerPage = {
  readonly csrf: string;
  readonly path: string;
  readonly client: SparkClient;
  readonly portal: NamedPortal;
  readonly redirectUri: string;
  /** what the application will be able to do */
  readonly words: readonly string[];
  readonly login?: string;
  readonly error?: string;
};

/** Sign-in and consent in one: a consumer has no session here, so whoever signs in has just read what it is for. No JavaScript. */
export const consumerPage = ({ csrf, path, client, portal, redirectUri, words, login = '', error }: ConsumerPage): string =>
  frame(
    `Sign in to ${portal.portal.display_name}`,
    html`<p><strong>${client.name}</strong> asks to act for you at ${portal.portal.display_name}, the portal of ${portal.member.name}. It will be able to:</p>
<ul class="scopes">
${words.map((line) => html`<li>${line}</li>\n`)}</ul>
${error && html`<p class="error" role="alert">${error}</p>\n`}<form method="post" action="${path}" class="stack">
<input type="hidden" name="csrf" value="${csrf}">
<div class="field"><label for="login">Login name or e-mail</label>
<input id="login" name="login" autocomplete="username" required maxlength="254" value="${login}" autofocus></div>
<div class="field"><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024"></div>
<button class="button" type="submit" name="decision" value="approve">Sign in and allow</button>
<button class="button quiet" type="submit" name="decision" value="deny" formnovalidate>Do not allow</button>
</form>
<p class="muted">You return to ${new URL(redirectUri).host}.</p>`,
  );
