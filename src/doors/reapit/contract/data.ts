import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldSpec, GroupSpec, QuerySpec } from '../../../wire/resource/spec.ts';
import { ATTRIBUTES } from './attributes.ts';

type Foundations = {
  readonly topics: readonly string[];
  readonly metadataFilters: readonly string[];
  readonly groups: Readonly<Record<string, GroupSpec>>;
};

/** Facts of the published schema and of what clients need: names, types, enumerations, parameters, links, scopes, rules. */
const read = (): Foundations => JSON.parse(readFileSync(join(import.meta.dirname, 'foundations.json'), 'utf8')) as Foundations;

let loaded: Foundations | undefined;
const data = (): Foundations => {
  loaded ??= patched(read());
  return loaded;
};

export const groupNames = (): string[] => Object.keys(data().groups);
export const topics = (): readonly string[] => data().topics;

/** @throws Error for a group that nobody published: a slip in a declaration */
export function groupOf(name: string): GroupSpec {
  const group = data().groups[name];
  if (!group) throw new Error(`The contract has no group ${name}`);
  return group;
}

type Patch = (group: GroupSpec) => GroupSpec;

/** Where the contract's text and its data differ, the text holds; each line names its clause. */
const PATCHES: Readonly<Record<string, Patch>> = {
  // §4.3 contacts: additionalContactDetails is writable by PATCH as a list; §5.2: relationships are an embed, no member
  contacts: (group) => ({
    ...group,
    model: without(group.model, 'relationships'),
    update: withFields(group.update, { additionalContactDetails: group.model?.fields.additionalContactDetails ?? LIST }),
  }),
  // §1.10: the one enumeration whose own name clients know from the message
  areas: (group) => ({ ...group, create: withFields(group.create, { type: { ...AREA_TYPE, ...group.create?.fields.type } }) }),
  // §4.4: contactCategories add type
  'configuration/contactCategories': (group) => ({
    ...group,
    model: called('ContactCategoryModel', withFields(group.model, { type: { type: 'string' } })),
  }),
  // published under the name of another shape
  certificates: (group) => ({ ...group, model: called('CertificateOverviewModel', group.model) }),
  'conveyancing/{id}/chain': (group) => ({ ...group, model: called('ConveyancingChainModel', group.model) }),
  // §4.3 companies: both country and countryId are answered, and the type that was written; §5.2: relationships are an embed, no member
  companies: (group) => ({
    ...group,
    model: withInner(without(group.model, 'relationships'), 'address', {
      type: { type: 'string' },
      countryId: { type: 'string' },
    }),
  }),
  // §4.3 companies: staff that is a contact leads to it
  'companies/{id}/staffMembers': (group) => ({
    ...group,
    model: withFields(group.model, { id: { type: 'string', readOnly: true, nullable: true } }),
    links: { contact: '/contacts/{ref}' },
  }),
  // §4.3 appointments: both words for the type of an attendee are taken; each type has a collection of its own
  appointments: (group) => ({
    ...group,
    query: withValues(group.query, 'attendeeType', 'tenant'),
    create: withInner(group.create, 'attendee', { type: ATTENDEE_TYPE }),
    update: withInner(group.update, 'attendee', { type: ATTENDEE_TYPE }),
    links: { ...group.links, attendee: '/applicants/{ref} | /contacts/{ref} | /landlords/{ref} | /tenancies/{ref}' },
  }),
  // §4.3 openHouseAttendees: what was written is answered, whatever other word the read schema prints
  'appointments/{id}/openHouseAttendees': (group) => ({
    ...group,
    model: withFields(group.model, { interestLevel: group.create?.fields.interestLevel ?? { type: 'string' } }),
    create: withInner(group.create, 'attendee', { type: ATTENDEE_TYPE }),
  }),
  // published in part: a row of a list has to say which language it is
  'properties/{id}/multilingual': (group) => ({
    ...group,
    model: { fields: { id: { type: 'string', readOnly: true }, ...group.model?.fields } },
  }),
  // §4.3 landlords: related with isMain
  landlords: (group) => ({
    ...group,
    model: withItem(group.model, 'related', { isMain: { type: 'boolean' } }),
    create: withItem(group.create, 'related', { isMain: { type: 'boolean' } }),
  }),
  // §4.3 identityChecks: a company's check keeps the company's id
  identityChecks: (group) => ({ ...group, links: { ...group.links, contact: '/contacts/{ref} | /companies/{ref}' } }),
  // §4.3 invoices: the published links carry invoiceIds
  'invoices/payments': withInvoiceIds,
  'invoices/credits': withInvoiceIds,
  'invoices/charges': withInvoiceIds,
  // published without their form; they bound a date
  tasks: (group) => ({
    ...group,
    query: {
      ...group.query,
      completedFrom: { type: 'string', format: 'date-time', field: 'completed', op: 'gte' },
      completedTo: { type: 'string', format: 'date-time', field: 'completed', op: 'lte' },
    },
  }),
};

const AREA_TYPE: FieldSpec = { type: 'string', model: 'AreaType' };

const ATTENDEE_TYPE: FieldSpec = { type: 'string', enum: ['applicant', 'contact', 'landlord', 'tenant', 'tenancy'] };

const LIST: FieldSpec = { type: 'array', items: { type: 'object', additionalProperties: true } };

const called = (name: string, shape: GroupSpec['model']): NonNullable<GroupSpec['model']> => ({ fields: {}, ...shape, name });

function without(shape: GroupSpec['model'], ...names: readonly string[]): NonNullable<GroupSpec['model']> {
  const fields = Object.entries(shape?.fields ?? {}).filter(([name]) => !names.includes(name));
  return { ...shape, fields: Object.fromEntries(fields) };
}

const withFields = (shape: GroupSpec['model'], more: Readonly<Record<string, FieldSpec>>): NonNullable<GroupSpec['model']> => ({
  ...shape,
  fields: { ...shape?.fields, ...more },
});

/** Members of an object within the shape. */
const withInner = (shape: GroupSpec['model'], name: string, more: Readonly<Record<string, FieldSpec>>) =>
  withFields(shape, { [name]: { type: 'object', ...shape?.fields[name], fields: { ...shape?.fields[name]?.fields, ...more } } });

/** Members of the items of a list within the shape. */
const withItem = (shape: GroupSpec['model'], name: string, more: Readonly<Record<string, FieldSpec>>) => {
  const items = shape?.fields[name]?.items;
  return withFields(shape, {
    [name]: { type: 'array', ...shape?.fields[name], items: { type: 'object', ...items, fields: { ...items?.fields, ...more } } },
  });
};

const withValues = (query: GroupSpec['query'], name: string, ...more: readonly string[]): NonNullable<GroupSpec['query']> => {
  const spec = query?.[name] ?? { type: 'string' };
  return { ...query, [name]: { ...spec, enum: [...(spec.enum ?? []), ...more] } };
};

function withInvoiceIds(group: GroupSpec): GroupSpec {
  return { ...group, query: { ...group.query, invoiceIds: { type: 'string', array: true, field: 'invoiceId', op: 'in' } } };
}

/** Filters take every value that the model has, and the other spellings that were published (§5.2). */
const ALSO: Readonly<Record<string, readonly string[]>> = { situation: ['communalGardens'], age: ['old'], status: [] };

function widened(name: string, spec: QuerySpec, model: GroupSpec['model']): QuerySpec {
  if (!spec.enum || !spec.field) return spec;
  const member = spec.field
    .split('.')
    .reduce<FieldSpec | undefined>((at, step) => at?.fields?.[step] ?? at?.items?.fields?.[step], {
      type: 'object',
      fields: model?.fields ?? {},
    });
  const attributes = spec.op === 'containsAny' ? (ATTRIBUTES[name] ?? []) : [];
  const values = [...(member?.enum ?? member?.items?.enum ?? []), ...attributes];
  return { ...spec, enum: [...new Set([...spec.enum, ...values, ...(ALSO[name] ?? [])])] };
}

const PAGING: Readonly<Record<string, QuerySpec>> = {
  pageSize: { type: 'integer', default: 25, min: 1, max: 100 },
  pageNumber: { type: 'integer', default: 1, min: 1 },
};

/** Every list pages (§4.1), and configuration lists take ids (§4.4). */
function completed(name: string, group: GroupSpec): GroupSpec {
  const query = Object.fromEntries(
    Object.entries(group.query ?? {}).map(([parameter, spec]) => [parameter, widened(parameter, spec, group.model)]),
  );
  const isList = name.startsWith('configuration/') && name !== 'configuration/types' && name !== 'configuration/terminology';
  const ids: Record<string, QuerySpec> = isList ? { id: { type: 'string', array: true, field: 'id', op: 'in' } } : {};
  // What was added since the published schema names no answers; a list answers rows all the same.
  const endpoints = group.endpoints.map((endpoint) =>
    isList && endpoint.path === group.path
      ? { ...endpoint, response: endpoint.response ?? `array<${group.model?.name}>` }
      : endpoint,
  );
  return { ...group, endpoints, query: { ...(group.paged ? PAGING : {}), ...ids, ...query } };
}

function patched(foundations: Foundations): Foundations {
  const groups = Object.entries(foundations.groups).map(([name, group]) => [
    name,
    completed(name, PATCHES[name]?.(group) ?? group),
  ]);
  return { ...foundations, groups: Object.fromEntries(groups) };
}
