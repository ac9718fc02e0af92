import type { Ids } from '../../src/testing/routes.ts';
import type { Contract } from '../../src/wire/contract.ts';
import { addMissing } from './missing-rows.ts';
import type { Cast, Speak } from './strangers.ts';

type Row = Readonly<Record<string, unknown>>;

/** Rows of a list, in whichever envelope a door puts them. */
function rowsIn(text: string): Row[] {
  const body = JSON.parse(text) as Row & { D?: Row };
  const found = [body, body.data, body._embedded, body.D?.Results].find(Array.isArray);
  return (found ?? []) as Row[];
}

const idOf = (row: Row): string => String(row.id ?? row.Id ?? row.ContactId ?? '');
const bare = (url: string) => url.replace(/\/$/, '');

/** Ids of the first brokerage for every parameter of a path, and which of them the second has not. */
export type OwnedIds = { readonly ids: Ids; readonly own: readonly string[] };

/** Parents that are looked through for one that has children; both brokerages may have them. */
const PARENTS = 25;

/** Finds such ids in the lists that a path goes through. Undefined where the lists on the way have none. */
export async function ownedIds(cast: Cast) {
  const { owner, second, contracts, pages } = cast;
  const added = await addMissing(cast);
  const listed = new Set(contracts.filter(({ method }) => method === 'GET').map(({ url }) => bare(url)));
  const [ofOwner, ofSecond] = [new Map<string, Promise<Row[]>>(), new Map<string, Promise<Row[]>>()];
  const rowsAt = async (speak: Speak, path: string): Promise<Row[]> => {
    // A list that cannot be asked for many, or not in that order, is taken as it comes.
    // Below a record there are few rows, in no order that can be asked for.
    for (const query of path.split('/').length > 2 ? [''] : [...pages, '']) {
      const { status, text } = await speak('GET', path + query);
      if (status === 200 && /^[{[]/.test(text)) return rowsIn(text).filter((row) => idOf(row) !== '');
    }
    return [];
  };
  const rowsOf = (path: string, speak: Speak, kept: Map<string, Promise<Row[]>>): Promise<Row[]> => {
    const known = kept.get(path) ?? rowsAt(speak, path);
    kept.set(path, known);
    return known;
  };
  const owned = async (path: string): Promise<Row[]> => {
    const mine = await rowsOf(path, owner, ofOwner);
    const theirs = mine.length > 0 ? await rowsOf(path, second, ofSecond) : [];
    return mine.filter((row) => !theirs.some((other) => idOf(other) === idOf(row)));
  };
  /** `/leads/:lead_id/tasks/:id` by way of `/tasks`, whose rows say `lead_id`. */
  const fromChild = async ([, parent = '', child, own = '', ...more]: readonly string[]): Promise<OwnedIds | undefined> => {
    if (!/^:\w+_id$/.test(parent) || !own.startsWith(':') || more.length > 0 || !listed.has(`/${child}`)) return undefined;
    const row = (await owned(`/${child}`)).find((one) => one[parent.slice(1)]);
    const names = [parent.slice(1), own.slice(1)] as const;
    return row && { ids: { [names[0]]: String(row[names[0]]), [names[1]]: idOf(row) }, own: [names[1]] };
  };
  const follow = async (
    parts: readonly string[],
    path: string,
    pattern: string,
    found: OwnedIds,
  ): Promise<OwnedIds | undefined> => {
    const [part, ...rest] = parts;
    if (part === undefined) return found;
    if (!part.startsWith(':')) return follow(rest, `${path}/${part}`, `${pattern}/${part}`, found);
    if (!listed.has(pattern)) return undefined;
    const name = part.slice(1);
    const own = (await owned(path)).map(idOf);
    const isLast = !rest.some((one) => one.startsWith(':'));
    // Parents that only the first has come first, those that both have after them.
    const common = isLast ? [] : (await rowsOf(path, owner, ofOwner)).map(idOf).filter((id) => !own.includes(id));
    for (const id of [...own.slice(0, isLast ? 1 : PARENTS), ...common.slice(0, PARENTS)]) {
      const next = { ids: { ...found.ids, [name]: id }, own: own.includes(id) ? [...found.own, name] : found.own };
      const whole = await follow(rest, `${path}/${encodeURIComponent(id)}`, `${pattern}/${part}`, next);
      if (whole) return whole;
    }
    return undefined;
  };
  return async ({ url }: Contract): Promise<OwnedIds | undefined> => {
    const [, fixed, common = []] = added.find(([start]) => bare(url).startsWith(start)) ?? [];
    if (fixed)
      return { ids: fixed, own: Object.keys(fixed).filter((name) => url.includes(`:${name}`) && !common.includes(name)) };
    const parts = bare(url).split('/').slice(1);
    return (await fromChild(parts)) ?? follow(parts, '', '', { ids: {}, own: [] });
  };
}
