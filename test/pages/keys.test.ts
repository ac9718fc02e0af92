import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { SANDBOX } from '../../src/sandbox/index.ts';
import { checkLook, openBrowser, openPage, violationsOf, waitForFocus, waitForNoDialog } from '../../src/testing/browser.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { signIn } from '../../src/testing/pictures.ts';

const ADMINISTRATOR = { email: SANDBOX.people.administrator, password: SANDBOX.people.password };
const AGENT = { email: SANDBOX.people.agent, password: SANDBOX.people.password };

let lab: Lab;
const browser = await openBrowser();
before(async () => {
  lab = await openLab();
});
after(async () => {
  await browser.close();
  await lab[Symbol.asyncDispose]();
});

const WIDTHS = [360, 768, 1600];

const call = async (key: string, path: string, method = 'GET') => {
  const { status } = await lab.call(`/propertybase/api/v2${path}`, {
    method,
    headers: { 'x-bl-api-key': key, 'content-type': 'application/json' },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  return status;
};
const open = async () => {
  const page = await openPage(browser);
  await signIn(page, lab.url, ADMINISTRATOR, '/keys');
  return page;
};
/** Makes a key of that name that may read leads, by the page, and answers it. */
async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Make a key' }).click();
  const form = page.getByRole('region', { name: 'Make a key' });
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('Read leads').check();
  await form.getByRole('button', { name: 'Make key' }).click();
  return page
    .getByRole('region', { name: `Key for ${name}` })
    .locator('code')
    .innerText();
}

describe("the administrator's keys", () => {
  test('are listed with what they may do, and the look holds', async () => {
    await using page = await open();
    const row = page.getByRole('table', { name: 'Keys' }).getByRole('row', { name: /^Sandbox site / });
    await row.getByText('Read everything, write everything, delete everything').waitFor();
    await page.getByText('They open the API at www.domain.com').waitFor();
    equal(await page.getByRole('link', { name: 'Keys' }).getAttribute('aria-current'), 'page');
    await checkLook(page, WIDTHS);
  });

  test('a key is made by keyboard alone, shown once, and opens just what was ticked', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Make a key' }).press('Enter');
    const form = page.getByRole('region', { name: 'Make a key' });
    await form.getByRole('button', { name: 'Make key' }).press('Enter');
    await form.getByRole('alert').getByText('A key has a name').waitFor();
    equal(await form.getByLabel('Name', { exact: true }).getAttribute('aria-invalid'), 'true');
    await form.getByLabel('Name', { exact: true }).fill('Lead form');
    await form.getByRole('button', { name: 'Nothing' }).focus();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    // One stop of Tab; offices, agents, employees, teams, leads.
    await press('Tab', 'Space', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Space', 'ArrowRight', 'Space');
    equal(await page.evaluate<string>('document.activeElement.labels[0].innerText.trim()'), 'Write leads');
    for (const [keys, place] of [
      [['Control+End'], 'Delete properties'],
      [['ArrowDown', 'Home'], 'Read properties'],
      [['Control+Home', 'ArrowUp', 'ArrowLeft'], 'Read offices'],
      [['End'], 'Delete offices'],
    ] as const) {
      await press(...keys);
      equal(await page.evaluate<string>('document.activeElement.labels[0].innerText.trim()'), place);
    }
    await checkLook(page, WIDTHS);
    await press('Tab', 'Tab', 'Enter');
    const once = page.getByRole('region', { name: 'Key for Lead form' });
    await waitForFocus(once);
    const key = await once.locator('code').innerText();
    match(key, /^[\w-]{32}$/);
    deepEqual(
      [await call(key, '/offices'), await call(key, '/leads'), await call(key, '/leads', 'POST'), await call(key, '/agents')],
      [200, 200, 422, 401],
    );
    await page.reload();
    await page
      .getByRole('row', { name: /^Lead form / })
      .getByText('Read 2 of 25, write 1 of 25')
      .waitFor();
    equal(await page.getByText(key).count(), 0);
  });

  test('permissions are changed, and hold from the next call on', async () => {
    await using page = await open();
    const key = await makeKey(page, 'Changing');
    equal(await call(key, '/tasks'), 401);
    await page.getByRole('button', { name: /^Permissions of Changing/ }).click();
    const form = page.getByRole('region', { name: 'Permissions of Changing' });
    equal(await form.getByLabel('Read leads').isChecked(), true);
    await form.getByRole('button', { name: 'Read everything' }).click();
    await form.getByLabel('Read leads').uncheck();
    await form.getByRole('button', { name: 'Save permissions' }).click();
    await page.getByText('Changing may now do what you have ticked.').waitFor();
    deepEqual([await call(key, '/tasks'), await call(key, '/leads')], [200, 401]);
  });

  test('a key is rotated: both go on, until the old one is over', async () => {
    await using page = await open();
    const old = await makeKey(page, 'Turning');
    await page.getByRole('button', { name: /^Rotate Turning/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Rotate Turning?' });
    const hours = dialog.getByLabel('Hours until the old key ends');
    const rotate = dialog.getByRole('button', { name: 'Rotate key' });
    for (const wrong of ['', 'x']) {
      await hours.fill(wrong);
      await rotate.click();
      await dialog.getByRole('alert').getByText('Hours are a number, such as 24').waitFor();
    }
    for (const wrong of ['-1', '9000']) {
      await hours.fill(wrong);
      const [answer] = await Promise.all([page.waitForResponse(/\/rotate$/), rotate.click()]);
      equal(answer.status(), 400, wrong);
      await dialog.getByRole('alert').getByText('The old key goes on for 0 to 8760 hours').waitFor();
    }
    deepEqual(await violationsOf(page), []);
    await hours.fill('12');
    await rotate.click();
    const once = page.getByRole('region', { name: 'New key for Turning' });
    await waitForFocus(once);
    const fresh = await once.locator('code').innerText();
    deepEqual([await call(old, '/leads'), await call(fresh, '/leads')], [200, 200]);
    const rows = page.getByRole('row', { name: /^Turning / });
    await rows.nth(1).waitFor();
    equal(await rows.count(), 2);
    await rows.last().getByText('Never').waitFor();
    await rows
      .last()
      .getByRole('button', { name: /^Rotate/ })
      .click();
    await hours.fill('0');
    await rotate.click();
    await rows.nth(1).getByText('Ended').waitFor();
    deepEqual([await call(old, '/leads'), await call(fresh, '/leads')], [200, 401]);
    await checkLook(page, WIDTHS);
  });

  test('a key is removed after it is named, and opens nothing from the next call on', async () => {
    await using page = await open();
    const key = await makeKey(page, 'Leaving');
    await page.getByRole('button', { name: /^Remove Leaving/ }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove Leaving?' });
    await dialog.waitFor();
    deepEqual(await violationsOf(page), []);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await waitForNoDialog(page);
    equal(await call(key, '/leads'), 200);
    await page.getByRole('button', { name: /^Remove Leaving/ }).click();
    await dialog.getByRole('button', { name: 'Remove key' }).click();
    await page.getByText('Leaving is removed').waitFor();
    equal(await call(key, '/leads'), 401);
    await page.getByRole('row', { name: /^Leaving / }).waitFor({ state: 'detached' });
    const events = await lab.rows<{ verb: string; actor: string }>(
      `select verb, actor_name as actor from event where noun = 'api_key' and row_name = 'Leaving' order by id`,
    );
    deepEqual(
      events.map(({ verb }) => verb),
      ['created', 'deleted'],
    );
  });

  test('keys of the Spark door are listed with whose they are and what they may do', async () => {
    await using page = await open();
    const row = page.getByRole('table', { name: 'Spark keys' }).getByRole('row', { name: /^Sandbox portal / });
    await row.getByText('Brian Erwin, for John Smith').waitFor();
    await row.getByText('portal, act-for').waitFor();
    await page
      .getByRole('row', { name: /^Sandbox site sandbox_idx / })
      .getByText('Brian Erwin', { exact: true })
      .waitFor();
    await row.getByText('sandbox_portal', { exact: true }).waitFor();
    equal(await page.getByText('sandbox_portal_secret').count(), 0);
  });

  test('a Spark key is made by keyboard alone, its secret shown once, and opens sessions of its member until it is removed', async () => {
    await using page = await open();
    await page.getByRole('button', { name: 'Make a Spark key' }).press('Enter');
    const form = page.getByRole('region', { name: 'Make a Spark key' });
    const send = form.getByRole('button', { name: 'Make Spark key' });
    const name = form.getByLabel('Name', { exact: true });
    await send.press('Enter');
    await form.getByRole('alert').getByText('Nobody here signs in with no address').waitFor();
    equal(await form.getByLabel('E-mail of the member').getAttribute('aria-invalid'), 'true');
    await form.getByLabel('E-mail of the member').fill(AGENT.email);
    await send.press('Enter');
    await form.getByRole('alert').getByText('A key has a name').waitFor();
    equal(await name.getAttribute('aria-invalid'), 'true');
    await name.fill('Brian’s site');
    await form.getByLabel('It stands for').selectOption('portal');
    await form.getByLabel('Number of the consumer').fill('John');
    await send.press('Enter');
    await form.getByRole('alert').getByText('A consumer is named by the number of the contact').waitFor();
    await checkLook(page, WIDTHS);
    await form.getByLabel('It stands for').selectOption('private');
    await form.getByLabel('It only reads').press('Space');
    await form.getByLabel('Redirect addresses').fill('https://site.example/back\n');
    await send.press('Enter');
    const once = page.getByRole('region', { name: 'Spark key for Brian’s site' });
    await waitForFocus(once);
    const [key = '', secret = ''] = await once.locator('code').allInnerTexts();
    match(key, /^[0-9a-f]{32}$/);
    match(secret, /^[\w-]{32}$/);
    await checkLook(page, WIDTHS);
    const token = await lab.call('/spark/openid/token', {
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}` },
    });
    const bearer = (token.body as { access_token?: string }).access_token ?? '';
    const statuses = async () => [
      (await lab.spark('/contacts', { as: { key, secret } })).status,
      (await lab.spark('/contacts', { as: { key, secret }, json: {} })).status,
      (await lab.spark('/contacts', { bearer })).status,
    ];
    deepEqual(await statuses(), [200, 405, 200]);

    await page.reload();
    const row = page.getByRole('row', { name: /^Brian’s site / });
    await row.getByText('private, read_only').waitFor();
    equal(await page.getByText(secret).count(), 0);
    await row.getByRole('button', { name: /^Remove / }).press('Enter');
    const dialog = page.getByRole('alertdialog', { name: 'Remove Brian’s site?' });
    await waitForFocus(dialog.getByRole('button', { name: 'Keep it' }));
    deepEqual(await violationsOf(page), []);
    deepEqual(await statuses(), [200, 405, 200]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Brian’s site is removed').waitFor();
    deepEqual(await statuses(), [401, 401, 401]);
    await row.waitFor({ state: 'detached' });
    const events = await lab.rows<{ verb: string; actor: string }>(
      `select verb, actor_name as actor from event where noun = 'api_key' and row_name = 'Brian’s site' order by id`,
    );
    deepEqual(
      events.map(({ verb, actor }) => [verb, actor]),
      [
        ['created', 'Administrator'],
        ['deleted', 'Administrator'],
      ],
    );
  });

  test('nobody else gets there', async () => {
    await using page = await openPage(browser);
    await page.goto(`${lab.url}/keys`);
    match(page.url(), /\/login\?return_to=%2Fkeys$/);
    await signIn(page, lab.url, AGENT, '/');
    await page.getByRole('link', { name: 'Applications', exact: true }).waitFor();
    equal(await page.getByRole('link', { name: 'Keys' }).count(), 0);
    equal((await page.goto(`${lab.url}/keys`))?.status(), 403);
    await page.getByRole('heading', { name: 'That did not work' }).waitFor();
  });
});
