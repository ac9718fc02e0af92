import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { type Json, type Voices, voicesOf } from './one-record/voices.ts';
import { castAll } from './strangers.ts';

/** The loop that is linked to the hot-tub listing, and a folder of its own. */
const LOOP = '/profile/42/loop/34308';
const FOLDER = 423424;
const PROPERTY = { code: 'OXF190347', listing: '20100815153524571646000000' };
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgME4DAADMAJrvqN0AAAAAAElFTkSuQmCC';

let lab: Lab;
let dotloop: Voices['dotloop'];
let reapit: Voices['reapit'];
let site: Voices['site'];
let spark: Voices['spark'];
let ahead = 0;
before(async () => {
  lab = await openLab({ clock: { now: () => new Date(Date.now() + ahead) } });
  ({ dotloop, reapit, site, spark } = voicesOf(await castAll(lab)));
});
after(() => lab[Symbol.asyncDispose]());

/** Doors show whole seconds. */
const later = () => {
  ahead += 2000;
};
const named = (rows: readonly Json[], name: string, member = 'name') => rows.filter((row) => row[member] === name);
const embedded = async (path: string) => (await reapit('GET', path))._embedded as Json[];

/** What each door that has documents shows of those about the listing: dotloop by folder. */
const shown = async () => ({
  folders: await dotloop<readonly { id: number; name: string; updated: string; documents: Json[] }[]>(
    'GET',
    `${LOOP}/folder?include_documents=true`,
  ),
  reapit: await embedded(`/documents?associatedType=property&associatedId=${PROPERTY.code}&pageSize=100`),
  spark: await spark('GET', `/listings/${PROPERTY.listing}/documents`),
});
/** In how many places each door has a document of this name. */
const seen = async (name: string) => {
  const all = await shown();
  return {
    dotloop: all.folders.flatMap((folder) => named(folder.documents, name).map(() => folder.name)),
    reapit: named(all.reapit, name).length,
    spark: named(all.spark, name, 'Name').length,
  };
};
const NOWHERE = { dotloop: [], reapit: 0, spark: 0 };

async function upload(folder: number, name: string): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([`%PDF-1.4\n% ${name}\n%%EOF\n`]), name);
  const made = await lab.dotloop(`${LOOP}/folder/${folder}/document/`, { method: 'POST', body: form });
  equal(made.status, 201, made.text);
  const [document] = named((await shown()).reapit, name);
  ok(document, `${name} at Reapit`);
  return `/documents/${document.id}`;
}

test("a document of a loop is one of the loop's property: renamed and deleted at Reapit, it is so at dotloop and Spark", async () => {
  const path = await upload(FOLDER, 'of the loop.pdf');
  deepEqual(await seen('of the loop.pdf'), { dotloop: ['Disclosures'], reapit: 1, spark: 1 });
  const updated = async () => (await shown()).folders.find(({ id }) => id === FOLDER)?.updated;
  const [before, tag] = [await updated(), (await reapit('GET', path))._eTag];
  later();
  await reapit('PATCH', path, { name: 'renamed.pdf' });
  deepEqual(
    [await seen('of the loop.pdf'), await seen('renamed.pdf')],
    [NOWHERE, { dotloop: ['Disclosures'], reapit: 1, spark: 1 }],
  );
  notEqual((await reapit('GET', path))._eTag, tag);
  notEqual(await updated(), before);
  await reapit('DELETE', path);
  deepEqual(await seen('renamed.pdf'), NOWHERE);
});

test('a document posted to a property is in the folder of its loops and at Spark, while it is not private', async () => {
  const { id } = await reapit('POST', '/documents', {
    associatedType: 'property',
    associatedId: PROPERTY.code,
    typeId: 'DET',
    name: 'of the property.pdf',
    fileData: `data:application/pdf;base64,${btoa('%PDF-1.4\n%%EOF\n')}`,
  });
  const open = { dotloop: ['Property documents'], reapit: 1, spark: 1 };
  deepEqual(await seen('of the property.pdf'), open);
  const folder = (await shown()).folders.find(({ name }) => name === 'Property documents');
  ok(folder);
  await reapit('PATCH', `/documents/${id}`, { isPrivate: true });
  deepEqual(await seen('of the property.pdf'), { ...NOWHERE, reapit: 1 });
  await reapit('PATCH', `/documents/${id}`, { isPrivate: false });
  deepEqual(await seen('of the property.pdf'), open);
  await reapit('DELETE', `/documents/${id}`);
  deepEqual(await seen('of the property.pdf'), NOWHERE);
  await upload(folder.id, 'into the folder.pdf');
  deepEqual(await seen('into the folder.pdf'), { dotloop: ['Property documents'], reapit: 1, spark: 1 });
});

/** A sales exclusive, and its names at the doors. */
async function makeExclusive(more: Json) {
  const { id } = await site('POST', '/sales_exclusives', { price: 400000, street_name: 'Photo St', agent_id: 1, ...more });
  const [row] = await lab.rows<{ code: string; reso_key: string }>(
    'select code, reso_key from property where org_id = 1 and id = $1',
    [id],
  );
  ok(row);
  return {
    site: `/sales_exclusives/${id}`,
    reapit: `/properties/${row.code}`,
    spark: `/listings/${row.reso_key}`,
    code: row.code,
  };
}

test('photos: made, told, ordered and removed at one door, at every door', async () => {
  const at = await makeExclusive({ pictures: [{ url: { filename: 'a.png', data: PNG }, caption: 'Hall' }] });
  const captions = async () => ({
    site: ((await site('GET', at.site)).pictures as Json[]).map(({ caption }) => caption),
    reapit: (await embedded(`/propertyImages?propertyId=${at.code}`))
      .toSorted((a, b) => Number(a.order) - Number(b.order))
      .map(({ caption }) => caption),
    spark: (await spark('GET', `${at.spark}/photos`)).map(({ Caption }) => Caption),
  });
  const all = (...names: string[]) => ({ site: names, reapit: names, spark: names });
  const stamps = async () => {
    const [row] = await spark('GET', at.spark);
    ok(row);
    return [(await reapit('GET', at.reapit))._eTag, (row.StandardFields as Json).ModificationTimestamp];
  };
  deepEqual(await captions(), all('Hall'));
  const [tag, stamp] = await stamps();
  later();
  const [first] = await embedded(`/propertyImages?propertyId=${at.code}`);
  await reapit('PATCH', `/propertyImages/${first?.id}`, { caption: 'The hall' });
  deepEqual(await captions(), all('The hall'));
  const data = `data:image/png;base64,${PNG}`;
  const { id } = await reapit('POST', '/propertyImages', { propertyId: at.code, caption: 'Yard', type: 'photograph', data });
  deepEqual(await captions(), all('The hall', 'Yard'));
  await reapit('POST', '/propertyImages/reindex', { propertyId: at.code, imageOrder: [id, first?.id] });
  deepEqual(await captions(), all('Yard', 'The hall'));
  const [tagNow, stampNow] = await stamps();
  // Writing a part never moves the property's tag; Spark calls it a change of the listing (domain-property §1.1, §3.3).
  deepEqual([tagNow, stampNow === stamp], [tag, false]);
  const { pictures } = await site<{ pictures: Json[] }>('GET', at.site);
  await site('PATCH', at.site, { pictures: pictures.slice(1) });
  deepEqual(await captions(), all('The hall'));
  await reapit('DELETE', `/propertyImages/${first?.id}`);
  deepEqual(await captions(), all());
});

test('a video and a tour are one at the site, at Reapit and at Spark', async () => {
  const at = await makeExclusive({ video_url: 'https://video.example/1', virtual_tour_url: 'https://tour.example/1' });
  const said = async () => ({
    site: (await site('GET', at.site)).video_url,
    reapit: (await reapit('GET', at.reapit)).videoUrl,
    spark: /https:[^"]+/.exec(String((await spark('GET', `${at.spark}/videos`))[0]?.ObjectHtml))?.[0] ?? null,
    tour: (await spark('GET', `${at.spark}/virtualtours`)).map(({ Uri }) => Uri)[0] ?? null,
  });
  const all = (video: string | null, tour: string | null) => ({ site: video, reapit: video, spark: video, tour });
  deepEqual(await said(), all('https://video.example/1', 'https://tour.example/1'));
  await reapit('PATCH', at.reapit, { videoUrl: 'https://video.example/2' });
  deepEqual(await said(), all('https://video.example/2', 'https://tour.example/1'));
  await site('PATCH', at.site, { video_url: null, virtual_tour_url: null });
  deepEqual(await said(), all(null, null));
});

test('an open house of the site is one of the listing', async () => {
  const times = { starts_at: '2031-05-03T17:00:00.000Z', ends_at: '2031-05-03T19:00:00.000Z' };
  const at = await makeExclusive({ open_houses: [times] });
  const said = async () =>
    (await spark('GET', `${at.spark}/openhouses`)).map((house) => [house.Date, house.StartTime, house.EndTime]);
  deepEqual(await said(), [['05/03/2031', '01:00 PM', '03:00 PM']]);
  await site('PATCH', at.site, { open_houses: [{ ...times, ends_at: '2031-05-03T18:00:00.000Z' }] });
  deepEqual(await said(), [['05/03/2031', '01:00 PM', '02:00 PM']]);
  await site('PATCH', at.site, { open_houses: [] });
  deepEqual(await said(), []);
});
