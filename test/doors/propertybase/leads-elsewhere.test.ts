import { deepEqual, equal, match } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, type SiteHouse } from './house.ts';

type Model = Record<string, unknown>;
type Body = { data: Model; errors: string[] };

let site: SiteHouse;
before(async () => {
  site = await openSite();
});
after(() => site[Symbol.asyncDispose]());

const ask = async (path: string, method: string, json?: unknown) => {
  const answer = await site.call(path, { method, ...(json === undefined ? {} : { json }) });
  return { ...answer, body: answer.body as Body };
};
type Names = { id: number; code: string; key: string };
const namesOf = async (where: string, value: unknown): Promise<Names> => {
  const [row] = await site.lab.rows<Names>(`select id, code, reso_key as key from contact where org_id = 1 and ${where}`, [
    value,
  ]);
  if (!row) throw new Error(`No contact ${value}`);
  return row;
};
/** The same contact, as each door has it: forename, last name, e-mail. 404 where a door does not. */
async function everywhere({ id, code, key }: Names) {
  const { lab } = site;
  const [dotloop, reapit, spark, here] = await Promise.all([
    lab.dotloop(`/contact/${id}`),
    lab.reapit(`/contacts/${code}`),
    lab.spark(`/contacts/${key}`),
    ask(`/leads/${id}`, 'GET'),
  ]);
  const d = (dotloop.body as { data?: Model }).data;
  const r = reapit.body as Model;
  const s = (spark.body as { D: { Results?: Model[] } }).D.Results?.[0];
  return {
    dotloop: dotloop.status === 200 ? [d?.firstName, d?.lastName, d?.email] : dotloop.status,
    reapit: reapit.status === 200 ? [r.forename, r.surname, r.email] : reapit.status,
    spark: spark.status === 200 ? [s?.GivenName, s?.FamilyName, s?.PrimaryEmail] : spark.status,
    here: here.status === 200 ? [here.body.data.first_name, here.body.data.last_name, here.body.data.email] : here.status,
  };
}
const same = (who: unknown) => ({ dotloop: who, reapit: who, spark: who, here: who });

test('a lead made here is a contact at every door, with its agent and office', async () => {
  const made = await ask('/leads', 'POST', {
    email: 'cora@example.com',
    first_name: 'Cora',
    last_name: 'Cross',
    phone2: '(513) 555-0199',
    agent_id: 1,
  });
  equal(made.status, 201, made.text);
  const names = await namesOf('id = $1', made.body.data.id);
  match(names.code, /^OXF\d{8}$/);
  deepEqual(await everywhere(names), same(['Cora', 'Cross', 'cora@example.com']));
  const reapit = (await site.lab.reapit(`/contacts/${names.code}`)).body as Model;
  deepEqual(
    [reapit.negotiatorIds, reapit.officeIds, reapit.mobilePhone, reapit.marketingConsent],
    [['BRE'], ['OXF'], '(513) 555-0199', 'notAsked'],
  );
  const journal = (await site.lab.reapit(`/journalEntries?associatedType=contact&associatedId=${names.code}`)).body as {
    _embedded: Model[];
  };
  equal(journal._embedded.length, 1);
});

test('what one door changes, the others show', async () => {
  const names = await namesOf('email_key = $1', 'cora@example.com');
  const at = (path: string, method: string, json: unknown, headers = {}) => ({ method, json, headers, path });
  const steps = [
    at('dotloop', 'PATCH', { lastName: 'Dot' }),
    at('reapit', 'PATCH', { surname: 'Reap' }),
    at('spark', 'PUT', { FamilyName: 'Spark' }),
    at('here', 'PATCH', { last_name: 'Here' }),
  ];
  for (const { path, method, json } of steps) {
    const { lab } = site;
    const tag = (await lab.reapit(`/contacts/${names.code}`)).headers.get('etag') ?? '';
    const written =
      path === 'dotloop'
        ? await lab.dotloop(`/contact/${names.id}`, { method, json })
        : path === 'reapit'
          ? await lab.reapit(`/contacts/${names.code}`, { method, json, headers: { 'if-match': tag } })
          : path === 'spark'
            ? await lab.spark(`/contacts/${names.key}`, { method, json: { D: json } })
            : await ask(`/leads/${names.id}`, method, json);
    equal(Math.floor(written.status / 100), 2, `${path}: ${written.text}`);
    deepEqual(await everywhere(names), same(['Cora', Object.values(json as Model)[0], 'cora@example.com']), path);
    const fresh = (await lab.reapit(`/contacts/${names.code}`)).headers.get('etag');
    equal(fresh === tag, false, `${path}: the tag moves`);
  }
});

test('contacts of other doors are leads here: status New, their first agent, no mail, no task', async () => {
  const { lab } = site;
  await lab.dotloop('/contact', { json: { firstName: 'Lou', lastName: 'Loop', email: 'lou@example.com' } });
  const reapit = await lab.reapit('/contacts', {
    json: {
      forename: 'Rea',
      surname: 'Pit',
      email: 'rea@example.com',
      marketingConsent: 'grant',
      officeIds: ['SOL'],
      negotiatorIds: ['JAS', 'BRE'],
    },
  });
  equal(reapit.status, 201, reapit.text);
  const spark = await lab.spark('/contacts', {
    json: { D: { Contacts: [{ DisplayName: 'Spa Rk', GivenName: 'Spa', FamilyName: 'Rk', PrimaryEmail: 'spa@example.com' }] } },
  });
  equal(spark.status, 201, spark.text);
  for (const [email, agent] of [
    ['lou@example.com', 1],
    ['rea@example.com', 3],
    ['spa@example.com', 1],
  ] as const) {
    const { body } = await ask(`/leads?email=${email}`, 'GET');
    const [lead] = body.data as unknown as Model[];
    deepEqual([lead?.status, lead?.agent_id, lead?.owner_type], ['New', agent, 'Agent'], email);
    const { id } = await namesOf('email_key = $1', email);
    deepEqual((await ask(`/tasks?lead_id=${id}`, 'GET')).body.data, []);
    const mails = await lab.rows('select id from mail where org_id = 1 and recipient = $1', [email]);
    deepEqual(mails, []);
    const { here, reapit: there } = await everywhere(await namesOf('email_key = $1', email));
    deepEqual(here, there);
  }
});

test('a lead without an agent is in nobody’s book, and in the brokerage’s', async () => {
  const made = await ask('/leads', 'POST', { email: 'nobody@example.com', last_name: 'Alone' });
  const names = await namesOf('id = $1', made.body.data.id);
  const who = [null, 'Alone', 'nobody@example.com'];
  deepEqual(await everywhere(names), { dotloop: 404, reapit: who, spark: 404, here: who });
  const reapit = (await site.lab.reapit(`/contacts/${names.code}`)).body as Model;
  deepEqual([reapit.negotiatorIds, reapit.officeIds], [[], []]);
  await ask(`/leads/${names.id}`, 'PATCH', { agent_id: 1 });
  deepEqual(await everywhere(names), { ...same(who), dotloop: [undefined, 'Alone', 'nobody@example.com'] });
});

test('a lead deleted here is gone at every door; one that the brokerage needs stays there', async () => {
  const gone = await ask('/leads', 'POST', { email: 'gone@example.com', agent_id: 1 });
  const names = await namesOf('id = $1', gone.body.data.id);
  equal((await ask(`/leads/${names.id}`, 'DELETE')).status, 200);
  deepEqual(await everywhere(names), same(404));

  const needed = await ask('/leads', 'POST', { email: 'needed@example.com', first_name: 'Ned', last_name: 'Ed', agent_id: 1 });
  const kept = await namesOf('id = $1', needed.body.data.id);
  const check = await site.lab.reapit('/identityChecks', {
    json: { contactId: kept.code, checkDate: '2026-01-02', status: 'pending', negotiatorId: 'BRE' },
  });
  equal(check.status, 201, check.text);
  equal((await ask(`/leads/${kept.id}`, 'DELETE')).status, 200);
  const who = ['Ned', 'Ed', 'needed@example.com'];
  deepEqual(await everywhere(kept), { ...same(who), here: 404 });
  deepEqual((await ask('/leads?email=needed@example.com', 'GET')).body.data, []);
  const again = await ask('/leads', 'POST', { email: 'needed@example.com' });
  equal(again.status, 201, 'the address is free here');
});
