import { equal, match, ok } from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkLook, openBrowser, openPage } from '../../src/testing/browser.ts';
import { BRIAN, CONSUMER, KEYS, makeSparkClient, openSparkLab, PASSWORD, type Tokens } from './spark-client.ts';

const lab = await openSparkLab();
const callback = createServer((_request, response) => response.end('<title>Callback</title>Welcome back'));
await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve));
const address = callback.address();
// Another host than ours, so that `form-action` is put to the test.
const redirectUri = `http://localhost:${typeof address === 'object' && address ? address.port : 0}/back`;
await lab.rows(`update client_app set redirect_uris = $1 where door = 'spark'`, [[redirectUri]]);
const browser = await openBrowser();
after(async () => {
  await browser.close();
  callback.close();
  await lab[Symbol.asyncDispose]();
});

const start = (path: string, key: string, more: Record<string, string> = {}) =>
  `${lab.url}${path}?${new URLSearchParams({ response_type: 'code', client_id: key, redirect_uri: redirectUri, state: 's', ...more })}`;
const codeIn = (page: Page) => new URL(page.url()).searchParams.get('code') ?? '';
const signIn = async (page: Page) => {
  await page.getByLabel('E-mail').fill(BRIAN);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';
  test(`a member signs in, allows, and comes back to the application ${how} JavaScript`, async () => {
    await using page = await openPage(browser, { javaScriptEnabled });
    const client = makeSparkClient(lab, javaScriptEnabled ? KEYS.agent : KEYS.idx);
    await page.goto(start('/spark/oauth2', javaScriptEnabled ? KEYS.agent.key : KEYS.idx.key));
    await signIn(page);
    await page.getByRole('heading', { name: /^Connect Sandbox/ }).waitFor();
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await page.getByText('Welcome back').waitFor();
    match(page.url(), /\/back\?code=[\w-]{43}&state=s$/);
    const answer = await client.exchange(codeIn(page), { redirect_uri: redirectUri });
    ok((answer.body as Tokens).access_token);
    // Signed out in between: now the form of the sign-in page is what leads back to the application.
    await page.goto(`${lab.url}/spark/openid/logout`);
    await page.getByRole('heading', { name: 'Signed out' }).waitFor();
    await page.goto(start('/spark/oauth2', javaScriptEnabled ? KEYS.agent.key : KEYS.idx.key));
    await signIn(page);
    await page.getByText('Welcome back').waitFor();
  });

  test(`a consumer signs in at the agent’s portal ${how} JavaScript`, async () => {
    await using page = await openPage(browser, { javaScriptEnabled });
    await page.goto(start(`/spark/auth/vow/${CONSUMER.portal}`, KEYS.portal.key));
    await page.getByRole('heading', { name: 'Sign in to Brian Erwin' }).waitFor();
    await page.getByLabel('Login name or e-mail').fill(CONSUMER.login);
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in and allow' }).click();
    equal(await page.getByRole('alert').textContent(), 'Login name or password is wrong.');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in and allow' }).click();
    await page.getByText('Welcome back').waitFor();
    const client = makeSparkClient(lab, KEYS.portal);
    const { body } = await client.exchange(codeIn(page), { redirect_uri: redirectUri });
    equal((await lab.spark('/my/contact', { bearer: (body as Tokens).access_token })).status, 200);

    await page.goto(start(`/spark/r/login/${CONSUMER.portal}`, KEYS.portal.key));
    await page.getByRole('button', { name: 'Do not allow' }).click();
    await page.getByText('Welcome back').waitFor();
    match(page.url(), /\/back\?error=access_denied&/);
  });
}

test('no page has an accessibility violation or is wider than a telephone', async () => {
  await using page = await openPage(browser, { viewport: { width: 360, height: 740 } });
  const look = async (heading: string | RegExp) => {
    await page.getByRole('heading', { name: heading }).waitFor();
    await checkLook(page, [360]);
  };
  await page.goto(start(`/spark/auth/vow/${CONSUMER.portal}`, KEYS.portal.key));
  await look('Sign in to Brian Erwin');
  await page.getByLabel('Login name or e-mail').fill('nobody');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in and allow' }).click();
  await page.getByRole('alert').waitFor();
  await look('Sign in to Brian Erwin');
  await page.goto(start('/spark/auth/vow/nobody', KEYS.portal.key));
  await look('No such portal');
  await page.goto(start('/spark/openid/authorize', KEYS.agent.key, { scope: 'openid profile email address phone RESO' }));
  await signIn(page);
  await look('Connect Sandbox back office?');
  await page.goto(`${lab.url}/spark/openid/logout`);
  await look('Signed out');
});
