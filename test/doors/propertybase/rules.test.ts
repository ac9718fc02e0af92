import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemActor } from '../../../src/access/actor.ts';
import { ALL_RIGHTS, openSite, type SiteHouse } from './house.ts';

type Model = Record<string, unknown>;
type Body = { status: string; message: string; data: Model; errors: string[] };

let site: SiteHouse;
before(async () => {
  site = await openSite();
});
after(() => site[Symbol.asyncDispose]());
const ask = async (path: string, method: string, json?: unknown, key = 'all') => {
  const answer = await site.call(path, { method, key, ...(json === undefined ? {} : { json }) });
  return { ...answer, body: answer.body as Body };
};

test('a whole list that is cut off links the page in which the rest begins', async () => {
  const { identity } = site.lab.house.stores.domain;
  await identity.createSiteKey({ orgId: 1, name: 'Wide', permissions: ALL_RIGHTS, perPage: 250, key: 'wide' });
  const ids = (body: Body) => (body.data as unknown as { id: number }[]).map(({ id }) => id);
  const whole = ids((await ask('/leads', 'GET')).body);
  const cut = await ask('/leads', 'GET', undefined, 'wide');
  deepEqual(
    [ids(cut.body).length, cut.headers.get('x-per-page'), cut.headers.get('x-total')],
    [250, '250', String(whole.length)],
  );
  let [link = ''] = /<[^>]*\/api\/v2([^>]*)>; rel="next"/.exec(cut.headers.get('link') ?? '')?.slice(1) ?? [];
  match(link, /page=2&per_page=200/);
  const seen = new Set(ids(cut.body));
  for (; link; ) {
    const page = await ask(link, 'GET', undefined, 'wide');
    for (const id of ids(page.body)) seen.add(id);
    link = /<[^>]*\/api\/v2([^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? '';
  }
  deepEqual([...seen], whole);
});

test('a walk by cursor comes by every row once and knows how many there are', async () => {
  const idsOf = (body: Body) => (body.data as unknown as { id: number }[]).map(({ id }) => id);
  const whole = idsOf((await ask('/leads', 'GET')).body);
  const seen: number[] = [];
  const linked: (string | undefined)[] = [];
  const told: string[] = [];
  for (let path: string | undefined = '/leads?cursor=*&per_page=200&meta=true'; path; ) {
    const page = await ask(path, 'GET');
    seen.push(...idsOf(page.body));
    told.push(`${page.headers.get('x-total')} ${(page.body as unknown as { pagination: Model }).pagination.total_entries}`);
    const link = page.headers.get('link') ?? '';
    match(link, /^<\/propertybase\/api\/v2\/leads\?cursor=\*&per_page=200&meta=true>; rel="first"/);
    path = /<[^>]*\/api\/v2([^>]*)>; rel="next"/.exec(link)?.[1];
    linked.push(new URLSearchParams(path?.split('?')[1]).get('cursor') ?? undefined);
    equal(page.headers.get('x-next-cursor') ?? undefined, linked.at(-1));
  }
  deepEqual(seen, whole);
  deepEqual(new Set(told), new Set([`${whole.length} ${whole.length}`]));
  const bad = await ask('/leads?cursor=further', 'GET');
  deepEqual([bad.status, bad.body.errors], [400, ['cursor is invalid']]);
});

test('a lead has a status of the list, in its spelling', async () => {
  const made = await ask('/leads', 'POST', { email: 'status@example.com', status: 'under contract' });
  equal(made.body.data.status, 'Under Contract', made.text);
  const bad = await ask(`/leads/${made.body.data.id}`, 'PATCH', { status: 'Sleeping' });
  deepEqual([bad.status, bad.body.errors], [422, ['Status is not included in the list']]);
});

test('fields that the site keeps for itself do not undo each other', async () => {
  const { body } = await ask('/leads', 'POST', { email: 'kept@example.com', signup_fields: { timeline: 'Now' } });
  const path = `/leads/${body.data.id}`;
  await ask(path, 'PATCH', { price_range: 'Low', rating: 'A', search_term: 'lofts', category: 'c' });
  const changed = await ask(path, 'PATCH', { signup_fields: { where_heard: 'Sign' }, rating: 'B', search_term: 'barns' });
  const { signup_fields, rating, search_term } = changed.body.data;
  deepEqual(
    [signup_fields, rating, search_term],
    [{ price_range: 'Low', contact_method: null, timeline: 'Now', where_heard: 'Sign' }, 'B', 'barns'],
  );
  const bad = await ask(path, 'PATCH', { signup_fields: { timeline: { a: 1 } } });
  deepEqual([bad.status, bad.body.errors], [422, ['Signup fields is invalid']]);
});

test("an agent's rules have values of their kinds, and decide who gets an inquiry's lead", async () => {
  for (const rule of [{ enabled: 'often' }, { min_price: 'low' }, { locations: [7], other: 1 }, 'all', ['a']]) {
    const bad = await ask('/agents/3', 'PATCH', { advanced_lead_distribution: { sales: rule } });
    deepEqual([bad.status, bad.body.errors], [422, ['Advanced lead distribution is invalid']], JSON.stringify(rule));
  }
  const rules = (sales: Model) => ({ in_auto_assignment_queue: true, advanced_lead_distribution: { sales } });
  await ask('/agents/3', 'PATCH', rules({ enabled: true, min_price: 1, max_price: 2 }));
  await ask('/agents/2', 'PATCH', rules({ enabled: true, min_price: '100000', locations: 'San Francisco' }));
  const { body } = await ask('/sales_exclusives', 'POST', { price: 300_000, street_name: 'Rule St', town_name: 'San Francisco' });
  for (const named of [{ property_id: body.data.id }, { mls_id: body.data.mls_id, mls_name: '789' }]) {
    const email = `rule.${Object.keys(named)[0]}@example.com`;
    const asked = await ask('/inquiries', 'POST', { email, ...named });
    equal(asked.status, 201, asked.text);
    const lead = await ask(`/leads/${asked.body.data.lead_id}`, 'GET');
    equal(lead.body.data.agent_id, 2, lead.text);
  }
  const wanted = { search_attributes: { max_price: 2, property_type_ids: [1] } };
  equal((await ask('/leads', 'POST', { email: 'rule.search@example.com', ...wanted })).body.data.agent_id, 3);
});

test('what a lead owns may be another listing later, and then tells of that', async () => {
  const { body: lead } = await ask('/leads', 'POST', { email: 'owner@example.com' });
  const made = await ask('/lead_properties', 'POST', { lead_id: lead.data.id, property_id: 7001, relationship: 'owned' });
  const path = `/lead_properties/${made.body.data.id}`;
  const shown = (one: Body) => [one.data.property_id, one.data.mls_id, (one.data.property as Model | null)?.id ?? null];
  deepEqual(shown(made.body), [7001, 'OXF190347', 7001]);
  const unknown = await ask(path, 'PATCH', { mls_id: 'ELSE-1' });
  deepEqual([...shown(unknown.body), unknown.body.data.property_address], [null, 'ELSE-1', null, null], unknown.text);
  const other = await ask(path, 'PATCH', { mls_id: '43FSB8', mls_name: '789' });
  match(String(other.body.data.property_address), /^2100 Waterview Dr/);
  equal(typeof other.body.data.property_id, 'number');
  const back = await ask(path, 'PATCH', { property_id: 7001 });
  deepEqual(shown(back.body), [7001, 'OXF190347', 7001]);
  const echo = await ask(path, 'PUT', back.body.data);
  equal(echo.headers.get('etag'), back.headers.get('etag'));
});

test('a favourite of another door is the first of its listing, by its number too', async () => {
  const [item] = await site.lab.rows<{ id: number; lead: number; property_id: number }>(
    `update listing_cart_item i set listing_number = null from listing_cart k
     where k.org_id = 1 and i.org_id = 1 and i.cart_id = k.id and k.type = 'Favorites' and k.owner_contact_id is not null and i.deleted_at is null
       and i.property_id is not null returning i.id, k.owner_contact_id as lead, i.property_id`,
  );
  const shown = await ask(`/favorite_properties/${item?.id}`, 'GET');
  const { mls_id } = shown.body.data;
  equal(typeof mls_id, 'string', shown.text);
  const again = await ask('/favorite_properties', 'POST', { lead_id: item?.lead, mls_id });
  deepEqual([again.status, again.body.message, again.body.data.id], [200, 'Favorite property found', item?.id]);
  const found = await ask(`/favorite_properties?mls_id=${mls_id}&lead_id=${item?.lead}`, 'GET');
  deepEqual(
    (found.body.data as unknown as Model[]).map(({ id }) => id),
    [item?.id],
  );
});

test('a lead brings a search like any other: types that are there, and a word on those that are not', async () => {
  const search_attributes = { property_type_ids: [99], property_types: ['Castle'], radius: { latitude: 1 }, polygon: 'x' };
  const bad = await ask('/leads', 'POST', {
    email: 'types@example.com',
    search_attributes,
    home_valuation_attributes: { bedrooms: 'many' },
  });
  deepEqual(
    [bad.status, bad.body],
    [
      422,
      {
        status: 'failure',
        message: 'Lead not created',
        errors: [
          'Search attributes: Polygon is invalid',
          'Search attributes: Radius is invalid',
          'Search attributes: Property type does not exist',
          'Home valuation attributes: Bedrooms is not a number',
        ],
      },
    ],
  );
  const made = await ask('/leads', 'POST', {
    email: 'types@example.com',
    search_attributes: { property_types: ['Castle'] },
    home_valuation_attributes: { address: 5, estimated_value: '250000.50', bedrooms: '3', unheard: true },
  });
  deepEqual([made.status, made.headers.get('x-bl-warnings')], [201, encodeURI('Unknown property type: Castle')]);
  const [home] = (await ask(`/leads/${made.body.data.id}/lead_properties`, 'GET')).body.data as unknown as Model[];
  deepEqual(home?.home_valuation, { address: '5', estimated_value: 250000.5, bedrooms: 3 });
  const path = `/lead_properties/${home?.id}`;
  const changed = await ask(path, 'PATCH', { home_valuation: { acres: '0.5', unheard: 1 } });
  deepEqual(changed.body.data.home_valuation, { acres: 0.5 });
});

test('of very many unknown types as many are named as a header holds', async () => {
  const { body } = await ask('/leads', 'POST', { email: 'many@example.com' });
  const property_types = Array.from({ length: 10_000 }, (_, n) => `Igloo ${n} ${'é'.repeat(200)}`);
  const made = await ask('/saved_searches', 'POST', { lead_id: body.data.id, search_attributes: { property_types } });
  const named = property_types.slice(0, 3).join(', ');
  deepEqual(
    [made.status, decodeURI(made.headers.get('x-bl-warnings') ?? '')],
    [201, `Unknown property type: ${named} and 9997 more`],
  );
});

test('names and addresses that are made of what was sent are cut between characters', async () => {
  const { body } = await ask('/leads', 'POST', { email: 'long@example.com' });
  const search_attributes = { property_types: ['a'.repeat(250)], town_names: ['bb😀'] };
  const made = await ask('/saved_searches', 'POST', { lead_id: body.data.id, search_attributes });
  deepEqual([made.status, made.body.data?.name], [201, `${'a'.repeat(250)}, bb`]);
  const homes = await ask('/developments', 'POST', { name: `a${'𠮷'.repeat(120)}` });
  deepEqual([homes.status, homes.body.data?.slug], [201, `a${'𠮷'.repeat(99)}`]);
});

test('types come back as they were sent, with what names and ids say together, and name a search', async () => {
  const { body } = await ask('/leads', 'POST', { email: 'named@example.com' });
  const search_attributes = { property_types: ['residential'], property_type_ids: ['1', 3], property_sub_types: 'condominium' };
  const made = (await ask('/saved_searches', 'POST', { lead_id: body.data.id, search_attributes })).body.data;
  const { property_types, property_type_ids, property_sub_types, property_sub_type_ids } = made.search_attributes as Model;
  deepEqual(
    { property_types, property_type_ids, property_sub_types, property_sub_type_ids, name: made.name },
    {
      property_types: ['residential', 'Land'],
      property_type_ids: [1, 3],
      property_sub_types: ['condominium'],
      property_sub_type_ids: [2],
      name: 'residential, Land',
    },
  );
});

test('a friend answers whoever recommended', async () => {
  const { body } = await ask('/leads', 'POST', { email: 'recommends@example.com' });
  const recommend = (more: Model) =>
    ask('/email_friends', 'POST', { lead_id: body.data.id, property_id: 7001, friend_email: 'friend@example.com', ...more });
  const bad = await recommend({ from_email: 'no address' });
  deepEqual([bad.status, bad.body.errors], [422, ['From email is invalid']]);
  equal((await recommend({ from_email: 'recommends@example.com' })).status, 201);
  deepEqual(await site.lab.rows("select reply_to from mail where recipient = 'friend@example.com'"), [
    { reply_to: 'recommends@example.com' },
  ]);
});

test('a kind of assignee that is none is one fault', async () => {
  const task = { name: 'x', due_date: '2027-01-01', assignee_id: 4, assignee_type: 'Lead' };
  const { status, body } = await ask('/tasks', 'POST', task);
  deepEqual([status, body.errors], [422, ['Assignee type is not included in the list']]);
});

test('where a search looks is told in numbers, and every place counts', async () => {
  const { body } = await ask('/leads', 'POST', { email: 'places@example.com' });
  const lead_id = body.data.id;
  const make = (search_attributes: Model) => ask('/saved_searches', 'POST', { lead_id, search_attributes });
  const places = {
    polygon: [
      ['37', '-123'],
      ['38', '-123'],
      ['38', '-122'],
      ['37', '-122'],
    ],
    radius: { latitude: '37.79', longitude: '-122.39', miles: '25' },
    bounds: { north: '38', south: '37', east: '-122', west: '-123' },
  };
  const near = (await make(places)).body.data;
  const { polygon, radius, bounds } = near.search_attributes as Model;
  deepEqual(
    { polygon, radius, bounds },
    {
      polygon: [
        [37, -123],
        [38, -123],
        [38, -122],
        [37, -122],
      ],
      radius: { latitude: 37.79, longitude: -122.39, miles: 25 },
      bounds: { north: 38, south: 37, east: -122, west: -123 },
    },
  );
  equal((near.results_count as number) > 0, true);
  const apart = await make({ ...places, radius: { latitude: 10, longitude: 10, miles: 1 } });
  equal(apart.body.data.results_count, 0);
  for (const [name, place] of Object.entries({
    bounds: { north: 1 },
    radius: { latitude: 1, longitude: 2 },
    polygon: [[1, 2]],
  })) {
    const { status, body: refused } = await make({ [name]: place });
    const word = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    deepEqual([status, refused.errors], [422, [`${word} is invalid`]]);
  }
});

test('a number is one listing of its MLS; a listing without one has its code', async () => {
  const make = (more: Model) => ask('/sales_exclusives', 'POST', { price: 100_000, ...more });
  const first = await make({ mls_id: 'Twice-1' });
  equal(first.status, 201, first.text);
  const taken = (message: string) => [422, { status: 'failure', message, errors: ['Sales exclusive mls must be unique'] }];
  const second = await make({ mls_id: 'tWICE-1' });
  deepEqual([second.status, second.body], taken('Sales exclusive not created'));
  const at = await Promise.all([make({ mls_id: 'Twice-2' }), make({ mls_id: 'twice-2' })]);
  deepEqual(at.map(({ status }) => status).toSorted(), [201, 422]);
  const [blank, none] = [await make({ mls_id: '' }), await make({ mls_id: null })];
  deepEqual([blank.status, none.status], [201, 201]);
  const path = `/sales_exclusives/${none.body.data.id}`;
  const changed = await ask(path, 'PATCH', { mls_id: 'TWICE-1' });
  deepEqual([changed.status, changed.body], taken('Sales exclusive not updated'));
  equal((await ask(path, 'PATCH', { mls_id: '' })).body.data.mls_id, none.body.data.mls_id);
});

test("a sales exclusive is its agent's office's, and in its country", async () => {
  const make = async (more: Model) => (await ask('/sales_exclusives', 'POST', { price: 1, ...more })).body.data;
  const [alone, agents] = [await make({}), await make({ agent_id: 3 })];
  const { office_id } = (await ask('/agents/3', 'GET')).body.data;
  deepEqual([alone.office_id, agents.office_id, (await make({ office_id: 12 })).office_id], [11, office_id, 12]);
  const shown = (await ask(`/properties/${agents.id}`, 'GET')).body.data;
  equal(shown.country_name, 'United States');
});

test('what only a whole listing says is written at the firm’s own, and shown as the other doors tell it', async () => {
  const told = { basement: 'Partial', back_agent_mls: '77', contingent_date: '2026-03-04' };
  const made = (await ask('/sales_exclusives', 'POST', { price: 1, ...told })).body.data;
  const shown = async () => {
    const { basement, back_agent_mls, contingent_date } = (await ask(`/properties/${made.id}`, 'GET')).body.data;
    return { basement, back_agent_mls, contingent_date };
  };
  deepEqual(await shown(), told);
  await ask(`/sales_exclusives/${made.id}`, 'PATCH', { basement: null, back_agent_mls: null, contingent_date: null });
  deepEqual(await shown(), { basement: null, back_agent_mls: null, contingent_date: null });
  const { records } = site.lab.house.stores.domain;
  const [row] = await site.lab.rows<{ code: string }>('select code from property where org_id = 1 and id = $1', [made.id]);
  const today = records.property.update(systemActor(1, 'reapit'), row?.code ?? '', () => ({
    values: { sale_status: 'underOffer' },
  }));
  const day = ((await today).updated_at as Date).toISOString().slice(0, 10);
  deepEqual(await shown(), { basement: null, back_agent_mls: null, contingent_date: day });
});
