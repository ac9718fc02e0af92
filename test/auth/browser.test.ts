import { deepEqual, match } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { checkLook, openBrowser, openPage } from '../../src/testing/browser.ts';
import { signIn } from '../../src/testing/pictures.ts';
import { openHouse, PASSWORD } from './house.ts';

const house = await openHouse();
const callback = createServer((_request, response) => response.end('<title>Callback</title>Welcome back'));
await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve));
const address = callback.address();
// Another host than ours, so that `form-action` is put to the test.
const redirectUri = `http://localhost:${typeof address === 'object' && address ? address.port : 0}/back`;
const { clientId } = await house.identity.createClient({
  door: 'dotloop',
  name: 'Closing Desk',
  orgId: 1,
  redirectUris: [redirectUri],
  scopes: ['account:read', 'loop:*'],
});
const browser = await openBrowser();
after(async () => {
  await browser.close();
  callback.close();
  await house[Symbol.asyncDispose]();
});

const css = await readFile(new URL('../../web/public/house.css', import.meta.url), 'utf8');
const start = (more = '') =>
  `${house.base}/oauth/authorize?response_type=code&client_id=${clientId}&redirect_uri=${redirectUri}&state=s${more}`;

for (const javaScriptEnabled of [true, false])
  test(`sign in, allow, and come back to the application ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    await using page = await openPage(browser, { javaScriptEnabled });
    const who = javaScriptEnabled ? 'brianerwin@newkyhome.com' : 'allen@newkyhome.com';
    const fillIn = async () => {
      await page.getByLabel('E-mail').fill(who);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
    };
    await page.goto(start());
    await fillIn();
    await page.getByRole('heading', { name: 'Connect Closing Desk?' }).waitFor();
    deepEqual(await page.getByRole('listitem').allTextContents(), [
      'See your name, your e-mail address and your account',
      'See, create and change your loops with their details, people, folders, documents and tasks',
    ]);
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await page.getByText('Welcome back').waitFor();
    match(page.url(), /\/back\?code=[0-9a-f-]{36}&state=s$/);

    // Signed out in between: now the form of the sign-in page is what leads back to the application.
    await page.context().clearCookies();
    await page.goto(start());
    await fillIn();
    await page.getByText('Welcome back').waitFor();
  });

test('not allowing closes the popup', async () => {
  await using page = await openPage(browser);
  await signIn(page, house.base, { email: 'brianerwin@newkyhome.com', password: PASSWORD }, '/me');
  const opened = page.waitForEvent('popup');
  // Asking for more than is allowed already makes the page appear; a new user of the application would see it anyway.
  await house.identity.revokeApplication({ ...(await actorOf()), scopes: new Set() }, clientId);
  await page.evaluate(`void window.open(${JSON.stringify(start())})`);
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name: 'Do not allow' }).click();
  await closed;
});

const actorOf = async () => (await house.identity.readSession(await house.identity.openSession(house.brian)))!.actor;

test('no page has an accessibility violation or is wider than a telephone', async () => {
  await using page = await openPage(browser, { viewport: { width: 360, height: 740 } });
  await page.route('**/assets/house.css', (route) => route.fulfill({ contentType: 'text/css', body: css }));
  const look = async (heading: string) => {
    await page.getByRole('heading', { name: heading }).waitFor();
    await checkLook(page, [360]);
  };
  await page.goto(start('&scope=loop:read'));
  await look('Sign in');
  await page.getByLabel('E-mail').fill('brianerwin@newkyhome.com');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await look('Sign in');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await look('Connect Closing Desk?');
  await page.getByRole('button', { name: 'Use another login' }).click();
  await look('Sign in');
  await page.goto(`${house.base}/oauth/authorize`);
  await look('This application cannot be connected');
});
