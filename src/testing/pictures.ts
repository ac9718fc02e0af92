import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Fills in the login page, as a person does. Afterwards the page shows what `returnTo` names. */
export async function signIn(
  page: Page,
  address: string,
  who: { email: string; password: string },
  returnTo = '/',
): Promise<void> {
  await page.goto(`${address}/login?return_to=${encodeURIComponent(returnTo)}`);
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await Promise.all([page.waitForURL(address + returnTo), page.getByRole('button', { name: 'Sign in' }).click()]);
}

/** The pages of which README.md and docs show a picture; what is awaited stands there when the page is complete. */
const SHOWN = [
  { file: 'front-page.png', path: '/', complete: 'Doors' },
  { file: 'loop-page.png', path: '/m/loop?viewId=34308', complete: 'Details' },
  { file: 'applications-page.png', path: '/applications', complete: 'Applications' },
] as const;

/** Writes the pictures of the sandbox into a folder (docs/images). The page must be signed in. Answers the files' paths. */
export async function takePictures(page: Page, address: string, folder: string): Promise<string[]> {
  const taken: string[] = [];
  for (const { file, path, complete } of SHOWN) {
    await page.goto(address + path);
    await page.getByRole('heading', { name: complete, exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(folder, file) });
    taken.push(join(folder, file));
  }
  return taken;
}
