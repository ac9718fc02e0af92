import { deepEqual, equal } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

/** Where Debian and its kin install theirs; asked only when the packaged one cannot start (it wants libnss3 of the system). */
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/**
 * Our own, not those of the package: they make one process of it, which ends with its first page, and turn the same-origin rules off.
 * Root has no user namespaces to make a sandbox of; the pages under test are our own.
 */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];

/** A real Chromium: the packaged one, else an installed one. Throws with the reason, so that no test is ever skipped in silence. */
export async function openBrowser(): Promise<Browser> {
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await chromium.launch({ executablePath: await packaged.executablePath(), args: ARGS });
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

/** Nothing sticks out, and axe finds nothing, in light and dark, at each width in pixels. The page is left as wide as it was. */
export async function checkLook(page: Page, widths: readonly number[] = [360, 1280]): Promise<void> {
  // A page that the server made shows its text before its style sheet is there.
  await page.waitForLoadState();
  const before = page.viewportSize();
  for (const width of widths)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      equal(await page.evaluate<number>('document.documentElement.scrollWidth'), width);
      deepEqual(await violationsOf(page), [], `${width} px, ${colorScheme}`);
    }
  if (before) await page.setViewportSize(before);
}

/** Waits until it has the focus, which follows what is shown. */
export const waitForFocus = (place: Locator): Promise<void> => place.and(place.page().locator(':focus')).waitFor();

/**
 * Waits until the dialog is gone from the page. By tag: its role is not found from the moment it closes, which is before the page knows
 * of it, and until then a button that opens a dialog opens none.
 */
export const waitForNoDialog = (page: Page): Promise<void> => page.locator('dialog').waitFor({ state: 'detached' });
