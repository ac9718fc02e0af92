import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { groupOf } from '../../../src/doors/reapit/contract/data.ts';
import { declared } from '../../../src/doors/reapit/resources/index.ts';
import type { GroupSpec } from '../../../src/wire/resource/spec.ts';
import { openReapit } from './house.ts';

type Links = Readonly<Record<string, { readonly href: string }>>;
type Row = {
  readonly id?: string;
  readonly _links?: Links | null;
  readonly _embedded?: Readonly<Record<string, unknown>> | null;
};
type Page = { readonly _embedded?: readonly Row[]; readonly _links?: Links };

/** What a list hides unless it is asked for. */
const HIDDEN: Readonly<Record<string, string>> = { '/appointments/': '&includeCancelled=true&includeUnconfirmed=true' };

/** Below which properties there is anything: the others would answer thousands of empty lists. */
const WITH_PARTS = `select p.code from property p where p.org_id = 1 and (
  exists (select from property_part x where x.org_id = 1 and x.property_id = p.id and x.kind <> 'rentalPeriod')
  or exists (select from key_set x where x.org_id = 1 and x.property_id = p.id)
  or exists (select from certificate x where x.org_id = 1 and x.property_id = p.id))`;

/** Nobody's application has a webhook in the sandbox, and no landlord an entry about a property. */
const EMPTY = ['/journalEntries/landlords link property', '/journalEntries/landlords link type'];

const lists = declared
  .map(({ group }) => groupOf(group))
  .filter(({ paged, endpoints, path }) => paged && endpoints.some((one) => one.method === 'GET' && one.path === path));
const top = lists.filter(({ path = '' }) => !path.includes('{'));
/** `/tenancies/{id}/checks` and the like, of `/tenancies/{id}`. */
const below = ({ itemPath }: GroupSpec) => lists.filter(({ path = '' }) => path.replace(/\/\w+$/, '') === itemPath);

/** Everything to ask, of links that differ in one id only: those ids, and the question they are the last part of. */
type Question = { readonly start: string; readonly ids: Set<string>; readonly items: boolean };

/** `/offers/OXF1` is asked as `/offers/?id=OXF1`, where the list can be asked so; `/offers/?propertyId=OXF1` as it is. */
function questionOf(href: string): { start: string; ids: readonly string[]; items: boolean } | undefined {
  const [path = '', query] = href.split('?');
  if (query !== undefined) {
    const pairs = query.split('&').map((pair) => pair.split('='));
    const name = pairs.at(-1)?.[0];
    const rest = pairs.filter(([one]) => one !== name).map((pair) => pair.join('='));
    const ids = pairs.filter(([one]) => one === name).map(([, id = '']) => id);
    return { start: `${path}?${[...rest, name].join('&')}=`, ids, items: false };
  }
  const [, list = '', id = ''] = /^(.*\/)([^/]+)$/.exec(path) ?? [];
  const spec = top.find((one) => one.path?.replace(/\/?$/, '/') === list);
  if (!spec?.query?.id || !spec.itemPath) return undefined;
  return { start: `${list}?pageSize=100${HIDDEN[list] ?? ''}&id=`, ids: [id], items: true };
}

test('every link of every row of the sandbox answers 200, and every embed is there', async () => {
  await using house = await openReapit();
  const parts = new Set((await house.lab.rows<{ code: string }>(WITH_PARTS)).map(({ code }) => code));
  const wrong: string[] = [];
  /** href → where it was first seen */
  const found = new Map<string, string>();
  /** of lists, links and embeds of which some row has something */
  const full = new Set<string>();

  const get = async (path: string, seen: string): Promise<Page> => {
    const { status, body, text } = await house.inject(path);
    if (status !== 200) wrong.push(`${seen}: ${path} answers ${status} ${text.slice(0, 200)}`);
    return body as Page;
  };
  const note = ({ _links, _embedded }: Row, seen: string): void => {
    for (const [key, { href }] of Object.entries(_links ?? {})) if (!found.has(href)) found.set(href, `${seen}, link ${key}`);
    for (const [name, value] of Object.entries(_embedded ?? {}))
      for (const one of [value].flat()) if (one) note(one as Row, `${seen}, embed ${name}`);
  };
  const walk = async (spec: GroupSpec, path: string): Promise<void> => {
    const { path: name = '', embed = [] } = spec;
    let next: string | undefined = `${path}?pageSize=100${embed.map((one) => `&embed=${one}`).join('')}${HIDDEN[path] ?? ''}`;
    while (next !== undefined) {
      const page = await get(next, name);
      for (const row of page._embedded ?? []) {
        const missing = embed.filter((one) => !(one in (row._embedded ?? {})));
        if (missing.length > 0) wrong.push(`${name} ${row.id} has no ${missing}`);
        note(row, `${name} ${row.id}`);
        for (const key of Object.keys(row._links ?? {})) full.add(`${name} link ${key}`);
        for (const [key, value] of Object.entries(row._embedded ?? {}))
          if (Array.isArray(value) ? value.length > 0 : value !== null) full.add(`${name} embed ${key}`);
        if (name === '/properties/' && !parts.has(String(row.id))) continue;
        for (const one of below(spec)) {
          const list = `${path.replace(/\/$/, '')}/${row.id}/${one.path?.slice(one.path.lastIndexOf('/') + 1)}`;
          if (!found.has(list)) await walk(one, list);
        }
      }
      next = page._links?.next?.href;
    }
  };
  await Promise.all(top.map((spec) => walk(spec, spec.path ?? '')));

  const questions = new Map<string, Question>();
  const followed = new Set<string>();
  /** Links of one form are asked for together, a hundred at a time, the first of each as it stands. */
  const follow = async (href: string, seen: string): Promise<void> => {
    followed.add(href);
    const question = questionOf(href);
    const known = question && questions.get(question.start);
    for (const id of question?.ids ?? []) known?.ids.add(id);
    if (known) return;
    if (question) questions.set(question.start, { ...question, ids: new Set(question.ids) });
    const answer = await get(href, seen);
    if (Array.isArray(answer?._embedded)) for (const row of answer._embedded) note(row, href);
  };
  while (found.size > followed.size)
    await inTurns(
      [...found].filter(([href]) => !followed.has(href)),
      ([href, seen]) => follow(href, seen),
    );
  const asked = [...questions.values()].flatMap(({ start, ids, items }) => {
    const all = [...ids];
    return Array.from({ length: Math.ceil(all.length / 100) }, (_, at) => ({
      start,
      items,
      ids: all.slice(at * 100, at * 100 + 100),
    }));
  });
  await inTurns(asked, async ({ start, items, ids }) => {
    const name = start.slice(start.lastIndexOf('&') + 1).replace(/^.*\?/, '');
    const page = await get(start + ids.join(`&${name}`), `all of ${start}`);
    const there = new Set((page._embedded ?? []).map(({ id }) => String(id)));
    const gone = items ? ids.filter((id) => !there.has(decodeURIComponent(id))) : [];
    if (gone.length > 0) wrong.push(`${start} does not know ${gone}`);
  });
  deepEqual(wrong, []);
  const named = top.flatMap(({ path = '', links = {}, embed = [] }) => [
    ...Object.keys(links).map((key) => `${path} link ${key}`),
    ...embed.map((key) => `${path} embed ${key}`),
  ]);
  deepEqual(
    named.filter((one) => !full.has(one) && !EMPTY.includes(one)),
    [],
  );
  ok(found.size > 10_000, `${found.size} links`);
});

/** A few at a time, as many as the house has connections. */
async function inTurns<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const turn = async () => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await act(one);
  };
  await Promise.all(Array.from({ length: 5 }, turn));
}
