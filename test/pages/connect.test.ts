import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemActor } from '../../src/access/actor.ts';
import { DEMO_FOR_TESTS, SANDBOX } from '../../src/sandbox/index.ts';
import { checkLook, openBrowser, openPage, waitForFocus, waitForNoDialog } from '../../src/testing/browser.ts';
import { signIn } from '../../src/testing/pictures.ts';
import { until } from '../../src/testing/until.ts';
import { type Connect, machineToken, openConnect } from '../auth/reapit/connect.ts';

const DEVELOPER = { email: SANDBOX.reapit.developer, password: SANDBOX.people.password };
const AGENT = { email: SANDBOX.people.agent, password: SANDBOX.people.password };
const ADMINISTRATOR = { email: DEMO_FOR_TESTS.people.administrator, password: DEMO_FOR_TESTS.people.password };
const DEMO = systemActor(DEMO_FOR_TESTS.organisation.id);

let lab: Connect;
const browser = await openBrowser();
before(async () => {
  lab = await openConnect();
  await lab.house.stores.domain.orgs.createOfficeGroup(DEMO, { code: 'WEST', name: 'West', offices: ['OXF'] });
});
after(async () => {
  await browser.close();
  await lab[Symbol.asyncDispose]();
});

const admit = (token: string) => lab.identity.authenticateReapit(token, 'DEMO');

describe('the developer', () => {
  test('R30: registers an application, whose id and secret are shown once and work', async () => {
    await using page = await openPage(browser);
    await signIn(page, lab.url, DEVELOPER, '/developer');
    await page.getByRole('button', { name: 'Register an application' }).click();
    const form = page.getByRole('region', { name: 'Register an application' });
    // By keyboard alone: nothing filled in, everything that is wrong is said.
    await form.getByRole('button', { name: 'Register application' }).focus();
    await page.keyboard.press('Enter');
    const alert = form.getByRole('alert');
    await alert.getByText('An application needs a name').waitFor();
    await alert.getByText('At least one scope is needed').waitFor();
    await alert.getByText('At least one redirect URI is needed').waitFor();
    equal(await form.getByLabel('Name', { exact: true }).getAttribute('aria-invalid'), 'true');
    await checkLook(page);

    await form.getByLabel('Name', { exact: true }).fill('Board of Viewings');
    await form.getByLabel('It acts for itself').press('Space');
    await form.getByLabel('Redirect addresses').fill('https://board.example/cb\nhttp://localhost:5173/');
    await form.getByLabel('See your contacts').check();
    await form.getByLabel('See your offices').check();
    await form.getByRole('button', { name: 'Register application' }).click();
    const once = page.getByRole('region', { name: 'Application registered' });
    await waitForFocus(once);
    const [clientId = '', secret = ''] = await once.locator('code').allInnerTexts();
    await checkLook(page);
    const token = await machineToken(lab, clientId, secret);
    equal((await lab.identity.authenticateReapit(token, 'SBOX')).kind, 'ok');
    await page.reload();
    await page
      .getByRole('row', { name: /^Board of Viewings/ })
      .getByText('0 customers')
      .waitFor();
    equal(await page.getByText(secret).count(), 0);
  });

  test('R47: sees customers and usage, renews the secret, and changes the terms', async () => {
    const app = await lab.register({ name: 'Ledger' });
    await lab.identity.install(DEMO, { clientId: app.clientId, officeGroup: 'WEST' });
    const day = new Date().toISOString().slice(0, 10);
    await lab.identity.addUsage([{ orgId: 2, clientId: app.clientId, day, resource: 'contacts', calls: 1_234 }]);
    await using page = await openPage(browser);
    await signIn(page, lab.url, DEVELOPER, '/developer');
    await page.getByRole('link', { name: 'Ledger' }).click();
    const customer = page.getByRole('table', { name: 'Installations' }).getByRole('row', { name: /^Northgate Homes/ });
    await customer.getByText('DEMO', { exact: true }).waitFor();
    await customer.getByText('West').waitFor();
    await page
      .getByRole('table', { name: 'Usage' })
      .getByRole('row', { name: /contacts 1,234$/ })
      .waitFor();
    await page.getByText(`/installations?application=${app.clientId}`).waitFor();
    await checkLook(page);

    await page.getByRole('button', { name: 'Make a new secret' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Make a new secret for Ledger?' });
    await dialog.getByRole('button', { name: 'Make a new secret' }).click();
    const once = page.getByRole('region', { name: 'New secret' });
    await once.waitFor();
    const [, secret = ''] = await once.locator('code').allInnerTexts();
    await machineToken(lab, app.clientId, secret);

    const terms = page.getByRole('region', { name: 'Terms' });
    await terms.getByLabel('Name', { exact: true }).fill('Ledger 2');
    await terms.getByLabel('See your tasks').check();
    await terms.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Saved. Scopes that are new wait').waitFor();
    await customer.getByText('1 wait for the administrator').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Ledger 2' }).waitFor();
  });

  test('R160: sees the worked example of the bill, nine calls', async () => {
    const scopes = ['agencyCloud/properties.read', 'agencyCloud/images.read'];
    const { clientId, secret } = await lab.register({ name: 'Window display', scopes });
    const token = await machineToken(lab, clientId, secret);
    const answer = await lab.reapit('/properties?embed=images&pageSize=50', { token });
    equal(answer.headers.get('x-portico-billable-calls'), '9');
    // Usage is written once a second.
    await until('the calls are counted', async () => {
      const [counted] = await lab.rows<{ calls: number }>('select sum(calls)::int as calls from usage_day where client_id = $1', [
        clientId,
      ]);
      return counted?.calls === 9;
    });
    await using page = await openPage(browser);
    await signIn(page, lab.url, DEVELOPER, `/developer/${clientId}`);
    const usage = page.getByRole('region', { name: 'Usage' });
    await usage.getByText('9 calls in the last 30 days').waitFor();
    const rows = await usage.getByRole('row').allInnerTexts();
    deepEqual(
      rows.slice(1).map((row) => row.split(/\s+/).slice(1)),
      [
        ['SBOX', 'propertyImages', '8'],
        ['SBOX', 'properties', '1'],
      ],
    );
  });

  test('a public application has no secret', async () => {
    await using page = await openPage(browser);
    await signIn(page, lab.url, DEVELOPER, '/developer');
    await page.getByRole('button', { name: 'Register an application' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Phone app');
    await page.getByLabel('It runs in browsers or on phones').check();
    ok(await page.getByLabel('It acts for itself').isDisabled());
    await page.getByLabel('Redirect addresses').fill('https://phone.example/cb');
    await page.getByRole('button', { name: 'Choose everything to read' }).click();
    await page.getByRole('button', { name: 'Register application' }).click();
    await page.getByRole('region', { name: 'Application registered' }).getByText('It is public and has no secret.').waitFor();
  });

  test('nobody else gets there', async () => {
    await using page = await openPage(browser);
    await page.goto(`${lab.url}/developer`);
    match(page.url(), /\/login\?return_to=%2Fdeveloper$/);
    await signIn(page, lab.url, AGENT, '/');
    await page.getByRole('link', { name: 'Applications', exact: true }).waitFor();
    equal(await page.getByRole('link', { name: 'Developer' }).count(), 0);
    for (const path of ['/developer', '/installations']) {
      const answer = await page.goto(lab.url + path);
      equal(answer?.status(), 403);
      await page.getByRole('heading', { name: 'That did not work' }).waitFor();
    }
    equal((await page.goto(`${lab.url}/developer/${SANDBOX.reapit.clientId}`))?.status(), 403);
  });
});

describe('the administrator', () => {
  test('R32, R48: installs with the scopes in plain words, accepts more, and uninstalls, which ends access at once', async () => {
    const app = await lab.register({ name: 'Lettings Desk' });
    const token = await machineToken(lab, app.clientId, app.secret);
    await using page = await openPage(browser);
    await signIn(page, lab.url, ADMINISTRATOR, `/installations?application=${app.clientId}`);
    const offer = page.getByRole('region', { name: 'Install an application' });
    await offer.getByText('See your contacts', { exact: true }).waitFor();
    await offer.getByText('by Allen Realty').waitFor();
    await checkLook(page);
    equal((await admit(token)).kind, 'not_installed');
    await offer.getByRole('button', { name: 'Install Lettings Desk' }).press('Enter');
    await page.getByText('Lettings Desk is installed.').waitFor();
    equal((await admit(token)).kind, 'ok');
    const row = page.getByRole('table', { name: 'Installed applications' }).getByRole('row', { name: /^Lettings Desk/ });
    await row.getByText('2 permissions').click();
    await row.getByText('See your offices').waitFor();
    await checkLook(page);

    await row.getByRole('button', { name: 'Extra fields for Lettings Desk' }).click();
    const extras = page.getByRole('dialog', { name: 'Extra fields for Lettings Desk' });
    await extras.getByLabel('Names of extra fields').fill('not a name');
    await extras.getByRole('button', { name: 'Save extra fields' }).click();
    await extras.getByRole('alert').getByText('not a name is no name of an extra field').waitFor();
    await extras.getByLabel('Names of extra fields').fill('pDirections');
    await extras.getByRole('button', { name: 'Save extra fields' }).click();
    await row.getByText('Extra fields: pDirections').waitFor();
    // The dialog that did its work gives the focus back.
    await waitForFocus(row.getByRole('button', { name: 'Extra fields for Lettings Desk' }));

    const terms = await lab.identity.application(systemActor(1), app.clientId);
    await lab.identity.changeApplication(systemActor(1), app.clientId, {
      ...terms,
      scopes: [...terms.scopes, 'agencyCloud/tasks.write'],
    });
    await page.reload();
    await row.getByRole('button', { name: 'Review what Lettings Desk asks for' }).click();
    const more = page.getByRole('alertdialog', { name: 'Let Lettings Desk do more?' });
    await more.getByText('Create, change and delete your tasks and messages').waitFor();
    await checkLook(page);
    await more.getByRole('button', { name: 'Accept' }).click();
    await row.getByText('3 permissions').waitFor();

    await row.getByRole('button', { name: 'Uninstall Lettings Desk' }).click();
    const last = page.getByRole('alertdialog', { name: 'Uninstall Lettings Desk?' });
    await last.getByText('see your contacts').waitFor();
    await page.keyboard.press('Escape');
    await waitForNoDialog(page);
    await waitForFocus(row.getByRole('button', { name: 'Uninstall Lettings Desk' }));
    equal((await admit(token)).kind, 'ok');
    await page.keyboard.press('Enter');
    await last.getByRole('button', { name: 'Uninstall' }).click();
    await page.getByText('Lettings Desk is uninstalled and has no access any more.').waitFor();
    equal((await admit(token)).kind, 'not_installed');
  });

  test('chooses a group of offices, and is told what cannot be installed', async () => {
    const app = await lab.register({ name: 'Western' });
    await using page = await openPage(browser);
    await signIn(page, lab.url, ADMINISTRATOR, '/installations');
    const name = page.getByLabel('Client id of the application');
    await name.fill('nobody');
    await page.getByRole('button', { name: 'See what it may do' }).click();
    await page.getByText('No such application').waitFor();
    await page.reload();
    await name.fill(app.clientId);
    await name.press('Enter');
    await page.getByLabel('Install it for').selectOption('West (WEST)');
    await page.getByRole('button', { name: 'Install Western', exact: true }).click();
    await page
      .getByRole('row', { name: /^Western/ })
      .getByText('West', { exact: true })
      .waitFor();
    await name.fill(app.clientId);
    await name.press('Enter');
    await page.getByLabel('Install it for').selectOption('West (WEST)');
    await page.getByRole('button', { name: 'Install Western', exact: true }).click();
    await page.getByRole('alert').getByText('Western is installed already').waitFor();
  });
});
