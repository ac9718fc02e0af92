import type { ClientApp, WebSession } from '../../domain/index.ts';
import { frame, html } from '../html.ts';

type ConsentPage = {
  readonly client: ClientApp;
  /** what the application will be able to do */
  readonly words: readonly string[];
  readonly session: WebSession;
  /** this page's own path with its query: the form comes back here */
  readonly path: string;
  readonly redirectUri: string;
};

/** Names the application and what it will be able to do (design §6); works without JavaScript. */
export const consentPage = ({ client, words, session, path, redirectUri }: ConsentPage): string =>
  frame(
    `Connect ${client.name}?`,
    html`<p><strong>${client.name}</strong> asks to act for you, ${session.user.name}, at ${session.user.organisation}. It will be able to:</p>
<ul class="scopes">
${words.map((line) => html`<li>${line}</li>\n`)}</ul>
<p class="muted">You return to ${new URL(redirectUri).host}. You can disconnect the application at any time under “Connected applications”.</p>
<form method="post" action="${path}" class="stack">
<input type="hidden" name="csrf" value="${session.csrf}">
<button class="button" type="submit" name="decision" value="approve">Allow</button>
<button class="button quiet" type="submit" name="decision" value="deny">Do not allow</button>
</form>
<form method="post" action="/logout">
<input type="hidden" name="csrf" value="${session.csrf}"><input type="hidden" name="return_to" value="${path}">
<p class="muted">Signed in as ${session.user.email}. <button class="button quiet" type="submit">Use another login</button></p>
</form>`,
  );
