import type { LeadCall } from '../../../domain/index.ts';
import type { Row } from '../../../kernel/record.ts';
import { askedOnce } from '../asked-once.ts';
import type { Desk, Model } from '../desk.ts';
import { type PropertyTypes, propertyTypes } from '../lists.ts';
import type { Written } from '../resource.ts';

type Assigned = { readonly values: Model; readonly texts: readonly string[] };

/** Of the agent, the team or the owner that a call names: the columns that say so, or what is wrong with it (contracts/propertybase.md §4.1). */
export const assignment = askedOnce(async (desk: Desk, { caller, sent, row }: Written): Promise<Assigned> => {
  const { domain } = desk;
  const { actor, rules } = caller;
  const creating = row === null;
  const { owner_type, owner_id } = sent as { owner_type?: string | null; owner_id?: number | null };
  const values: Record<string, unknown> = {};
  let agentId = sent.agent_id as number | null | undefined;
  const agentEmail = (sent.agent_email as string | null | undefined) || null;
  if (owner_type !== undefined && owner_type !== null) {
    if (owner_type === 'Agent') agentId ??= owner_id;
    else if (owner_type === 'Team' && sent.team_id === undefined) {
      const team =
        owner_id === null || owner_id === undefined
          ? undefined
          : (await domain.codesOf(actor, [{ noun: 'team', id: owner_id }])).get(`team ${owner_id}`);
      if (!team) return { values, texts: ['Team does not exist'] };
      values.team_id = team.code;
    } else if (owner_type !== 'Team') return { values, texts: ['Owner type is not included in the list'] };
  }
  const asked = (agentId !== undefined && agentId !== null) || agentEmail !== null;
  if (asked) {
    if (!creating && agentEmail === null && agentId === row.lead_agent_id) return { values, texts: [] };
    const found =
      (agentId === undefined || agentId === null ? undefined : await domain.people.leads.findAgent(actor, agentId, null)) ??
      (agentEmail === null ? undefined : await domain.people.leads.findAgent(actor, null, agentEmail));
    if (!found) return { values, texts: ['Agent does not exist'] };
    return { values: { ...values, ...firstMember(row, found.memberCode), ...firstOffice(row, found.officeCode) }, texts: [] };
  }
  if (agentId === null && !creating)
    return { values: row.lead_agent_id === null ? values : { ...values, member_ids: [] }, texts: [] };
  if (!creating || values.team_id !== undefined || (sent.team_id !== undefined && sent.team_id !== null))
    return { values, texts: [] };
  const search = (sent.search_attributes ?? {}) as Model;
  const found = await domain.people.leads.distribute(
    actor,
    {
      kind: search.search_type === 'rentals' ? 'rentals' : 'sales',
      ...(typeof search.min_price === 'number' ? { minPrice: search.min_price } : {}),
      ...(typeof search.max_price === 'number' ? { maxPrice: search.max_price } : {}),
      locations: [search.town_names ?? [], search.area_names ?? []].flat() as string[],
      propertyTypes: typeNames(await propertyTypes(desk, caller), search),
    },
    rules.unmatchedLeads,
  );
  return {
    values: found ? { ...values, ...firstMember(row, found.memberCode), ...firstOffice(row, found.officeCode) } : values,
    texts: [],
  };
});

/** Types by their names, also those that are named by ids (G14). */
const typeNames = ({ types }: PropertyTypes, { property_types: names = [], property_type_ids: ids = [] }: Model): string[] => [
  ...([names].flat() as string[]),
  ...types.filter(({ id }) => [ids].flat().map(Number).includes(id)).map(({ name }) => name),
];

/** The old first leaves, the rest stay, one further back moves up (domain-people §1.3.2). */
const firstMember = (row: Row | null, code: string): Model => {
  const [, ...rest] = (row?.member_ids ?? []) as readonly string[];
  return { member_ids: [code, ...rest.filter((one) => one !== code)] };
};
const firstOffice = (row: Row | null, office: string | null): Model =>
  row === null && office !== null ? { office_ids: [office] } : {};

/** What a call wants to follow from it: mails, a task, a search (contracts/propertybase.md §4.2). */
export function leadCall({ caller, sent }: Pick<Written, 'caller' | 'sent'>, more: Partial<LeadCall> = {}): LeadCall {
  const { followUp = {} } = caller.rules;
  return {
    mailLead: sent.dont_send_email !== true,
    mailAgent: sent.no_assignment_emails !== true,
    followUp: sent.no_followup_task !== true && followUp.enabled !== false,
    followUpHours: followUp.hours ?? 24,
    ...more,
  };
}
