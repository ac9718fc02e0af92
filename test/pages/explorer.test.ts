import { deepEqual, equal } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { doors } from '../../src/app.ts';
import { openBrowser, openPage } from '../../src/testing/browser.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';

type Browser = Awaited<ReturnType<typeof openBrowser>>;

/** A path of each door whose GET needs nothing but a signed-in caller. */
const TRIED: Readonly<Record<string, string>> = {
  dotloop: '/account',
  propertybase: '/offices',
  reapit: '/configuration/terminology',
  spark: '/system',
};

let lab: Lab;
let browser: Browser;
before(async () => {
  [lab, browser] = await Promise.all([openLab(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await lab?.[Symbol.asyncDispose]();
});

for (const { name, contracts } of doors)
  test(`the explorer of ${name} is signed in to the sandbox, and asks nobody else`, { timeout: 240_000 }, async () => {
    await using page = await openPage(browser);
    // A library of several megabytes draws the page: on a machine with much else to do that takes its time.
    page.setDefaultTimeout(100_000);
    const foreign: string[] = [];
    await page.route('**', (route) => {
      const { host } = new URL(route.request().url());
      if (host === new URL(lab.url).host) return route.continue();
      foreign.push(route.request().url());
      return route.abort();
    });
    const path = TRIED[name] ?? '';
    await page.goto(`${lab.url}/explore/${name}`);
    const { summary = '' } = contracts.find(({ method, url }) => method === 'GET' && url === path) ?? {};
    await page.getByText(summary, { exact: true }).first().click();
    await page.getByRole('button', { name: new RegExp(`Test Request.*get ${path}\\b`) }).click();
    const [answered] = await Promise.all([
      page.waitForResponse((response) => new URL(response.url()).pathname.endsWith(path)),
      page.getByRole('button', { name: /^Send/ }).first().click(),
    ]);
    equal(answered.status(), 200);
    deepEqual(foreign, []);
  });
