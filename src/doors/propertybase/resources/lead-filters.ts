import type { Condition } from '../../../kernel/condition.ts';
import {
  all,
  among,
  anyOf,
  equal,
  present as isPresent,
  missing,
  pointOf,
  some,
  words,
} from '../../../wire/resource/conditions.ts';
import { badRequest } from '../faults.ts';
import { byId, byText, byWord, when } from '../filters.ts';
import { after as since, before as until } from '../query.ts';
import type { Filter } from '../resource.ts';
import { TEXTS } from '../words.ts';
import { UTM } from './lead-fields.ts';

const digits: Filter = (values) =>
  anyOf(...values.map((value): Condition => ({ kind: 'contains_any', field: 'points', values: [pointOf(value)] })));

const tagged: Filter = (values) => some('tags', among('name', values));

const partly: Filter = (values) =>
  anyOf(
    ...values.flatMap((value) => [
      words('name_text', value),
      words('email', value),
      ...(/\d{3}/.test(value) ? [words('point_text', value.replaceAll(/\D/g, ''))] : []),
    ]),
  );

const ownerType: Filter = (values, name) => {
  const tests = values.map((value) => {
    if (value.toLowerCase() === 'team') return isPresent('team_id:id');
    if (value.toLowerCase() === 'agent') return all(missing('team_id:id'), isPresent('lead_agent_id'));
    throw badRequest(TEXTS.parameter(name));
  });
  return anyOf(...tests);
};

const ownerId: Filter = (values, name) => {
  const team = byId('team_id:id')(values, name);
  const agent = byId('lead_agent_id')(values, name);
  return team && agent && anyOf(team, all(missing('team_id:id'), agent));
};

/** `custom_fields[budget]=…`: the values of one name. */
export const customField = (name: string, values: readonly string[]): Condition =>
  some('custom_fields', all(equal('name', name), among('value', values)));

export const LEAD_FILTERS: Readonly<Record<string, Filter>> = {
  email: byText('email'),
  status: byWord('lead_status'),
  lead_type: byWord('lead_type'),
  agent_id: byId('lead_agent_id'),
  agent_email: byText('lead_agent_email'),
  team_id: byId('team_id:id'),
  owner_id: ownerId,
  owner_type: ownerType,
  unassigned: when((asked) => equal('is_unassigned', asked)),
  bold_leads_id: byText('bold_leads_id'),
  phone: digits,
  name: (values) => anyOf(...values.map((value) => words('name_text', value))),
  q: partly,
  tag: tagged,
  referral_source_domain: byText('referral_source_domain'),
  ...Object.fromEntries(UTM.map((name) => [name, byText(name)])),
  last_active_after: since('last_active_at'),
  last_active_before: until('last_active_at'),
};
