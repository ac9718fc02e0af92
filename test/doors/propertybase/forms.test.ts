import { deepEqual, equal } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, type SiteHouse } from './house.ts';

type Data = Record<string, unknown> & { id: number };
let site: SiteHouse;
before(async () => {
  site = await openSite();
});
after(() => site[Symbol.asyncDispose]());

const ask = async (path: string, json?: unknown, method?: string) => {
  const answer = await site.call(path, { ...(json === undefined ? {} : { json }), ...(method ? { method } : {}) });
  const { data, errors } = answer.body as { data: Data; errors?: string[] };
  return { ...answer, data, errors };
};
const quiet = { dont_send_email: true, no_assignment_emails: true, no_followup_task: true };
const field = (name: string, system_field: string | null, more: object = {}) => ({
  name,
  label: name,
  kind: 'text_field',
  validations: {},
  system_field,
  ...more,
});

test('answers set what they are bound to, of a new lead and of one that is there', async () => {
  const form = await ask('/dynamic_forms', {
    name: 'Wishes',
    form_fields: [
      field('mail', 'email'),
      field('name', 'first_name'),
      field('call', 'phone1'),
      field('town', 'city'),
      field('budget', 'price_range'),
      field('wants', 'tags', { kind: 'check_box_group' }),
      field('secret', 'password'),
      field('nonsense', 'first_name_of_nobody'),
    ],
  });
  equal(form.status, 201, form.text);
  const submit = (data: object, more: object = {}) => ask(`/dynamic_forms/${form.data.id}/form_submissions`, { data, ...more });
  const shown = async (id: unknown) => {
    const { first_name, phone1, city, signup_fields, tags, creation_type, creation_name, email } = (await ask(`/leads/${id}`))
      .data;
    const { price_range } = signup_fields as Data;
    return { email, first_name, phone1, city, price_range, tags, creation_type, creation_name };
  };
  const answers = {
    mail: 'form@example.com',
    name: 'Fay',
    call: '555 0100',
    town: 'Oxford',
    budget: 'Low',
    wants: ['Pool', 'View'],
  };
  const made = await submit({ ...answers, secret: 'pw', nonsense: 'x' });
  equal(made.status, 201, made.text);
  const expected = {
    email: 'form@example.com',
    first_name: 'Fay',
    phone1: '555 0100',
    city: 'Oxford',
    price_range: 'Low',
    tags: ['Pool', 'View'],
    creation_type: 'Form',
    creation_name: 'Wishes',
  };
  deepEqual(await shown(made.data.lead_id), expected);
  const again = await submit({ mail: 'FORM@example.com', town: 'Hamilton', call: ['no', 'phone'] });
  equal(again.data.lead_id, made.data.lead_id);
  deepEqual(await shown(made.data.lead_id), { ...expected, city: 'Hamilton' });
  const { data: other } = await ask('/leads', { email: 'other@example.com', first_name: 'Otto', ...quiet });
  await submit({ mail: 'form@example.com', town: 'Aurora' }, { lead_id: other.id });
  const { city, email } = await shown(other.id);
  deepEqual([city, email], ['Aurora', 'other@example.com']);
});

test('rules are taken as clients say them, and told as they hold', async () => {
  const form = await ask('/dynamic_forms', {
    name: 'Rules',
    form_fields: [
      field('code', null, { validations: { min_length: '3', max_length: '4', required: 'true', number: 1, color: 'red' } }),
      field('site', null, { validations: { url: true, min_length: 'many' } }),
    ],
  });
  const [code, page] = form.data.form_fields as Data[];
  deepEqual(
    [code?.required, code?.validations, page?.validations],
    [true, { min_length: 3, max_length: 4, required: true, number: true }, { url: true }],
  );
  const wrong = async (data: object) => (await ask('/form_submissions', { form_id: form.data.id, data })).errors;
  deepEqual(await wrong({}), ['code cannot be blank.']);
  deepEqual(await wrong({ code: 'abc', site: 'here' }), ['code must be a number.', 'site must be a valid url.']);
  deepEqual(await wrong({ code: '12' }), ['code must be greater than 3 characters long.']);
  deepEqual(await wrong({ code: '12345' }), ['code must be less than 4 characters long.']);
  deepEqual(await wrong({ code: '1234' }), undefined);
});

test('a visitor is the lead of whoever works listings like the one that is asked about', async () => {
  const [listing] = (await ask('/properties?per_page=1&status=Active')).data as unknown as Data[];
  await ask(
    '/agents/3',
    {
      in_auto_assignment_queue: true,
      advanced_lead_distribution: { sales: { enabled: true, locations: ['Nowhere'] } },
    },
    'PATCH',
  );
  await ask(
    '/agents/1',
    {
      in_auto_assignment_queue: true,
      advanced_lead_distribution: { sales: { enabled: true, min_price: 1, locations: [listing?.town_name] } },
    },
    'PATCH',
  );
  for (const [n, about] of [{ property_id: listing?.id }, { mls_id: listing?.mls_id, mls_name: listing?.mls_name }].entries()) {
    const { data } = await ask('/inquiries', { email: `queue${n}@example.com`, comments: 'Is it there?', ...about });
    equal((await ask(`/leads/${data.lead_id}`)).data.agent_id, 1);
  }
});
