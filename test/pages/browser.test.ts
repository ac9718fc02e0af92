import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import { checkLook, openBrowser, openPage, waitForFocus, waitForNoDialog } from '../../src/testing/browser.ts';
import { openPages } from './fixture.ts';

const pages = await openPages();
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await pages[Symbol.asyncDispose]();
});

describe('front page', () => {
  test('shows doors, health and what opens them', async () => {
    await using page = await openPage(browser);
    await page.goto(`${pages.address}/`);
    const row = page.getByRole('table', { name: 'Doors' }).getByRole('row', { name: /^dotloop/ });
    await row.getByText('http://127.0.0.1:8080/dotloop/public/v2', { exact: true }).waitFor();
    equal(await row.getByRole('link', { name: 'Explorer of dotloop' }).getAttribute('href'), '/explore/dotloop');
    await page.getByText('PostgreSQL 18.4').waitFor();
    await page.getByRole('region', { name: 'First request' }).getByText('curl').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  });

  test('copies a credential', async () => {
    await using page = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${pages.address}/`);
    await page.getByRole('button', { name: 'Copy Access token, dotloop' }).click();
    await page.getByText('Copied Access token, dotloop').waitFor();
    equal(await page.evaluate<string>('navigator.clipboard.readText()'), '0b043f2f-2abe-4c9d-844a-3eb008dcba67');
  });

  test('says so when the server is away, and tries again on request', async () => {
    await using page = await openPage(browser);
    await page.route('**/app/front', (route) =>
      route.fulfill({ status: 503, json: { error: { message: 'The database is away' } } }),
    );
    await page.goto(`${pages.address}/`);
    await page.getByRole('alert').getByText('The database is away').waitFor();
    await page.unroute('**/app/front');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'Doors' }).waitFor();
  });

  test('offers to sign in', async () => {
    pages.state.signedIn = false;
    await using page = await openPage(browser);
    await page.goto(`${pages.address}/`);
    equal(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href'), '/login?return_to=%2F');
    pages.state.signedIn = true;
  });

  test('loads less than 200 KB, as it goes over the line', async () => {
    await using page = await openPage(browser);
    await page.goto(`${pages.address}/`);
    await page.getByRole('table', { name: 'Doors' }).waitFor();
    const [files, bytes] = await page.evaluate<[number, number]>(
      "(() => { const all = performance.getEntriesByType('resource'); return [all.length, all.reduce((sum, one) => sum + one.transferSize, 0)]; })()",
    );
    ok(files >= 4 && bytes > 10_000 && bytes < 200_000, `${files} files, ${bytes} bytes`);
  });
});

describe('loop page', () => {
  test('shows the whole loop, in the zone of the reader', async () => {
    await using page = await openPage(browser);
    await page.goto(`${pages.address}/m/loop?viewId=34308`);
    await page.getByRole('heading', { level: 1, name: /^Atturo Garay/ }).waitFor();
    await page.getByRole('region', { name: 'People' }).getByText('Listing agent').waitFor();
    const due = page.getByText('contract', { exact: true }).locator('..').getByRole('time');
    equal(await due.innerText(), 'Oct 21, 2016, 12:00 AM');
    equal(await due.getAttribute('title'), '2016-10-21 04:00 UTC');
    await page.getByRole('group', { name: 'Financials' }).getByText('$650,000').waitFor();
  });

  test('a document downloads under its name', async () => {
    await using page = await openPage(browser);
    await page.goto(`${pages.address}/m/loop?viewId=34308`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download lead' }).click(),
    ]);
    equal(download.suggestedFilename(), 'lead “paint” – été.pdf');
    equal((await readFile(await download.path())).toString('latin1').slice(0, 4), '%PDF');
  });

  test('activity grows on request', async () => {
    await using page = await openPage(browser);
    await page.goto(`${pages.address}/m/loop?viewId=34308`);
    const lines = page.getByRole('list', { name: 'Activity, newest first' }).getByRole('listitem');
    const more = page.getByRole('button', { name: 'Show more' });
    await more.click();
    await lines.nth(19).waitFor();
    await more.click();
    await lines.nth(24).waitFor();
    equal(await more.count(), 0);
  });
});

describe('connected applications', () => {
  test('are revoked by keyboard, after a question that names what ends', async () => {
    await using page = await openPage(browser);
    await page.goto(`${pages.address}/applications`);
    const revoke = page.getByRole('button', { name: 'Revoke access of Northgate Transaction Desk' });
    await revoke.press('Enter');
    const dialog = page.getByRole('alertdialog', { name: 'Revoke access of Northgate Transaction Desk?' });
    await dialog.getByText('use loop:read').waitFor();
    await page.keyboard.press('Escape');
    await waitForNoDialog(page);
    await waitForFocus(revoke);
    ok(pages.applications.has('5d0f'));
    await page.keyboard.press('Enter');
    await waitForFocus(dialog.getByRole('button', { name: 'Keep it connected' }));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Northgate Transaction Desk has no access any more.').waitFor();
    await revoke.waitFor({ state: 'detached' });
    ok(!pages.applications.has('5d0f'));
  });

  test('none is said in words', async () => {
    await using page = await openPage(browser);
    await page.route('**/app/applications', (route) => route.fulfill({ json: { applications: [] } }));
    await page.goto(`${pages.address}/applications`);
    await page.getByText('No application is connected.').waitFor();
  });
});

const SHOWN = {
  front: ['/', 'Doors'],
  loop: ['/m/loop?viewId=34308', 'Activity'],
  applications: ['/applications', 'Applications'],
  developer: ['/developer', 'Your applications'],
  'one application': ['/developer/69bcf590-71b7-41a4-a039-a1d290edca11', 'Credentials'],
  installations: ['/installations', 'Install an application'],
  missing: ['/m/loop?viewId=1', 'Page not found'],
} as const;

for (const [name, [path, heading]] of Object.entries(SHOWN))
  test(`${name}: axe finds nothing and nothing sticks out, in light and dark, at 360 and 1,280 px`, async () => {
    await using page = await openPage(browser);
    const said: string[] = [];
    page.on('console', (line) => line.type() === 'error' && said.push(line.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(pages.address + path);
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Loading' }).first().waitFor({ state: 'detached' });
    deepEqual(
      said.filter((line) => !line.includes('404')),
      [],
    );
    await checkLook(page);
  });
