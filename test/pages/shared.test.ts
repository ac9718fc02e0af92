import { deepEqual, equal, match } from 'node:assert/strict';
import { after, test } from 'node:test';
import { checkLook, openBrowser, openPage } from '../../src/testing/browser.ts';
import { openPages } from './fixture.ts';

const pages = await openPages();
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await pages[Symbol.asyncDispose]();
});

test('what somebody shared is read without an account and without a script', async () => {
  pages.state.signedIn = false;
  await using page = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${pages.address}/s/15Ar`);
  await page.getByRole('heading', { level: 1, name: 'Listings for you' }).waitFor();
  const items = page.getByRole('listitem');
  equal(await items.count(), 2);
  const lines = async (place: number) => (await items.nth(place).innerText()).split(/\n+/);
  deepEqual(await lines(0), [
    '2100 Waterview Dr 12, San Francisco, CA 94114',
    '$650,000 · 3 bedrooms · 2.5 bathrooms · 1,850 sq ft',
    'Active under contract · No. 43FSB8',
    'End unit by the water with <b>a garage</b> & a walled garden.',
  ]);
  deepEqual(await lines(1), ['Listing OXF190400', '$1,450 a month · 1 bedroom', 'Active · No. OXF190400', 'Above the bakery']);
});

test('the page is open to everybody at any width, in light and dark', async () => {
  await using page = await openPage(browser);
  await page.goto(`${pages.address}/s/15Ar`);
  await checkLook(page, [360, 1600]);
});

test('an id that nobody has is a page that is not there', async () => {
  for (const id of ['none', '%00', '..%2f', '%E0%A4%A', 'x'.repeat(400)]) {
    const said = await pages.app.inject({ url: `/s/${id}`, headers: { accept: 'text/html' } });
    equal(said.statusCode >= 400 && said.statusCode < 500, true, `${id}: ${said.statusCode}`);
  }
  const { headers, body } = await pages.app.inject('/s/15Ar');
  match(String(headers['content-security-policy']), /^default-src 'self'/);
  match(body, /<meta name="robots" content="noindex">/);
});
