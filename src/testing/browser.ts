import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where Debian and its kin install theirs; asked only when the packaged one cannot start (it wants libnss3 of the system). */
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/**
 * Our own, not those of the package: they make one process of it, which ends with its first page, and turn the same-origin rules off.
 * Root has no user namespaces to make a sandbox of; the pages under test are our own.
 */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];

async function launchPackaged(): Promise<Browser> {
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packaged.executablePath(), args: ARGS });
}

/** A real Chromium: the packaged one, else an installed one. Throws with the reason, so that no test is ever skipped in silence. */
export async function openBrowser(): Promise<Browser> {
  try {
    // The second try is for a test process that came while another was still unpacking (2 s, once a boot).
    return await launchPackaged().catch(() => setTimeout(4_000).then(launchPackaged));
  } catch (reason) {
    const executablePath = INSTALLED.find((path) => existsSync(path));
    if (executablePath) return chromium.launch({ executablePath, args: ARGS });
    throw new Error('Browser tests need Chromium: `apt-get install libnss3` for the packaged one, or install chromium', {
      cause: reason,
    });
  }
}

/** A reader whose zone and language are known, so that pages say the same on every machine. Ends with its page's context. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page & AsyncDisposable> {
  const context = await browser.newContext({
    locale: 'en-US',
    timezoneId: 'America/New_York',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() });
}

/** What axe finds wrong with the page as it stands, one line a rule; empty when all is well. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not added as a <script>: the page's own policy would rightly refuse that.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as { axe: typeof axe };
    return (await loaded.run()).violations;
  });
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
}
