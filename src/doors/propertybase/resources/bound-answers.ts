import { isDeepStrictEqual } from 'node:util';
import type { Row } from '../../../kernel/record.ts';
import { changeOf, readSent } from '../change.ts';
import type { Desk, Model } from '../desk.ts';
import type { Fields } from '../fields.ts';
import { findRow } from '../operations.ts';
import type { Resource, Written } from '../resource.ts';
import { leadFields } from './lead-fields.ts';
import { leads } from './leads.ts';

/** What of a lead no answer sets: whose it is, how it signs in, and the address that it is found by. */
const KEPT_BACK: ReadonlySet<string> = new Set([
  'email',
  'password',
  'agent_id',
  'agent_email',
  'team_id',
  'owner_id',
  'owner_type',
  'bold_leads_id',
  'dont_send_email',
  'no_assignment_emails',
  'no_followup_task',
]);
const BOUND: Fields = Object.fromEntries(
  Object.entries(leadFields).filter(([name, { access }]) => (access === 'rw' || access === 'w') && !KEPT_BACK.has(name)),
);

/** The main phone has a short name too. */
const asLead = ({ phone, ...system }: Model): Model => ({ ...(phone === undefined ? {} : { phone1: phone }), ...system });

/** Whether the attribute takes such an answer: several choices are a list, and one is not. */
const takes = (name: string, value: unknown) =>
  Array.isArray(value) ? BOUND[name]?.type === 'strings' : typeof value !== 'object';

/** What answers say of a visitor. */
export function visitorIn(system: Model): Model {
  const { email, first_name, last_name, phone1 } = asLead(system);
  const said = { email, first_name, last_name, phone: phone1 };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/** The lead that a submission is of, if there is one already. */
async function leadOf({ domain }: Desk, { caller, sent }: Written, resource: Resource): Promise<Row | undefined> {
  const { lead_id, email } = sent;
  if (typeof lead_id === 'number') return findRow(resource, caller, lead_id);
  const known = typeof email === 'string' && email !== '';
  return known ? findRow(resource, caller, await domain.people.leads.findLeadId(caller.actor, email)) : undefined;
}

/** Answers of fields that are bound to an attribute of the lead set that too, where it takes them (contracts/propertybase.md §3.8). */
export async function bindAnswers(desk: Desk, written: Written, asked: Model, system: Model): Promise<Model> {
  const bound = Object.entries(asLead(system)).filter(([name, value]) => takes(name, value));
  const { values: sent } = readSent({ fields: BOUND }, Object.fromEntries(bound), false);
  if (Object.keys(sent).length === 0) return asked;
  const resource = leads(desk);
  const row = await leadOf(desk, written, resource);
  const values = changeOf({ ...resource, fields: BOUND }, sent, {}, row ?? null, () => undefined);
  if (!row) return asked.visitor === undefined ? asked : { ...asked, visitor: { ...(asked.visitor as Model), values } };
  const news = Object.entries(values).filter(([name, value]) => !isDeepStrictEqual(row[name], value));
  return { ...asked, lead_values: Object.fromEntries(news) };
}
