/** Takes the pictures of README.md from a running sandbox: `node scripts/pictures.ts http://127.0.0.1:8080`. */
import { join } from 'node:path';
import { SANDBOX } from '../src/sandbox/credentials.ts';
import { openBrowser, openPage } from '../src/testing/browser.ts';
import { signIn, takePictures } from '../src/testing/pictures.ts';

const address = process.argv[2] ?? 'http://127.0.0.1:8080';
const browser = await openBrowser();
try {
  const page = await openPage(browser);
  await signIn(page, address, { email: SANDBOX.people.agent, password: SANDBOX.people.password });
  for (const file of await takePictures(page, address, join(import.meta.dirname, '../docs/images'))) console.log(file);
} finally {
  await browser.close();
}
