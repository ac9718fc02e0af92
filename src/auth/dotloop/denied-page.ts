import { createHash } from 'node:crypto';
import type { ClientApp } from '../../domain/index.ts';
import { frame, html, Markup } from '../html.ts';

const CLOSE = 'window.close()';
/** What the policy of the page must allow. */
export const CLOSE_HASH = `sha256-${createHash('sha256').update(CLOSE).digest('base64')}`;

/** After a refusal that the application did not want to hear of: closes the popup (contracts/dotloop.md §2.2). */
export const deniedPage = (client: ClientApp): string =>
  frame(
    'Not connected',
    html`<p>${client.name} was given no access. You can close this window.</p>\n${new Markup(`<script>${CLOSE}</script>`)}`,
  );
