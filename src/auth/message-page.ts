import { frame, html } from './html.ts';

/** A page that only says something. */
export const messagePage = (title: string, text: string, link?: { readonly href: string; readonly text: string }): string =>
  frame(title, html`<p>${text}</p>${link && html`\n<p><a href="${link.href}">${link.text}</a></p>`}`);

export const staleFormPage = (): string =>
  messagePage(
    'This form is out of date',
    'Please go back, load the page again and repeat what you did. Cookies must be allowed for this site.',
  );
