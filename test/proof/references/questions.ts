import { ok } from 'node:assert/strict';
import { printedBodies } from '../../../src/testing/fuzz/operations.ts';
import { type Ids, pathOf } from '../../../src/testing/routes.ts';
import type { Contract } from '../../../src/wire/contract.ts';
import { named } from '../answers.ts';
import type { OwnedIds } from '../owned-ids.ts';
import type { Cast, DoorName, Said } from '../strangers.ts';
import type { ForeignRow, ForeignTable } from './foreign-rows.ts';
import { type Asked, askedOf, type IdField, idFieldsOf } from './id-fields.ts';

/** One question: a member or a parameter of an operation, a row that it could mean, and how that is asked. */
export type Question = { readonly name: string; readonly id: string; readonly ask: (id: string) => Promise<Said> };
export type Questions = {
  /** members of bodies that must lead to a row of the caller's */
  readonly refused: Question[];
  /** members that take any word */
  readonly kept: Question[];
  /** parameters of lists */
  readonly queries: Question[];
};

/** How each door says that a reference leads nowhere. */
export const NOWHERE: Readonly<Record<DoorName, RegExp>> = {
  dotloop: /No such (profile|user|account)|does not exist for this profile/i,
  reapit: /The resource referenced by the value provided could not be found/,
  propertybase: /does not exist|(manager|assignee|creator|sender person|mls name) is invalid/i,
  spark: /is no listing that you can see|is none of your contacts/,
};

/**
 * Members that take any word, as the contracts say: a listing that is not known yet stays a number (domain-property §7.2), and what nothing
 * follows is kept as it was sent (domain-property §2 rule 5).
 */
const KEPT: Readonly<Record<DoorName, RegExp>> = {
  dotloop: / (mlsPropert|mlsId)/,
  reapit: / letting\.withdrawalReason\.|certificates.* statusId$| preTenancyCheckStatusId$| otherAgentId$/,
  propertybase: /(?<!sales_exclusives.*) mls_id /,
  spark: /^$/,
};

/** Parameters without which an operation is not carried out. */
const PARAMETERS: Readonly<Record<string, string>> = { '/loop-it': '?profile_id=42' };

/** The same operations by other paths: below a lead, and PUT for PATCH. */
const isAgain = ({ method, url }: Contract, door: DoorName) =>
  door === 'propertybase' && (method === 'PUT' || url.startsWith('/leads/:lead_id/'));

/** Filters of Spark that name rows. */
const SPARKQL: readonly (readonly [path: string, field: string, table: ForeignTable])[] = [
  ['/listings', 'ListAgentId', 'member'],
  ['/listings', 'ListOfficeId', 'office'],
  ['/listings', 'Id', 'property'],
  ['/listings', 'MlsId', 'mls'],
  ['/listings', 'SavedSearch', 'saved_search'],
  ['/listings', 'ListingCart', 'listing_cart'],
  ['/contacts', 'Id', 'contact'],
  ['/accounts', 'Id', 'member'],
  ['/accounts', 'OfficeId', 'office'],
];

type Row = Record<string, unknown>;
type Body = Readonly<Row>;

/** The object in which a door's members lie, without its envelope. */
function inside(body: Row): Row {
  const { D } = body as { D?: Row };
  if (!D) return body;
  const list = Object.values(D).find((value) => Array.isArray(value) && typeof value[0] === 'object');
  return (list as Row[] | undefined)?.[0] ?? D;
}

/** The body with a value at a place, `related.[].associatedId`, and what goes along beside it. */
function withAt(base: unknown, { path, isList, isNumber }: IdField, id: string, along: Body): unknown {
  const body = structuredClone(base) as Row;
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at = inside(body);
  for (const [i, step] of steps.entries()) {
    if (step === '[]') continue;
    const isArray = steps[i + 1] === '[]';
    const old = isArray ? (at[step] as Row[] | undefined)?.[0] : at[step];
    const next: Row = { ...(old as Row | undefined) };
    at[step] = isArray ? [next] : next;
    at = next;
  }
  const value = isNumber ? Number(id) : id;
  Object.assign(at, along, { [last]: isList ? [value] : value });
  return body;
}

/** Sends a member with an id, in the first of several bodies in which it is what is wrong, or which is taken. */
function sender({ door, owner }: Cast, contract: Contract, path: string) {
  const { method, url, example } = contract;
  const accepted = printedBodies(door, { accepted: true })(method, url.replace(/:(\w+)/g, '{$1}'));
  const printed = [...(example === undefined ? [] : [example]), ...accepted];
  const empty = door === 'spark' ? { D: {} } : {};
  const bases = method === 'POST' ? [...printed, empty] : [empty, ...printed];
  let tag: string | undefined;
  const send = async (base: unknown, field: IdField, id: string, along: Body) => {
    if (door === 'reapit' && method !== 'POST') tag ??= (await owner('GET', path)).etag;
    const json = withAt(base, field, id, along);
    const said = await owner(method, path + (PARAMETERS[url] ?? ''), json, tag ? { 'if-match': tag } : {});
    if (said.status < 300) tag = undefined;
    return said;
  };
  return (field: IdField, along: Body) => {
    let base: unknown;
    return async (id: string): Promise<Said> => {
      if (base !== undefined) return send(base, field, id, along);
      let said: Said | undefined;
      for (base of bases) {
        said = await send(base, field, id, along);
        if (said.status < 300 || NOWHERE[door].test(said.text)) break;
      }
      return said as Said;
    };
  };
}

/** Asks a list for the rows that go with an id. */
const lister =
  ({ owner }: Cast, path: string) =>
  ({ path: name }: IdField, along: Body) =>
  (id: string): Promise<Said> => {
    const sent = Object.entries({ ...along, [name]: id }).filter(([, value]) => value !== undefined);
    return owner('GET', `${path}?${new URLSearchParams(sent.map(([one, value]): [string, string] => [one, String(value)]))}`);
  };

/** Everything that a door can be asked about ids in bodies and parameters. */
export async function questionsTo(
  cast: Cast,
  idsOf: (contract: Contract) => Promise<OwnedIds | undefined>,
  foreign: ReadonlyMap<ForeignTable, ForeignRow>,
): Promise<Questions> {
  const { door, owner, contracts } = cast;
  const idFor = ({ table, by }: Pick<Asked, 'table' | 'by'>): string => {
    const id = foreign.get(table)?.[by];
    ok(id, `${table} has no ${by}`);
    return id;
  };
  const found: Questions = { refused: [], kept: [], queries: [] };
  for (const contract of contracts.filter((one) => !isAgain(one, door))) {
    const { method, url, body, query } = contract;
    const isList = method === 'GET';
    // What the path says counts, whatever is said beside it.
    const fields = idFieldsOf(isList ? query : body).filter(({ path }) => !url.includes(`:${path}`));
    const lines = fields.flatMap((field) => askedOf(door, field).map((line) => ({ ...line, field })));
    if (lines.length === 0) continue;
    const owned: { ids: Ids } | undefined = url.includes(':') ? await idsOf(contract) : { ids: {} };
    ok(owned, `${named(contract)}: the first brokerage has nothing there`);
    const path = pathOf(contract, owned.ids);
    const asking = isList ? lister(cast, path) : sender(cast, contract, path);
    for (const { field, along, ...line } of lines) {
      const words = Object.values(along).filter((word) => typeof word === 'string');
      const name = [named(contract), field.path, ...words].join(' ');
      const kind = isList ? 'queries' : KEPT[door].test(name) ? 'kept' : 'refused';
      found[kind].push({ name, id: idFor(line), ask: asking(field, along) });
    }
  }
  if (door === 'spark')
    for (const [path, field, table] of SPARKQL) {
      const ask = (id: string) => owner('GET', `${path}?_filter=${encodeURIComponent(`${field} Eq '${id}'`)}`);
      found.queries.push({ name: `GET ${path} ${field}`, id: idFor({ table, by: 'reso_key' }), ask });
    }
  return found;
}
