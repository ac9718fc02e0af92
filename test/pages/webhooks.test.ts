import { equal } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { systemActor } from '../../src/access/actor.ts';
import { SANDBOX } from '../../src/sandbox/index.ts';
import { checkLook, openBrowser, openPage } from '../../src/testing/browser.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { signIn } from '../../src/testing/pictures.ts';
import { until } from '../../src/testing/until.ts';
import { openReceiver } from '../webhooks/house.ts';

const DEVELOPER = { email: SANDBOX.reapit.developer, password: SANDBOX.people.password };
const { clientId } = SANDBOX.reapit;
const DEMO = 2;

describe('webhooks on the page of an application', () => {
  let lab: Lab;
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
    lab = await openLab({ background: true, env: { PORTICO_WEBHOOKS_PRIVATE: 'on' } });
    receiver = await openReceiver();
  });
  after(async () => {
    await browser.close();
    await receiver.close();
    await lab[Symbol.asyncDispose]();
  });

  test('a developer adds one, sees what it was sent, changes and removes it', async () => {
    await using page = await openPage(browser);
    await signIn(page, lab.url, DEVELOPER, `/developer/${clientId}`);
    const panel = page.getByRole('region', { name: 'Webhooks' });
    await panel.getByText('No address is told of changes yet.').waitFor();
    await panel.getByRole('button', { name: 'Add a webhook' }).click();
    await panel.getByRole('button', { name: 'Add webhook' }).click();
    const alert = panel.getByRole('alert');
    await alert.getByText('url must be an absolute https address').waitFor();
    await alert.getByText('Choose at least one topic').waitFor();
    await checkLook(page);
    await panel.getByLabel('Address', { exact: true }).fill(receiver.url);
    await panel.getByLabel('Description').fill('Front desk');
    await panel.getByLabel('application.install', { exact: true }).check();
    await panel.getByLabel('contacts.modified', { exact: true }).check();
    await panel.getByRole('button', { name: 'Add webhook' }).click();
    const row = panel.getByRole('row', { name: new RegExp(`^${receiver.url}`) });
    await row.getByText('All that have installed it').waitFor();
    await row.getByText('2 topics').waitFor();
    await row.getByText('On', { exact: true }).waitFor();

    const sent = page.getByRole('region', { name: 'Messages sent' });
    await sent.getByText('Nothing has been sent yet.').waitFor();
    await lab.house.stores.domain.identity.install(systemActor(DEMO), { clientId });
    const attempt = sent.getByRole('row').filter({ hasText: 'application.install' });
    await until(
      'the message was sent',
      async () => (await lab.rows("select from webhook_delivery where status = 'success'")).length > 0,
    );
    await sent.getByRole('button', { name: 'Look again' }).click();
    await attempt.getByText('200', { exact: true }).waitFor();
    await attempt.getByText('DEMO').waitFor();
    equal(receiver.got.length, 1);
    await checkLook(page);

    await row.getByRole('button', { name: 'Change' }).click();
    await panel.getByLabel('The sandbox alone').check();
    await panel.getByLabel('It is on').uncheck();
    await panel.getByRole('button', { name: 'Save webhook' }).click();
    await row.getByText('SBOX').waitFor();
    await row.getByText('Turned off by its owner').waitFor();
    await row.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('alertdialog', { name: `Remove the webhook to ${receiver.url}?` });
    await dialog.getByRole('button', { name: 'Remove webhook' }).click();
    await panel.getByText('No address is told of changes yet.').waitFor();
    // What was sent stays to be seen.
    await attempt.first().waitFor();
  });

  test('one that the application made itself is shown and left alone', async () => {
    const made = await lab.reapit('/resthooks', { json: { url: receiver.url, topicIds: ['offices.modified'] } });
    equal(made.status, 201);
    await using page = await openPage(browser);
    await signIn(page, lab.url, DEVELOPER, `/developer/${clientId}`);
    const row = page.getByRole('region', { name: 'Webhooks' }).getByRole('row', { name: new RegExp(`^${receiver.url}`) });
    await row.getByText('Made by the application').waitFor();
    await row.getByText('SBOX').waitFor();
    await row.getByText('offices.modified').waitFor();
  });
});
