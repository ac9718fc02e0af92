import { doesNotMatch, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { openPages } from './fixture.ts';

const html = { accept: 'text/html' };

test('signed out, a page leads to the login and back', async () => {
  await using pages = await openPages();
  pages.state.signedIn = false;
  for (const url of ['/m/loop?viewId=34308', '/applications']) {
    const said = await pages.app.inject(url);
    equal(said.statusCode, 302);
    equal(said.headers.location, `/login?return_to=${encodeURIComponent(url)}`);
  }
  equal((await pages.app.inject('/')).statusCode, 200);
});

test('the shell has the title of its page and nothing foreign', async () => {
  await using pages = await openPages();
  const { body, headers } = await pages.app.inject('/m/loop?viewId=30003');
  match(body, /<title>Atturo Garay, 3059 Main, Chicago, IL 60614 · Portico<\/title>/);
  match(body, /data-page="loop" data-loop="34308"/);
  doesNotMatch(body, /https?:\/\//);
  match(String(headers['content-security-policy']), /^default-src 'self';.*frame-ancestors 'none'/);
  equal(headers['x-frame-options'], 'DENY');
});

test('a loop nobody showed the reader, and one that cannot exist, are the same 404 page', async () => {
  await using pages = await openPages();
  for (const query of ['?viewId=1', '?viewId=x', '?viewId=34308&viewId=34308', '']) {
    const said = await pages.app.inject({ url: `/m/loop${query}`, headers: html });
    equal(said.statusCode, 404, query);
    match(said.body, /<h1>Page not found<\/h1>/);
  }
  equal((await pages.app.inject({ url: '/nothing', headers: html })).statusCode, 404);
});

test('hashed files are kept for a year, others asked for again, and what else lies there is not given out', async () => {
  await using pages = await openPages();
  const [script] = /\/assets\/main-[\w-]+\.js/.exec((await pages.app.inject('/')).body) ?? ['/assets/none'];
  match(String((await pages.app.inject(script)).headers['cache-control']), /max-age=31536000, immutable/);
  equal((await pages.app.inject('/assets/house.css')).headers['cache-control'], 'public, no-cache');
  const { headers } = await pages.app.inject({ url: script, headers: { 'accept-encoding': 'gzip, br' } });
  equal(headers['content-encoding'], 'br');
  match(String(headers['content-type']), /^text\/javascript|^application\/javascript/);
  match(String(headers['cache-control']), /immutable/);
  for (const url of ['/assets/.vite/manifest.json', '/assets/../package.json', '/assets/%2e%2e/package.json'])
    equal((await pages.app.inject(url)).statusCode, 404, url);
});

test('without a build the server starts, and its pages say what to do', async () => {
  await using pages = await openPages({ webDist: '/nonexistent' });
  const said = await pages.app.inject('/');
  equal(said.statusCode, 503);
  match(said.body, /npm ci/);
  equal((await pages.app.inject('/app/front')).statusCode, 200);
});

test('a failure tells nothing of its inside', async () => {
  await using pages = await openPages({ front: () => Promise.reject(new Error('secret of the database')) });
  const said = await pages.app.inject('/app/front');
  equal(said.statusCode, 500);
  doesNotMatch(said.body, /secret/);
});
