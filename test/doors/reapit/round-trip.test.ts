import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { groupOf } from '../../../src/doors/reapit/contract/data.ts';
import { declared } from '../../../src/doors/reapit/resources/index.ts';
import type { Fields, GroupSpec } from '../../../src/wire/resource/spec.ts';
import { bodyFor, lost } from './example.ts';
import { openReapit, type ReapitHouse } from './house.ts';
import { wrongIn } from './records.ts';
import { SPECIAL } from './special.ts';

let house: ReapitHouse;
before(async () => {
  house = await openReapit();
});
after(() => house[Symbol.asyncDispose]());

type Body = Record<string, unknown>;
const base = 'http://portico.test/reapit';
const has = ({ endpoints }: GroupSpec, method: string, path: string | undefined) =>
  endpoints.some((one) => one.method === method && one.path === path);

/** The path of a list with ids of the sandbox in it; undefined where the sandbox has none. */
const fill = (path: string, ids: readonly string[] | undefined): string | undefined => {
  const wanted = path.match(/\{\w+\}/g)?.length ?? 0;
  if (wanted > (ids?.length ?? 0)) return undefined;
  let at = 0;
  return path.replaceAll(/\{\w+\}/g, () => ids?.[at++] ?? '');
};

const textOf = (spec: { type: string; format?: string; enum?: readonly string[] }): string => {
  if (spec.enum) return spec.enum[0] ?? '';
  if (spec.type === 'boolean') return 'true';
  if (spec.type === 'integer' || spec.type === 'number') return '5';
  return spec.format === 'date-time' || spec.format === 'date' ? '2020-01-01T00:00:00Z' : 'a';
};

/** `buying` of `buying.priceFrom`. */
const memberOf = (path: unknown) => /^\w+/.exec(String(path))?.[0];

/** What the members of a shape hold besides null, empty lists and empty objects; undefined where that is nothing. */
function standing(value: unknown, fields: Fields | undefined): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (typeof value !== 'object') return value;
  const full = Object.entries(value ?? {})
    .filter(([name]) => fields === undefined || Object.hasOwn(fields, name))
    .flatMap(([name, one]): [string, unknown][] => {
      const inner = standing(one, fields?.[name]?.fields);
      return inner === undefined ? [] : [[name, inner]];
    });
  return full.length === 0 ? undefined : Object.fromEntries(full);
}

for (const { group, operations } of declared) {
  const spec = groupOf(group);
  const special = SPECIAL[group] ?? {};
  const own = (method: string, path: string | undefined) => has(spec, method, path) && !operations.includes(`${method} ${path}`);

  describe(group, () => {
    const list = fill(spec.path ?? '', special.above);
    const item = (id: string) => fill(spec.itemPath ?? '', [...(special.above ?? []), id]) ?? '';
    if (list === undefined) {
      test('its rows lie below ids that the sandbox names', {
        todo: `test/doors/reapit/special.ts has none for ${group}`,
      }, () => {});
      return;
    }

    if (own('POST', spec.path) && own('GET', spec.itemPath))
      test('what is written comes back', async () => {
        const body = bodyFor(spec.create?.fields ?? {}, 0, special.create);
        const made = await house.call(list, { json: body });
        equal(made.status, 201, made.text);
        equal(made.text, '');
        const location = made.headers.get('location') ?? '';
        ok(location.startsWith(base), location);
        const path = location.slice(base.length);
        const read = await house.call(path);
        equal(read.status, 200, read.text);
        deepEqual(lost({ ...body, ...special.answered }, read.body), []);
        match(read.headers.get('etag') ?? '', /^"[0-9A-F]{32}"$/);
        if (!own('PATCH', spec.itemPath)) return;

        let tag = read.headers.get('etag') ?? '';
        const update = bodyFor(spec.update?.fields ?? {}, 1, special.update);
        for (const [name, value] of Object.entries(update)) {
          const headers = { 'if-match': tag };
          const patched = await house.call(path, { method: 'PATCH', json: { [name]: value }, headers });
          equal(patched.status, 204, `${name}: ${patched.text}`);
          const again = await house.call(path);
          deepEqual(lost({ [name]: value, ...special.answered }, again.body), []);
          const next = again.headers.get('etag') ?? '';
          ok(next !== tag, `${name} has not changed the tag`);
          equal((again.body as Body)._eTag ?? next, next);
          tag = next;
          if (special.archives === name) {
            const back = await house.call(path, { method: 'PATCH', json: { [name]: false }, headers: { 'if-match': tag } });
            equal(back.status, 204, back.text);
            tag = (await house.call(path)).headers.get('etag') ?? '';
          }
        }
        const before = (await house.call(path)).body as Body;
        const empty = await house.call(path, { method: 'PATCH', json: {}, headers: { 'if-match': tag } });
        equal(empty.status, 204);
        const after = (await house.call(path)).body as Body;
        deepEqual({ ...after, modified: before.modified, _eTag: before._eTag }, before);
        const echo = await house.call(path, {
          method: 'PATCH',
          json: after,
          headers: { 'if-match': (await house.call(path)).headers.get('etag') ?? '' },
        });
        equal(echo.status, 204, echo.text);
        const echoed = (await house.call(path)).body as Body;
        deepEqual({ ...echoed, modified: before.modified, _eTag: before._eTag }, before);

        const clear = async (members: readonly string[]) =>
          house.call(path, {
            method: 'PATCH',
            json: Object.fromEntries(members.map((name) => [name, null])),
            headers: { 'if-match': (await house.call(path)).headers.get('etag') ?? '' },
          });
        let clearable = Object.keys(spec.update?.fields ?? {}).filter((name) => name !== special.archives);
        let cleared = await clear(clearable);
        // What is kept may need another member: a second answer names that one.
        for (let turn = 0; turn < 2 && cleared.status === 422; turn++) {
          const needed = wrongIn(cleared.body).map(memberOf);
          clearable = clearable.filter((name) => !needed.includes(name));
          cleared = await clear(clearable);
        }
        equal(cleared.status, 204, cleared.text);
        const bare = (await house.call(path)).body as Body;
        const members = Object.fromEntries(clearable.map((name) => [name, bare[name]]));
        deepEqual(standing(members, spec.update?.fields) ?? {}, special.bare ?? {});
      });

    if (own('GET', spec.path) && spec.itemPath !== undefined)
      test('every filter and every sort answers', async () => {
        for (const [name, parameter] of Object.entries(spec.query ?? {})) {
          if (['sortBy', 'embed', 'extrasField', 'metadata', 'pageNumber', 'pageSize'].includes(name)) continue;
          const value = special.queries?.[name] ?? `${name}=${textOf(parameter)}`;
          const answer = await house.call(`${list}?${value}`);
          equal(answer.status, 200, `${value}: ${answer.text}`);
        }
        for (const word of spec.sortBy ?? [])
          for (const sign of ['', '-']) {
            const answer = await house.call(`${list}?sortBy=${sign}${word}`);
            equal(answer.status, 200, `${word}: ${answer.text}`);
          }
        if (spec.paged) {
          const nonsense = [
            'pageSize=101',
            ...['sortBy', 'embed'].filter((name) => spec.query?.[name]).map((name) => `${name}=nonsense`),
          ];
          for (const query of nonsense) equal((await house.call(`${list}?${query}`)).status, 400, query);
        }
      });

    if (own('GET', spec.path))
      test('without token, without scope, with ids of elsewhere', async () => {
        equal((await house.call(list, { token: null })).status, 401);
        if (spec.scopes.read !== undefined) equal((await house.call(list, { token: 'none' })).status, 403);
        if (own('GET', spec.itemPath)) equal((await house.call(item('ZZZ99999999'))).status, 404);
        const elsewhere = await house.call(list, { token: 'demo' });
        ok(elsewhere.status === 200 || elsewhere.status === 404, elsewhere.text);
        ok(!/allenrealty|Allen Realty|Erwin|Garay/.test(elsewhere.text), 'rows of the other brokerage');
      });
  });
}
