import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openSite, type SiteHouse } from './house.ts';

type Model = Record<string, unknown>;
type Body = { status: string; message: string; data: Model; errors: string[] };

const pictureBytes = (name: string) => readFile(join(import.meta.dirname, '../../../src/sandbox/pictures', `${name}.png`));
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const PICTURE = /^http:\/\/portico\.test\/media\/[0-9a-f]{32}\/1280\.jpg$/;

let site: SiteHouse;
let server: Server;
let base: string;
let asked: string[] = [];
before(async () => {
  site = await openSite();
  const files = new Map<string, { status?: number; headers?: Record<string, string>; body?: Buffer }>([
    ['/house.png', { body: await pictureBytes('shop-brick') }],
    ['/barn.png', { body: await pictureBytes('farm-barn') }],
    ['/plans%20(1).pdf', { body: PDF }],
    [`/a%00b%2Fc${'%F0%9F%8F%A0'.repeat(150)}.pdf`, { body: PDF }],
    ['/page.png', { body: Buffer.from('<html>') }],
    ['/moved.png', { status: 302, headers: { location: '/house.png' } }],
    ['/round.png', { status: 302, headers: { location: '/round.png' } }],
  ]);
  server = createServer((request, answer) => {
    asked.push(request.url ?? '');
    const found = files.get(request.url ?? '');
    answer.writeHead(found ? (found.status ?? 200) : 404, found?.headers ?? {}).end(found?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await site[Symbol.asyncDispose]();
});

const ask = async (path: string, method: string, json?: unknown, key = 'all') => {
  const answer = await site.call(path, { method, key, ...(json === undefined ? {} : { json }) });
  return { ...answer, body: answer.body as Body };
};
/** The house itself has what the door links. */
const read = (url: unknown) => site.lab.call(String(url).replace('http://portico.test', ''));

test('a photo is copied from its address, shown from here, and echoed without a change', async () => {
  asked = [];
  const made = await ask('/agents', 'POST', {
    first_name: 'Pia',
    last_name: 'Photo',
    email: 'pia@example.com',
    photo_url: `${base}/moved.png`,
  });
  equal(made.status, 201, made.text);
  deepEqual(asked, ['/moved.png', '/house.png']);
  const { id, photo_url: url } = made.body.data;
  match(String(url), PICTURE);
  const shown = await read(url);
  deepEqual([shown.status, shown.headers.get('content-type')], [200, 'image/jpeg']);
  const echo = await ask(`/agents/${id}`, 'PATCH', { photo_url: url, title: 'Agent' });
  equal(echo.body.data.photo_url, url);
  deepEqual(asked, ['/moved.png', '/house.png']);

  const other = await ask(`/agents/${id}`, 'PATCH', { photo_url: `${base}/barn.png` });
  match(String(other.body.data.photo_url), PICTURE);
  ok(other.body.data.photo_url !== url);
  equal((await read(url)).status, 404, 'what was replaced is gone');
  const cleared = await ask(`/agents/${id}`, 'PATCH', { photo_url: null });
  equal(cleared.body.data.photo_url, null);
  equal((await read(other.body.data.photo_url)).status, 404);
});

test('a file may stand in the body', async () => {
  const data = (await pictureBytes('study-warm')).toString('base64');
  for (const path of ['/offices', '/teams']) {
    const made = await ask(path, 'POST', { name: 'Pictured', photo_url: { filename: 'a.png', content_type: 'text/html', data } });
    equal(made.status, 201, made.text);
    equal((await read(made.body.data.photo_url)).headers.get('content-type'), 'image/jpeg');
    const url = made.body.data.photo_url;
    equal((await ask(`${path}/${made.body.data.id}`, 'DELETE')).status, 200);
    equal((await read(url)).status, 404);
  }
});

test('what is no picture, not there or not to be had is refused, and nothing is written', async () => {
  const before = await ask('/offices/12', 'GET');
  const bad: unknown[] = [
    `${base}/page.png`,
    `${base}/none.png`,
    `${base}/round.png`,
    'http://127.0.0.1:1/x.png',
    'ftp://example.com/x.png',
    { filename: 'a.png', data: '%%%' },
    { filename: 'a.png', data: PDF.toString('base64') },
    { filename: 'a.png' },
    `http://portico.test/media/${'0'.repeat(32)}/1280.jpg`,
  ];
  for (const photo_url of bad) {
    const { status, body } = await ask('/offices/12', 'PATCH', { photo_url, fax: '99' });
    deepEqual([status, body.errors], [422, ['Photo url is invalid']], JSON.stringify(photo_url));
  }
  equal((await ask('/offices/12', 'GET')).headers.get('etag'), before.headers.get('etag'));
});

test('parts of a development: plans, sheets under their names, pictures with a small form; they go with it', async () => {
  const { body } = await ask('/developments', 'POST', { name: 'Filed Lofts' });
  const at = `/developments/${body.data.id}`;
  const plan = await ask(`${at}/floor_plans`, 'POST', {
    name: 'A',
    image_url: `${base}/house.png`,
    file_url: `${base}/plans%20(1).pdf`,
  });
  equal(plan.status, 201, plan.text);
  match(String(plan.body.data.image_url), PICTURE);
  match(String(plan.body.data.file_url), /^http:\/\/portico\.test\/media\/files\/[0-9a-f]{32}\/plans%20\(1\)\.pdf$/);
  const file = await read(plan.body.data.file_url);
  deepEqual(
    [file.status, file.headers.get('content-type'), file.headers.get('x-content-type-options'), file.text],
    [200, 'application/pdf', 'nosniff', PDF.toString()],
  );
  match(String(file.headers.get('content-disposition')), /^attachment; filename="plans \(1\)\.pdf"/);
  const sheet = await ask(`${at}/listing_sheets`, 'POST', {
    title: 'S',
    file_url: { filename: '../x/é.pdf', data: PDF.toString('base64') },
  });
  equal(sheet.status, 201, sheet.text);
  const named = await read(sheet.body.data.file_url);
  match(
    String(named.headers.get('content-disposition')),
    /^attachment; filename="\.\._x__\.pdf"; filename\*=UTF-8''\.\._x_%C3%A9\.pdf/,
  );
  const odd = await ask(`${at}/listing_sheets`, 'POST', {
    title: 'Odd',
    file_url: `${base}/a%00b%2Fc${'%F0%9F%8F%A0'.repeat(150)}.pdf`,
  });
  equal(odd.status, 201, odd.text);
  match(String((await read(odd.body.data.file_url)).headers.get('content-disposition')), /filename="a_b_c_/);
  const picture = await ask(`${at}/pictures`, 'POST', { url: plan.body.data.image_url });
  equal(picture.status, 201, picture.text);
  equal((await read(picture.body.data.thumbnail_url)).status, 200);
  const missing = await ask(`${at}/pictures`, 'POST', { caption: 'none' });
  deepEqual([missing.status, missing.body.errors], [422, ["Url can't be blank"]]);
  equal((await ask(at, 'DELETE')).status, 200);
  for (const url of [plan.body.data.file_url, sheet.body.data.file_url, picture.body.data.url])
    equal((await read(url)).status, 404);
});

test('a file of another brokerage is none', async () => {
  const made = await ask('/offices', 'POST', { name: 'Ours', photo_url: `${base}/house.png` });
  const theirs = await ask('/offices', 'POST', { name: 'Theirs', photo_url: made.body.data.photo_url }, 'demo');
  deepEqual([theirs.status, theirs.body.errors], [422, ['Photo url is invalid']]);
});

test("a listing's pictures are written whole; one that stays keeps its row; other doors show them", async () => {
  const made = await ask('/sales_exclusives', 'POST', {
    price: 1,
    street_name: 'Photo St',
    pictures: [
      { url: `${base}/barn.png`, caption: 'Barn', position: 2 },
      { url: `${base}/house.png`, position: 1 },
    ],
    video_url: 'https://video.example/1',
    virtual_tour_url: 'https://tour.example/1',
  });
  equal(made.status, 201, made.text);
  const { id, pictures } = made.body.data as {
    id: number;
    pictures: { url: string; caption: string | null; position: number }[];
  };
  deepEqual(
    pictures.map(({ caption, position }) => [caption, position]),
    [
      [null, 1],
      ['Barn', 2],
    ],
  );
  deepEqual([made.body.data.video_url, made.body.data.virtual_tour_url], ['https://video.example/1', 'https://tour.example/1']);
  const [first, second] = pictures.map(({ url }) => url);
  asked = [];
  const changed = await ask(`/sales_exclusives/${id}`, 'PATCH', {
    pictures: [{ url: second, caption: 'The barn' }, first],
    video_url: null,
  });
  equal(changed.status, 200, changed.text);
  deepEqual(changed.body.data.pictures, [
    { url: second, caption: 'The barn', position: 1 },
    { url: first, caption: null, position: 2 },
  ]);
  deepEqual([asked, changed.body.data.video_url, changed.body.data.virtual_tour_url], [[], null, 'https://tour.example/1']);
  const bad = await ask(`/sales_exclusives/${id}`, 'PATCH', { pictures: [first, `${base}/none.png`] });
  deepEqual([bad.status, bad.body.errors], [422, ['Pictures is invalid']]);
  const [{ reso_key: key } = { reso_key: '' }] = await site.lab.rows<{ reso_key: string }>(
    'select reso_key from property where id = $1',
    [id],
  );
  const spark = await site.lab.spark(`/listings/${key}/photos`);
  const { Results } = (spark.body as { D: { Results: { Caption: string; Uri300: string }[] } }).D;
  deepEqual(
    Results.map(({ Caption }) => Caption),
    ['The barn', Results[1]?.Caption],
  );
  const fewer = await ask(`/sales_exclusives/${id}`, 'PATCH', { pictures: [second] });
  equal((fewer.body.data.pictures as unknown[]).length, 1);
  equal((await read(first)).status, 404);
  equal((await read(second)).status, 200);
});

test('files of a form are kept, and only the types that it takes', async () => {
  const field = (name: string, validations: Model) => ({ name, label: name, kind: 'file_field', validations });
  const { body } = await ask('/dynamic_forms', 'POST', {
    name: 'Apply',
    form_fields: [field('letter', { required: true }), field('plan', { mime_types: ['image/png'] })],
  });
  const path = `/dynamic_forms/${body.data.id}/form_submissions`;
  const letter = { filename: 'letter.pdf', content_type: 'image/png', data: PDF.toString('base64') };
  const bad = await ask(path, 'POST', { data: { letter: `${base}/page.png`, plan: letter } });
  deepEqual([bad.status, bad.body.errors], [422, ['letter is an invalid file type', 'plan is an invalid file type']]);
  deepEqual((await ask(path, 'POST', { data: {} })).body.errors, ['letter cannot be blank.']);
  const made = await ask(path, 'POST', { data: { letter, plan: `${base}/house.png` } });
  equal(made.status, 201, made.text);
  const data = made.body.data.data as Record<string, string>;
  match(String(data.letter), /^http:\/\/portico\.test\/media\/files\/[0-9a-f]{32}\/letter\.pdf$/);
  deepEqual(
    (made.body.data.answers as Model[]).map(({ value }) => value),
    [data.letter, data.plan],
  );
  equal((await read(data.letter)).text, PDF.toString());
  equal((await ask(`/dynamic_forms/${body.data.id}`, 'DELETE')).status, 200);
  equal((await read(data.letter)).status, 404);
});

test("a person's photo is the same at Reapit's and Spark's doors", async () => {
  const { body } = await ask('/agents/3', 'PATCH', { photo_url: `${base}/house.png` });
  const key = /media\/(\w+)\//.exec(String(body.data.photo_url))?.[1];
  const reapit = await site.lab.reapit('/negotiators/JAS');
  match((reapit.body as { profileImageUrl: string }).profileImageUrl, new RegExp(`/media/${key}/large\\.jpg$`));
  const spark = await site.lab.spark('/accounts/20090914083000000000000000');
  const [account] = (spark.body as { D: { Results: { Images: Model[] }[] } }).D.Results;
  match(String(account?.Images[0]?.Uri), new RegExp(`/media/${key}/300\\.jpg$`));
});
