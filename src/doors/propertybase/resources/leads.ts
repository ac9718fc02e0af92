import { LEADS } from '../../../domain/index.ts';
import { all } from '../../../wire/resource/conditions.ts';
import { askedOnce } from '../asked-once.ts';
import type { Desk, Model } from '../desk.ts';
import { siteList } from '../lists.ts';
import { at, type Resource, type Written } from '../resource.ts';
import { rowOf } from '../row-of.ts';
import { TEXTS } from '../words.ts';
import { valuationErrors, valuationOf } from './home-valuation.ts';
import { assignment, leadCall } from './lead-assignment.ts';
import { leadFields, signupErrors } from './lead-fields.ts';
import { customField, LEAD_FILTERS } from './lead-filters.ts';
import { readSearch, savedSearchOf, searchErrors, searchOf, searchWarnings } from './search-object.ts';
import { emailErrors } from './staff.ts';

/** The word of the site's list that a body means; '' where it says none, undefined where there is no such word. */
const statusOf = askedOnce(async (desk: Desk, { caller, sent, row }: Written): Promise<string | undefined> => {
  const asked = typeof sent.status === 'string' ? sent.status.trim() : '';
  if (asked === '' || asked === row?.lead_status) return '';
  return (await siteList(desk, caller, 'statuses')).find(({ name }) => name.toLowerCase() === asked.toLowerCase())?.name;
});

const EMAIL_IN_USE = 'Lead email must be unique';

export const leads = (desk: Desk): Resource => ({
  name: 'leads',
  permission: 'leads',
  model: 'Lead',
  models: 'Leads',
  key: 'lead',
  methods: 'LGCUD',
  places: [at('/leads')],
  source: desk.domain.records.contact,
  writes: desk.domain.leadRecords,
  scope: LEADS,
  fields: leadFields,
  filters: LEAD_FILTERS,
  orders: {
    first_name: 'first_name_sort',
    last_name: 'last_name_sort',
    email: 'email',
    last_active: 'last_active_at',
    status: 'lead_status',
  },
  async check(own, written) {
    const { sent, caller, row } = written;
    const creating = row === null;
    const needsEmail = creating ? !sent.email : (sent.email === null || sent.email === '') && row.email !== null;
    const phoneOnly = caller.rules.phoneOnlyLeads === true && (sent.phone1 || sent.phone2 || sent.phone3);
    const search = creating && sent.search_attributes ? await searchErrors(own, caller, sent.search_attributes as Model) : [];
    const { texts } = await assignment(own, written);
    const status = await statusOf(own, written);
    return [
      ...(needsEmail && !phoneOnly ? [TEXTS.blank('email')] : []),
      ...emailErrors(sent),
      ...(status === undefined ? [TEXTS.notListed('status')] : []),
      ...signupErrors(sent),
      ...search.map((text) => `Search attributes: ${text}`),
      ...valuationErrors('Home valuation attributes', sent.home_valuation_attributes),
      ...texts,
    ];
  },
  async complete(own, written) {
    const { sent, row } = written;
    const { values } = await assignment(own, written);
    const status = await statusOf(own, written);
    const creating = row === null;
    const search =
      creating && sent.search_attributes
        ? {
            run: await searchOf(own, written.caller, sent.search_attributes as Model),
            saved: await savedSearchOf(own, written.caller, readSearch(sent.search_attributes as Model).values),
          }
        : undefined;
    const valuation =
      creating && sent.home_valuation_attributes ? valuationOf(sent.home_valuation_attributes as Model) : undefined;
    const password = typeof sent.password === 'string' && sent.password !== '' ? sent.password : undefined;
    const moves = values.member_ids !== undefined;
    return {
      ...values,
      ...(status ? { lead_status: status } : {}),
      ...(password === undefined ? {} : { login_hash: await own.domain.identity.hashPassword(password) }),
      ...(creating || moves
        ? {
            lead_call: leadCall(written, {
              ...(search ? { search } : {}),
              ...(valuation
                ? {
                    valuation: {
                      extras: { propertybase: { home_valuation: valuation } },
                      property_address: valuation.address ?? null,
                    },
                  }
                : {}),
            }),
          }
        : {}),
    };
  },
  remarks: (own, { caller, sent, row }) =>
    row === null && sent.search_attributes ? searchWarnings(own, caller, sent.search_attributes as Model) : {},
  async extend({ domain }, { actor }, rows, { show }) {
    return show
      ? domain.leadCounts(
          actor,
          rows.map(({ id }) => id),
        )
      : new Map();
  },
  async instead({ domain }, caller, body, query) {
    if (query.get('on_duplicate') !== 'update' || typeof body.email !== 'string' || body.email === '') return undefined;
    const id = await domain.people.leads.findLeadId(caller.actor, body.email);
    return id === undefined ? undefined : rowOf(domain.records.contact, caller, id);
  },
  asked(query) {
    const fields = [...new Set(query.keys())].flatMap((key) => {
      const [, name] = /^custom_fields\[([^\]]+)\](?:\[\])?$/.exec(key) ?? [];
      return name === undefined ? [] : [customField(name, query.getAll(key))];
    });
    const deleted = query.get('deleted') === 'true' ? { rows: desk.domain.records.contact.listGone } : {};
    return { ...deleted, ...(fields.length > 0 ? { where: all(...fields) } : {}) };
  },
  async refusal({ domain }, { caller, sent }, texts) {
    if (!texts.includes(EMAIL_IN_USE) || typeof sent.email !== 'string' || !(caller.permissions.leads ?? '').includes('r'))
      return {};
    const id = await domain.people.leads.findLeadId(caller.actor, sent.email);
    return id === undefined ? {} : { 'x-bl-existing-id': String(id) };
  },
});
