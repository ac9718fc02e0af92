import type { Actor } from '../../access/actor.ts';
import { invalid } from '../../kernel/fault.ts';
import type { Row } from '../../kernel/record.ts';
import { type BodyWords, readBody } from '../../wire/resource/body.ts';
import { embedNames, unplacedLinks } from '../../wire/resource/embeds.ts';
import { unplacedFilters, unplacedSorts } from '../../wire/resource/filters.ts';
import type { Operation, OperationCall } from '../../wire/resource/operation.ts';
import { nameOf, operationsOf, type ResourceRules } from '../../wire/resource/operations.ts';
import { makePresenter } from '../../wire/resource/present.ts';
import { makeRegistry } from '../../wire/resource/registry.ts';
import { type Resource, resource } from '../../wire/resource/resource.ts';
import { besides, creationBreaches } from '../../wire/resource/rules.ts';
import { type EndpointSpec, type FieldSpec, type Fields, writableOf } from '../../wire/resource/spec.ts';
import { groupOf } from './contract/data.ts';
import type { Desk, Model, ReapitCaller, Written } from './desk.ts';
import { badRequest, scopeMissing, TEXTS } from './faults.ts';
import { metadataCondition } from './metadata/expression.ts';
import { declared, written } from './resources/index.ts';

/** The vendor's words that are others in the house (docs/glossary.md). */
const NAMES = { negotiator: 'member' };

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A member published as integer that clients send with a fraction (contracts/reapit.md §5.2). */
const FRACTIONS = /(price|rent|amount)(From|To)?$/i;

export const bodyWords: BodyWords = {
  enumeration: (path, { model }) =>
    `The enum value provided for ${
      model ??
      capital(
        path
          .split('.')
          .at(-1)
          ?.replace(/\[\d+\]$/, '') ?? path,
      )
    } is incorrect`,
  type: (path, spec) => `The value provided for ${path} must be ${article(spec)}`,
  date: (path, { format }) =>
    format === 'date'
      ? `The value provided for ${path} must be a date in the form YYYY-MM-DD without a time`
      : `The value provided for ${path} must be an ISO 8601 date-time with a zone designator`,
  takesFraction: (path) => FRACTIONS.test(path),
  // the published schema calls it a text (contracts/reapit.md §1.19)
  takesJsonText: (path) => path === 'metadata',
};

const article = ({ type }: FieldSpec) => (/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`);

/** A declaration that leaves something of the contract without a meaning is a defect of ours, found when the house opens. */
function checkDeclaration(one: Resource<Actor>): void {
  const open = [
    ...unplacedFilters(one).map((name) => `filter ${name}`),
    ...unplacedSorts(one).map((word) => `sort ${word}`),
    ...unplacedLinks(one).map((key) => `link ${key}`),
  ];
  if (open.length > 0) throw new Error(`${one.name} does not say what these mean: ${open.join(', ')}`);
}

const endpointOf = ({ group, method, path }: Written): EndpointSpec => {
  const endpoint = groupOf(group).endpoints.find((one) => one.method === method && one.path === path);
  if (!endpoint) throw new Error(`The contract has no ${method} ${path} in ${group}`);
  return endpoint;
};

const shapeFor = ({ group, method, path }: Written): Fields => {
  const { create, update, model, bulkUpdate, path: list } = groupOf(group);
  if (bulkUpdate && method !== 'POST' && path === list) return bulkUpdate.fields;
  return ((method === 'POST' ? create : update) ?? writableOf(model)).fields;
};

/** An operation that a file of the door writes out; its body is read by the group's shape, all breaches at once. */
export function operationOf(desk: Desk, one: Written): Operation<ReapitCaller> {
  const { group, method, path, body } = one;
  const spec = groupOf(group);
  const endpoint = endpointOf(one);
  const handle = one.make(desk);
  const fields = method === 'GET' || method === 'DELETE' ? undefined : shapeFor(one);
  const read = (call: OperationCall<ReapitCaller>): OperationCall<ReapitCaller> => {
    if (!fields || body === 'raw') return call;
    const { value, breaches } = readBody(fields, call.body, spec.model?.fields ?? {}, bodyWords);
    const missing = method === 'POST' ? creationBreaches(spec, fields, value) : [];
    const all = besides(besides(breaches, missing), one.check?.(value) ?? []);
    if (all.length > 0) throw invalid(all);
    return { ...call, body: value };
  };
  return {
    method,
    path,
    operationId: endpoint.operationId ?? nameOf(method, path),
    group,
    scope: method === 'GET' ? spec.scopes.read : spec.scopes.write,
    query: method === 'GET' ? (spec.query ?? {}) : {},
    body: body === 'raw' ? 'raw' : fields,
    status: endpoint.status,
    ...(one.anyCustomer ? { anyCustomer: true } : {}),
    model: method === 'GET' ? spec.model : undefined,
    handle: async (call) => handle(read(call)),
  };
}

/** Everything the door answers, from its declarations. */
export function openEngine(desk: Desk) {
  const resources = declared.map((one) =>
    resource<Actor>(one.group, groupOf(one.group), { ...one.declare(desk), operations: one.operations }, NAMES),
  );
  for (const one of resources) checkDeclaration(one);
  const registry = makeRegistry(
    resources,
    written.filter(({ method }) => method === 'GET').map(({ path }) => path),
  );
  const rules: ResourceRules<Actor, ReapitCaller> = {
    door: 'reapit',
    base: desk.base,
    words: bodyWords,
    extrasOf: (caller) => new Set(caller.extrasFields ?? []),
    extrasRefused: () => badRequest(TEXTS.extras),
    scopeMissing,
    metadataFilter: ({ clientId }, type, expressions) => metadataCondition(expressions, type, clientId),
  };
  const present = makePresenter(registry, rules);
  const operations = [...operationsOf(registry, rules), ...written.map((one) => operationOf(desk, one))];
  return {
    operations,
    registry,
    embeds: (one: Resource<Actor>) => embedNames(registry, one),
    /** Rows as a single GET answers them, for whoever tells of them elsewhere: without links, embeds, metadata and extras fields. */
    async modelsOf(one: Resource<Actor>, actor: Actor, rows: readonly Row[]): Promise<readonly Model[]> {
      const models = await present(actor, { ...one, model: withoutMetadata(one.model) }, rows, []);
      return models.map(({ _links, _embedded, extrasField, ...model }) => model);
    },
    /** the resource that shows rows of a noun on their own */
    resourceOf: (noun: string) =>
      resources.find(({ source, spec, inside }) => source.noun === noun && spec.itemPath && inside === undefined),
  };
}
export type Engine = ReturnType<typeof openEngine>;

const withoutMetadata = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'metadata'));
