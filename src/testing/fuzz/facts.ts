import { SANDBOX } from '../../sandbox/index.ts';
import { SHARED_IDS } from '../routes.ts';
import type { DoorDocument, Operation } from './operations.ts';
import type { Surroundings } from './schema-values.ts';
import type { Caller } from './shot.ts';

export type Ids = Readonly<Record<string, string>>;
/** What of an answer says which record was made. */
export type Made = { readonly location: string | undefined; readonly body: unknown };
/** Asks as a caller, with a body if there is one; the answer's body, or nothing if it was refused. */
export type Look = (path: string, caller: Caller, json?: unknown) => Promise<unknown>;

/** What is there to be asked about. It is looked up through the doors before the first hostile request. */
export type Facts = {
  /** values that belong together, for the path of an operation; the list grows while the run makes records */
  idsOf(operation: Operation): readonly Ids[];
  /** what an operation has just made, below the records that its path named */
  learn(operation: Operation, above: Ids, answer: Made): void;
  idsFor: Surroundings['idsFor'];
  /** addresses with signatures and keys that the house gave out */
  readonly addresses: readonly string[];
};

const MOST_PER_LIST = 5;
const MOST_ABOVE = 4;
/** Of one path; the oldest are forgotten first. */
const MOST_KNOWN = 60;
/** Done to what is there, these would take away the keys of everybody who calls here; they are tried on what is not there. */
const SPARED =
  /^\/app\/(applications|installations|keys|developer\/applications)\/\{|^\/reapit\/(negotiators|offices)\/\{|^\/propertybase\/api\/v2\/(agents|employees|offices)\/\{id/;
const MOST_ADDRESSES = 60;
/** The path of an address that is permission by itself. */
const GIVEN_OUT = /\/(?:media|reapit\/uploads|s)\/[^"\\\s]+/g;
const BEST: Readonly<Record<Operation['door'], Caller>> = {
  dotloop: 'dotloop',
  reapit: 'reapit',
  propertybase: 'propertybase',
  spark: 'spark',
  app: 'page-administrator',
};
/** For what no list tells. */
const TOLD: Ids = {
  ...Object.fromEntries(Object.entries(SHARED_IDS).map(([name, id]) => [name, String(id)])),
  mlsId: '20050101000000000000000000',
  tag: 'Current%20Buyers',
  name: 'City',
  roleId: '3',
  token: 'no-session',
  clientId: SANDBOX.reapit.clientId,
};

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** The rows of a list, whatever envelope the door has. */
function rowsOf(body: unknown): Row[] {
  if (Array.isArray(body)) return body.filter(isRow);
  if (!isRow(body)) return [];
  const inside = isRow(body.D) ? body.D.Results : (body.data ?? body._embedded ?? body.applications ?? body.installations);
  return inside === undefined ? [] : Array.isArray(inside) ? inside.filter(isRow) : [inside].filter(isRow);
}

const idOf = (row: Row): string | undefined => {
  const found = row.id ?? row.Id ?? row.clientId;
  return typeof found === 'string' || typeof found === 'number' ? encodeURIComponent(found) : undefined;
};

/** Nobody has the last id: what is asked of it is asked of nothing. */
export const fillPath = (path: string, ids: Ids) => path.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? '999999999');

/** Asks list after list for what lies below it: `/loop`, then `/loop/{loopId}/folder` for each loop found, and so on. */
async function walk({ operations }: DoorDocument, look: Look): Promise<Map<string, Ids[]>> {
  const lists = new Map(operations.filter(({ method }) => method === 'GET').map((one) => [one.path, one]));
  const found = new Map<string, Ids[]>();
  const collect = async (path: string): Promise<Ids[]> => {
    const known = found.get(path);
    if (known) return known;
    const [, above = '', name] = /^(.*)\/\{(\w+)\}[^{]*$/.exec(path) ?? [];
    if (name === undefined) return [{}];
    const list = lists.get(above) ?? lists.get(`${above}/`);
    const ids: Ids[] = [];
    for (const held of (await collect(above)).slice(0, MOST_ABOVE)) {
      if (!list) {
        if (TOLD[name] !== undefined) ids.push({ ...held, [name]: TOLD[name] });
        continue;
      }
      if (TOLD[name] !== undefined) ids.push({ ...held, [name]: TOLD[name] });
      const rows = rowsOf(await look(fillPath(list.path, held), BEST[list.door]));
      ids.push(
        ...rows.slice(0, MOST_PER_LIST).flatMap((row) => {
          const id = idOf(row);
          return id === undefined ? [] : [{ ...held, [name]: id }];
        }),
      );
    }
    found.set(path, ids);
    return ids;
  };
  for (const { path } of operations) await collect(path);
  return found;
}

const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
/** `negotiatorIds`, `lead_id` → what lists of the noun are called at the end of their paths. */
const nounOf = (member: string) => {
  const noun = /^(.+?)_?ids?$/i.exec(member)?.[1];
  return noun === undefined || noun === '' ? undefined : plain(noun);
};

/** Looks up what the doors have. */
export async function gatherFacts(documents: readonly DoorDocument[], ask: Look): Promise<Facts> {
  const ids = new Map<string, Ids[]>();
  const addresses = new Set<string>();
  const look: Look = async (...asked) => {
    const body = await ask(...asked);
    for (const [address] of JSON.stringify(body ?? null).matchAll(GIVEN_OUT))
      if (addresses.size < MOST_ADDRESSES) addresses.add(address);
    return body;
  };
  const byNoun = new Map<string, string[]>();
  for (const document of documents) {
    for (const [path, known] of await walk(document, look)) {
      ids.set(path, known);
      const [, noun = '', name = ''] = /([^/{}]+)\/\{(\w+)\}$/.exec(path) ?? [];
      if (noun === '') continue;
      const singular = plain(noun).replace(/ies$/, 'y').replace(/s$/, '');
      byNoun.set(singular, [...(byNoun.get(singular) ?? []), ...known.flatMap((one) => one[name] ?? [])]);
    }
  }
  await look('/reapit/documents/signedUrl', 'reapit', { amount: 5 });
  // `/contacts/` makes what `/contacts/{id}` names
  const items = new Map(
    [...ids.keys()].flatMap((path) => {
      const [, above, name] = /^(.*)\/\{(\w+)\}$/.exec(path) ?? [];
      return above === undefined || name === undefined ? [] : [[above, { path, name }] as const];
    }),
  );
  return {
    learn({ path, method }, above, { location, body }) {
      const item = method === 'POST' ? items.get(path.replace(/\/$/, '')) : undefined;
      const id = item && (location?.slice(location.lastIndexOf('/') + 1) ?? idOf(rowsOf(body)[0] ?? {}));
      if (!item || !id) return;
      for (const one of ids.keys())
        if (one.startsWith(item.path)) {
          const known = ids.get(one) ?? [];
          known.push({ ...known.at(-1), ...above, [item.name]: id });
          if (known.length > MOST_KNOWN) known.shift();
        }
    },
    idsOf: ({ path, method }) => (method !== 'GET' && SPARED.test(path) ? [] : (ids.get(path) ?? [])),
    idsFor: (member) => byNoun.get(nounOf(member) ?? '') ?? [],
    addresses: [...addresses],
  };
}
