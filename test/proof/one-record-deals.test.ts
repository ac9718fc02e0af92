import { deepEqual, equal, ok } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { type Json, type Voices, voicesOf } from './one-record/voices.ts';
import { castAll } from './strangers.ts';

let lab: Lab;
let dotloop: Voices['dotloop'];
let reapit: Voices['reapit'];
let site: Voices['site'];
let spark: Voices['spark'];
before(async () => {
  lab = await openLab();
  ({ dotloop, reapit, site, spark } = voicesOf(await castAll(lab)));
});
after(() => lab[Symbol.asyncDispose]());

const loopIt = (more: Json) =>
  dotloop<{ id: number }>('POST', '/loop-it?profile_id=42', {
    name: 'Proof',
    transactionType: 'PURCHASE_OFFER',
    status: 'PRE_OFFER',
    ...more,
  });

test('a loop takes a listing over once: neither moves the other afterwards', async () => {
  const { id } = await site('POST', '/sales_exclusives', {
    price: 400000,
    street_number: '5',
    street_name: 'Elm St',
    agent_id: 1,
  });
  const [row] = await lab.rows<{ code: string; reso_key: string; listing_number: string }>(
    'select code, reso_key, listing_number from property where org_id = 1 and id = $1',
    [id],
  );
  ok(row);
  const loop = await loopIt({ mlsPropertyId: row.listing_number, mlsId: '789' });
  const path = `/profile/42/loop/${loop.id}`;
  const details = () => dotloop<Readonly<Record<string, Json>>>('GET', `${path}/detail`);
  const price = async () => (await details())['Listing Information']?.['Current Price'];
  const listed = async () => {
    const [listing] = await spark('GET', `/listings/${row.reso_key}`);
    ok(listing);
    return {
      site: (await site('GET', `/sales_exclusives/${id}`)).price,
      reapit: ((await reapit('GET', `/properties/${row.code}`)).selling as Json).price,
      spark: (listing.StandardFields as Json).ListPrice,
    };
  };
  const all = (value: number) => ({ site: value, reapit: value, spark: value });
  deepEqual([await price(), await listed()], ['400,000', all(400000)]);
  const { updated } = await dotloop('GET', path);

  await spark('PUT', `/flexmls/listings/${row.reso_key}`, { ListPrice: 390000 });
  await reapit('PATCH', `/properties/${row.code}`, { selling: { status: 'underOffer' } });
  deepEqual([await price(), await listed()], ['400,000', all(390000)]);
  const { status, updated: then } = await dotloop('GET', path);
  deepEqual([status, then], ['PRE_OFFER', updated]);

  const tag = (await reapit('GET', `/properties/${row.code}`))._eTag;
  await dotloop('PATCH', `${path}/detail`, { 'Listing Information': { 'Current Price': 'about $385k' } });
  await dotloop('PATCH', path, { status: 'UNDER_CONTRACT' });
  deepEqual([await price(), await listed()], ['about $385k', all(390000)]);
  const property = await reapit('GET', `/properties/${row.code}`);
  deepEqual([property._eTag, (property.selling as Json).status], [tag, 'underOffer']);
});

test('whoever takes part in a loop-it is a contact at every door, whose text and the loop’s go their own ways', async () => {
  const email = 'bea.buyer@example.com';
  const loop = await loopIt({ participants: [{ fullName: 'Bea Buyer', email, role: 'BUYER' }] });
  const path = `/profile/42/loop/${loop.id}/participant`;
  const names = async () => {
    const [lead] = await site<readonly Json[]>('GET', `/leads?email=${email}`);
    const [contact] = (await reapit('GET', `/contacts?email=${email}`))._embedded as Json[];
    const [row] = await spark('GET', `/contacts?_filter=${encodeURIComponent(`PrimaryEmail Eq '${email}'`)}`);
    const [participant] = await dotloop<readonly Json[]>('GET', path);
    return {
      lead: [lead?.first_name, lead?.last_name],
      contact: [contact?.forename, contact?.surname],
      spark: [row?.GivenName, row?.FamilyName],
      participant: participant?.fullName,
      ids: { participant: participant?.id, lead: lead?.id },
    };
  };
  const { ids, ...first } = await names();
  deepEqual(first, { lead: ['Bea', 'Buyer'], contact: ['Bea', 'Buyer'], spark: ['Bea', 'Buyer'], participant: 'Bea Buyer' });
  await dotloop('PATCH', `${path}/${ids.participant}`, { fullName: 'Beatrice B. Buyer' });
  await site('PATCH', `/leads/${ids.lead}`, { last_name: 'Bayer' });
  const { ids: _, ...second } = await names();
  deepEqual(second, {
    lead: ['Bea', 'Bayer'],
    contact: ['Bea', 'Bayer'],
    spark: ['Bea', 'Bayer'],
    participant: 'Beatrice B. Buyer',
  });
});

test("a line of a loop's checklist that somebody has is a task at Reapit and at the site", async () => {
  const [line] = await lab.rows<{ id: number; code: string; deal_id: number; list_id: number }>(
    `select id, code, deal_id, list_id from task
     where org_id = 1 and list_id = 1234 and completed_at is null and deleted_at is null order by id limit 1`,
  );
  ok(line);
  const path = `/profile/42/loop/${line.deal_id}/tasklist/${line.list_id}/task/${line.id}`;
  const state = async () => ({
    dotloop: (await dotloop('GET', path)).completed,
    reapit: (await reapit('GET', `/tasks/${line.code}`)).completed !== null,
    site: (await site('GET', `/tasks/${line.id}`)).completed,
  });
  for (const ask of [lab.reapit(`/tasks/${line.code}`), lab.propertybase(`/tasks/${line.id}`)]) equal((await ask).status, 404);
  // What Portico's own pages will do: no vendor's API gives a line to somebody.
  await lab.rows(
    `update task set assignee_kind = 'member', assignee_id = 3, assignee_office_id = 11 where org_id = 1 and id = $1`,
    [line.id],
  );
  const counts = async () => (await dotloop('GET', `/profile/42/loop/${line.deal_id}`)).completedTaskCount;
  const before = Number(await counts());
  deepEqual(await state(), { dotloop: false, reapit: false, site: false });
  await site('PATCH', `/tasks/${line.id}`, { completed: true });
  deepEqual([await state(), await counts()], [{ dotloop: true, reapit: true, site: true }, before + 1]);
  await reapit('PATCH', `/tasks/${line.code}`, { completed: null });
  deepEqual([await state(), await counts()], [{ dotloop: false, reapit: false, site: false }, before]);
});
