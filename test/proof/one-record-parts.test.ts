import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { type Json, type Voices, voicesOf } from './one-record/voices.ts';
import { type Cast, castAll, type DoorName } from './strangers.ts';

/** John Smith, the hot-tub listing, and the agent's. */
const LEAD = 3603863;
const CONTACT = '20100912536192756362000000';
const PROPERTY = 7002;

let lab: Lab;
let casts: ReadonlyMap<DoorName, Cast>;
let reapit: Voices['reapit'];
let site: Voices['site'];
let spark: Voices['spark'];
let listing: string;
before(async () => {
  lab = await openLab();
  casts = await castAll(lab);
  ({ reapit, site, spark } = voicesOf(casts));
  const [row] = await lab.rows<{ reso_key: string }>('select reso_key from property where org_id = 1 and id = $1', [PROPERTY]);
  listing = row?.reso_key ?? '';
});
after(() => lab[Symbol.asyncDispose]());

test('a favourite of the site is in the Favorites of Spark, and the other way', async () => {
  const cart = async () => {
    const [found] = (await spark('GET', `/contacts/${CONTACT}/listingcarts`)).filter(
      ({ PortalCartType }) => PortalCartType === 'Favorites',
    );
    ok(found, 'no Favorites');
    return { key: String(found.Id), has: (found.ListingIds as string[]).includes(listing) };
  };
  const favourites = async () => {
    const rows = (await site('GET', `/leads/${LEAD}/favorite_properties?per_page=100`)) as { id: number; property_id: number }[];
    return rows.filter(({ property_id }) => property_id === PROPERTY);
  };
  deepEqual([(await cart()).has, (await favourites()).length], [false, 0]);
  const made = (await site('POST', '/favorite_properties', { lead_id: LEAD, property_id: PROPERTY })) as { id: number };
  equal((await cart()).has, true);
  await spark('DELETE', `/listingcarts/${(await cart()).key}/listings/${listing}`);
  deepEqual([(await cart()).has, await favourites()], [false, []]);
  equal((await casts.get('propertybase')?.owner('GET', `/favorite_properties/${made.id}`))?.status, 404);
  await spark('POST', `/listingcarts/${(await cart()).key}`, { ListingIds: [listing] });
  const [back] = await favourites();
  ok(back);
  await site('DELETE', `/favorite_properties/${back.id}`);
  equal((await cart()).has, false);
});

test('a search kept for a lead at the site is one of the contact at Spark, and the other way', async () => {
  const names = async () =>
    (await spark('GET', `/contacts/${CONTACT}/savedsearches?_limit=25`)).map(({ Name, Filter }) => [Name, Filter]);
  const made = (await site('POST', '/saved_searches', {
    lead_id: LEAD,
    search_attributes: { max_price: 712345, name: 'Of the site' },
  })) as { id: number };
  const [mine] = (await names()).filter(([name]) => name === 'Of the site');
  ok(String(mine?.[1]).includes('712345'), JSON.stringify(await names()));
  await site('PATCH', `/saved_searches/${made.id}`, { search_attributes: { max_price: 698765, name: 'Of the site' } });
  const [changed] = (await names()).filter(([name]) => name === 'Of the site');
  ok(String(changed?.[1]).includes('698765'), JSON.stringify(changed));
  await site('DELETE', `/saved_searches/${made.id}`);
  equal((await names()).filter(([name]) => name === 'Of the site').length, 0);

  const [own] = await spark('POST', '/savedsearches', { SavedSearches: [{ Name: 'Of Spark', Filter: 'ListPrice Le 654321' }] });
  await spark('PUT', `/savedsearches/${own?.Id}/contacts/${CONTACT}`);
  const searches = async () =>
    ((await site('GET', `/leads/${LEAD}/saved_searches?per_page=100`)) as { search_attributes: Json }[]).map(
      ({ search_attributes: { name, max_price } }) => [name, max_price],
    );
  deepEqual(
    (await searches()).filter(([name]) => name === 'Of Spark'),
    [['Of Spark', 654321]],
  );
  await spark('DELETE', `/savedsearches/${own?.Id}`);
  equal((await searches()).filter(([name]) => name === 'Of Spark').length, 0);
});

test('a note that agent and contact share at Spark is read at the site, which does not change it', async () => {
  const path = `/listings/${listing}/shared/notes/contacts/${CONTACT}`;
  const notes = async () =>
    (
      (await site('GET', `/leads/${LEAD}/property_notes?per_page=100`)) as { id: number; note: string; property_id: number }[]
    ).filter(({ property_id }) => property_id === PROPERTY);
  await spark('PUT', path, { Note: 'Between the two of us' });
  const [shown] = await notes();
  equal(shown?.note, 'Between the two of us');
  await spark('PUT', path, { Note: 'Between us' });
  equal((await notes())[0]?.note, 'Between us');
  equal((await casts.get('propertybase')?.owner('PATCH', `/property_notes/${shown?.id}`, { note: 'Mine' }))?.status, 422);
  deepEqual(
    (await spark('GET', path)).map(({ Note }) => Note),
    ['Between us'],
  );
  await spark('DELETE', path);
  deepEqual(await notes(), []);
  // What an agent keeps to itself is nobody else's.
  await spark('PUT', `/listings/${listing}/my/notes`, { Note: 'For me alone' });
  deepEqual(await notes(), []);
});

test('where a contact came from is one source at Reapit and at the site', async () => {
  const fair = { name: 'Proof Fair', type: 'source', officeIds: ['OXF'], departmentIds: ['G'] };
  const { id: source } = await reapit('POST', '/sources', fair);
  const lead = await site('POST', '/leads', { email: 'fair@example.com', referral_source: 'proof fair', no_followup_task: true });
  const [row] = await lab.rows<{ code: string }>('select code from contact where org_id = 1 and id = $1', [lead.id]);
  const contact = `/contacts/${row?.code}`;
  const said = async () => [(await site('GET', `/leads/${lead.id}`)).referral_source, (await reapit('GET', contact)).source];
  deepEqual(await said(), ['proof fair', { id: source, type: 'source' }]);
  await reapit('PATCH', contact, { source: { id: 'ADV', type: 'source' } });
  deepEqual(await said(), [(await reapit('GET', '/sources/ADV')).name, { id: 'ADV', type: 'source' }]);
  await site('PATCH', `/leads/${lead.id}`, { referral_source: null });
  deepEqual(await said(), [null, null]);
  await reapit('PATCH', contact, { source: { id: 'OXF', type: 'office' } });
  deepEqual(await said(), [null, { id: 'OXF', type: 'office' }]);
  await site('PATCH', `/leads/${lead.id}`, { referral_source: 'a friend of mine' });
  deepEqual(await said(), ['a friend of mine', null]);
  await reapit('PATCH', contact, { title: 'Ms' });
  deepEqual(await said(), ['a friend of mine', null]);
});

test('a password given at the site opens the portal account that Spark shows', async () => {
  const email = 'portal.proof@example.com';
  const lead = await site('POST', '/leads', { email, agent_id: 1, password: 'a long password', no_followup_task: true });
  const [row] = await lab.rows<{ reso_key: string }>('select reso_key from contact where org_id = 1 and id = $1', [lead.id]);
  const account = async () => (await spark('GET', `/contacts/${row?.reso_key}/portal`))[0];
  deepEqual([(await account())?.LoginName, (await account())?.Enabled], [email, true]);
  await spark('PUT', `/contacts/${row?.reso_key}/portal`, { Enabled: false });
  equal((await account())?.Enabled, false);
});

test('an agent who is put out of work at one door is so at every door', async () => {
  const agent = await site('POST', '/agents', { first_name: 'Ida', last_name: 'Idle', email: 'ida@example.com', office_id: 11 });
  const [row] = await lab.rows<{ code: string; reso_key: string }>(
    'select code, reso_key from member where org_id = 1 and id = $1',
    [agent.id],
  );
  const at = { site: `/agents/${agent.id}`, reapit: `/negotiators/${row?.code}` };
  const state = async () => ({
    site: (await site('GET', at.site)).active,
    reapit: (await reapit('GET', at.reapit)).active,
    spark: (await lab.spark(`/accounts/${row?.reso_key}`)).status === 200,
  });
  deepEqual(await state(), { site: true, reapit: true, spark: true });
  await site('PUT', `${at.site}/deactivate`);
  deepEqual(await state(), { site: false, reapit: false, spark: false });
  await reapit('PATCH', at.reapit, { active: true });
  deepEqual(await state(), { site: true, reapit: true, spark: true });
});
