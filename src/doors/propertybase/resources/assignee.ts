import type { Person } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { askedOnce } from '../asked-once.ts';
import type { Caller, Desk, Model } from '../desk.ts';
import { type Fields, MOMENTARY, told } from '../fields.ts';
import { byWord } from '../filters.ts';
import type { Filter, Written } from '../resource.ts';
import { rowOf } from '../row-of.ts';

export const ASSIGNEES = ['Agent', 'Employee', 'Team'] as const;
const capital = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1);
/** `agent` → `Agent`; offices and the like have no word here. */
export const personType = (kind: string | undefined): string | null => {
  const word = capital(kind ?? '');
  return (ASSIGNEES as readonly string[]).includes(word) ? word : kind === 'contact' ? 'Lead' : null;
};

/** Who works something; responses give the current address (contracts/propertybase.md §3.12). */
export const assigneeFields: Fields = {
  ...told('string', 'rw', 'assignee_email', MOMENTARY),
  ...told('int', 'rw', 'assignee_id', { ...MOMENTARY, aliases: ['agent_id'] }),
  ...told('string', 'rw', 'assignee_type', { ...MOMENTARY, words: ASSIGNEES }),
  ...told('string', 'r', 'assignee_name'),
};
export const creatorFields: Fields = {
  ...told('int', 'rc', 'creator_id', MOMENTARY),
  ...told('string', 'rc', 'creator_type', { ...MOMENTARY, words: [...ASSIGNEES, 'Lead'] }),
};

export const byAssigneeType: Filter = byWord('assignee_type', ASSIGNEES, (word) => word.toLowerCase());

export const assigneeModel = (person: Person | undefined): Model => ({
  assignee_id: person && personType(person.kind) !== null ? person.id : null,
  assignee_type: personType(person?.kind),
  assignee_email: person?.email ?? null,
  assignee_name: person?.name ?? null,
});
export const creatorModel = (person: Person | undefined): Model => ({
  creator_id: person?.id ?? null,
  creator_type: personType(person?.kind),
});

export type Assigned = { readonly person: Person | undefined; readonly texts: readonly string[] };

async function named({ domain }: Desk, { actor }: Caller, id: number, type: string): Promise<Person | undefined> {
  const kind = type === 'Team' ? 'team' : 'member';
  const person = (await domain.persons(actor, [{ kind, id }])).get(`${kind} ${id}`);
  return person && personType(person.kind) === type ? person : undefined;
}

/** The person that a call gives work to: by id, by address; a new thing goes to the lead's agent, else to the primary broker. */
export async function assigneeOf(desk: Desk, { caller, sent, body, row }: Written, lead: Row | undefined): Promise<Assigned> {
  const { domain } = desk;
  const { actor } = caller;
  const { assignee_id, assignee_email } = sent as { assignee_id?: number | null; assignee_email?: string | null };
  // A kind that is none was told of already.
  if (sent.assignee_type === undefined && body.assignee_type !== undefined) return { person: undefined, texts: [] };
  const type = (sent.assignee_type as string | null | undefined) ?? 'Agent';
  if (typeof assignee_id === 'number') {
    const person = await named(desk, caller, assignee_id, type);
    return { person, texts: person ? [] : [`${type} does not exist`] };
  }
  if (typeof assignee_email === 'string' && assignee_email !== '') {
    const person = await domain.personOfEmail(actor, assignee_email);
    return { person, texts: person ? [] : ['Assignee does not exist'] };
  }
  if (row !== null) return { person: undefined, texts: [] };
  const agent = typeof lead?.lead_agent_id === 'number' ? await named(desk, caller, lead.lead_agent_id, 'Agent') : undefined;
  if (agent) return { person: agent, texts: [] };
  const broker = await domain.people.leads.primaryBroker(actor);
  const person = broker
    ? (await domain.persons(actor, [{ kind: 'member', id: broker.id }])).get(`member ${broker.id}`)
    : undefined;
  return { person, texts: person ? [] : ["Assignee can't be blank"] };
}

/** The lead that a call names: by id, else by the id at BoldLeads, which may be nobody's (G12). */
export async function leadOf({ domain }: Desk, { caller, sent }: Written): Promise<Row | undefined> {
  const { lead_id, bold_leads_id } = sent as { lead_id?: number | null; bold_leads_id?: string | null };
  const bold =
    lead_id === undefined && typeof bold_leads_id === 'string' ? await domain.leadOfBold(caller.actor, bold_leads_id) : undefined;
  const id = typeof lead_id === 'number' ? lead_id : bold?.id;
  if (id === undefined) return undefined;
  return rowOf(domain.records.contact, caller, id);
}

/** What a call says of people, found once for the checks and for the write. */
export type Told = { readonly lead: Row | undefined; readonly assigned: Assigned };
export const toldOf = askedOnce(async (desk: Desk, written: Written): Promise<Told> => {
  const lead = await leadOf(desk, written);
  return { lead, assigned: await assigneeOf(desk, written, lead) };
});

/** The member that made something, where the call names one. */
export async function creatorOf({ domain }: Desk, { caller, sent }: Written): Promise<Person | undefined> {
  const { creator_id, creator_type = 'Agent' } = sent as { creator_id?: number | null; creator_type?: string | null };
  if (typeof creator_id !== 'number') return undefined;
  const kind = creator_type === 'Team' ? 'team' : creator_type === 'Lead' ? 'contact' : 'member';
  return (await domain.persons(caller.actor, [{ kind, id: creator_id }])).get(`${kind} ${creator_id}`);
}
