import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml, headOf } from './message-page.ts';

/** The pages of the web app; web/src/main.tsx has a component for each. */
export type PageName = 'front' | 'loop' | 'applications' | 'developer' | 'developer-application' | 'installations' | 'keys';

/** What a page is about: the id of a loop, the client id of an application. */
export type ShellFacts = { readonly loop?: number; readonly client?: string };

/** The page before its script runs. */
export type Shell = (page: PageName, title: string, facts?: ShellFacts) => string;

type Manifest = Record<string, { file: string; css?: string[]; isEntry?: boolean }>;

/**
 * Reads which files the build of web/ wrote, once: they change only with a new start. Undefined when nothing was built,
 * which must not keep the doors from opening.
 */
export function loadShell(webDist: string): Shell | undefined {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(webDist, '.vite', 'manifest.json'), 'utf8'));
  } catch {
    return undefined;
  }
  const entry = Object.values(manifest).find((chunk) => chunk.isEntry);
  if (!entry) return undefined;
  const styles = (entry.css ?? []).map((file) => `\n<link rel="stylesheet" href="/assets/${file}">`).join('');
  return (page, title, { loop, client } = {}) => `<!doctype html>
<html lang="en">
<head>
${headOf(title)}${styles}
<script type="module" src="/assets/${entry.file}"></script>
</head>
<body>
<div id="app" data-page="${page}"${loop === undefined ? '' : ` data-loop="${loop}"`}${client === undefined ? '' : ` data-client="${escapeHtml(client)}"`}></div>
<noscript><main class="card stack"><h1>${escapeHtml(title)}</h1><p>This page needs JavaScript. The doors, and signing in, work without it.</p></main></noscript>
</body>
</html>
`;
}
