import type { DoorName } from '../strangers.ts';
import type { ForeignTable } from './foreign-rows.ts';

/** The keywords of a contract's schema that lead to its members. */
type Schema = {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
};

/** A member that holds an id, or a list of them: `related.[].associatedId`. */
export type IdField = {
  readonly path: string;
  readonly isList: boolean;
  readonly isNumber: boolean;
  /** the words that a member beside it takes */
  wordsOf(member: string): readonly string[];
};

const ID = /(^id|Id|ID|_id|Ids|_ids|_email)$/;
const DEEPEST = 8;

/** Every member of a schema whose name says that it holds ids, however deep. */
export function idFieldsOf(schema: unknown): IdField[] {
  const found = new Map<string, IdField>();
  const walk = (one: Schema | undefined, path: readonly string[]) => {
    if (!one || path.length > DEEPEST) return;
    for (const other of one.anyOf ?? []) walk(other, path);
    for (const [name, member] of Object.entries(one.properties ?? {})) {
      const own = [...path, name];
      const forms = [member, ...(member.anyOf ?? [])];
      const values = forms.flatMap((form) => [form, ...(form.items ? [form.items, ...(form.items.anyOf ?? [])] : [])]);
      if (ID.test(name))
        found.set(own.join('.'), {
          path: own.join('.'),
          isList: forms.some(({ type }) => type === 'array'),
          isNumber: values.some(({ type }) => type === 'integer') && !values.some(({ type }) => type === 'string'),
          wordsOf: (beside) => (one.properties?.[beside]?.enum ?? []).map(String),
        });
      walk(member, own);
    }
    walk(one.items, [...path, '[]']);
  };
  walk(schema as Schema, []);
  return [...found.values()];
}

type Body = Readonly<Record<string, unknown>>;
/** What members of such a path refer to. */
type Reference = { readonly path: RegExp } & (
  | {
      readonly table: ForeignTable;
      /** by which of the row's columns, where it is not the door's id of it */
      readonly by?: string;
      /** sent beside it */
      readonly along?: Body;
    }
  /** what a member beside it says: each of its words for which there is a table is asked */
  | { readonly kind: string }
);

/** What goes along with a kind of thing. */
const WITH: Readonly<Record<string, Body>> = { worksOrder: { typeId: 'WO' } };
const KINDS: Readonly<Record<string, ForeignTable>> = {
  applicant: 'applicant',
  company: 'company',
  contact: 'contact',
  idCheck: 'identity_check',
  keySet: 'key_set',
  landlord: 'landlord',
  negotiator: 'member',
  office: 'office',
  property: 'property',
  source: 'source',
  tenancy: 'tenancy',
  worksOrder: 'works_order',
  Agent: 'member',
  Team: 'team',
  Lead: 'contact',
};

/** How a door names a row. */
const KEY: Readonly<Record<DoorName, 'id' | 'code' | 'reso_key'>> = {
  dotloop: 'id',
  reapit: 'code',
  propertybase: 'id',
  spark: 'reso_key',
};

/** What members of bodies and parameters of lists refer to; every line that fits a path is asked. */
const REFERENCES: Readonly<Record<DoorName, readonly Reference[]>> = {
  dotloop: [
    { path: /^templateId$/, table: 'deal_template' },
    { path: /^targetId$/, table: 'profile', along: { targetType: 'PROFILE' } },
    { path: /^targetId$/, table: 'app_user', along: { targetType: 'USER', eventTypes: ['CONTACT_CREATED'] } },
    { path: /^mlsProperti?y?Id$/, table: 'property', by: 'listing_number', along: { mlsId: 'ZQX' } },
    { path: /^mlsId$/, table: 'mls', by: 'short_name' },
  ],
  reapit: [
    { path: /negotiatorIds?$/i, table: 'member' },
    { path: /(organiser|sender)Id$/, table: 'member' },
    { path: /officeIds?$/i, table: 'office' },
    { path: /departmentIds?$/, table: 'department' },
    {
      path: /(company|solicitor|mortgageLender|mortgageBroker|surveyor|otherAgent|instructedAgent|agency)Id$/i,
      table: 'company',
    },
    { path: /landlordId$/, table: 'landlord' },
    { path: /applicantId$/, table: 'applicant' },
    { path: /tenancyId$/, table: 'tenancy' },
    { path: /(property|createdProperty|master)Ids?$/i, table: 'property' },
    { path: /(areaId|parentId)$/i, table: 'area' },
    { path: /^contactId$/, table: 'contact' },
    { path: /^buyerId$/, table: 'applicant' },
    { path: /offerId$/, table: 'offer' },
    { path: /worksOrderId$/, table: 'works_order' },
    { path: /invoiceIds?$/, table: 'invoice' },
    { path: /accountId$/, table: 'nominal_account' },
    { path: /(brochureId|InspectionReportId)$/, table: 'document' },
    { path: /(^source|attendee)\.id$/, kind: 'type' },
    { path: /associatedId$/, kind: 'associatedType' },
    { path: /^attendeeId$/, kind: 'attendeeType' },
    { path: /^recipientId$/, kind: 'recipientType' },
    { path: /^checkOutToId$/, kind: 'checkOutToType' },
    { path: /(type|status|category|reason|position|response|services)Ids?$/i, table: 'lookup' },
  ],
  propertybase: [
    { path: /(^|_)office_id$/, table: 'office' },
    { path: /(^|_)agent_ids?$/, table: 'member' },
    { path: /^office_manager_id$/, table: 'member', along: { office_manager_type: 'Agent' } },
    { path: /^assignee_id$/, kind: 'assignee_type' },
    { path: /^creator_id$/, kind: 'creator_type' },
    // The agent that is named counts before an owner.
    { path: /^owner_id$/, table: 'member', along: { owner_type: 'Agent', agent_id: undefined, agent_email: undefined } },
    { path: /^owner_id$/, table: 'team', along: { owner_type: 'Team', agent_id: undefined, agent_email: undefined } },
    { path: /^sender_person_id$/, kind: 'sender_person_type' },
    { path: /^recipient_person_id$/, kind: 'recipient_person_type' },
    { path: /^agent_email$/, table: 'member', by: 'email', along: { agent_id: undefined } },
    { path: /^(assignee|sender)_email$/, table: 'member', by: 'email' },
    { path: /^lead_id$/, table: 'contact' },
    { path: /^property_id$/, table: 'property' },
    { path: /^mls_id$/, table: 'property', by: 'listing_number', along: { mls_name: 'ZQX', property_id: undefined } },
    { path: /^team_id$/, table: 'team' },
    { path: /^dynamic_form_id$/, table: 'dynamic_form' },
    { path: /^market_report_id$/, table: 'market_report' },
    { path: /^development_id$/, table: 'development' },
    { path: /^development_category_id$/, table: 'development_category' },
    { path: /^parent_id$/, table: 'message' },
  ],
  spark: [
    { path: /^ListingIds$/, table: 'property' },
    { path: /^ContactIds$/, table: 'contact' },
  ],
};

/** Named like ids, and no row's: what somebody else counts by, words of a standard, addresses of mails, a switch. */
const NO_REFERENCE: Readonly<Record<DoorName, RegExp>> = {
  dotloop: /^(mlsAgentId|nrdsId|ID|externalId)$/,
  reapit: /(^id|alternateId|countryId|topicIds?|entityId)$/,
  propertybase:
    /^((office|agent)_mls_ids?|list_\w+_mls_ids?|propertybase_(user_)?id|bold_leads_id|area_profile_id|(dont_send|deliver|from|friend)_email)$/,
  spark: /^ViewId$/,
};

export type Asked = { readonly table: ForeignTable; readonly by: string; readonly along: Body };

/**
 * What is to be asked of a member or a parameter; nothing where it is no reference.
 * @throws Error for one of which nothing is known: say in `REFERENCES` what it refers to
 */
export function askedOf(door: DoorName, field: IdField): Asked[] {
  if (NO_REFERENCE[door].test(field.path)) return [];
  const lines = REFERENCES[door].filter(({ path }) => path.test(field.path));
  if (lines.length === 0) throw new Error(`${door} ${field.path}: what does it refer to?`);
  return lines.flatMap((line): Asked[] => {
    if ('table' in line) return [{ table: line.table, by: line.by ?? KEY[door], along: line.along ?? {} }];
    return field.wordsOf(line.kind).flatMap((word) => {
      const table = KINDS[word];
      return table ? [{ table, by: KEY[door], along: { [line.kind]: word, ...WITH[word] } }] : [];
    });
  });
}
