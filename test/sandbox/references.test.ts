import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellStory } from '../../src/sandbox/index.ts';
import { openWorld, type World } from './world.ts';

type Reference = { child: string; parent: string; mine: string[]; theirs: string[] };

/** Every foreign key of the schema, with its columns. */
const REFERENCES = `
  select k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent,
    (select array_agg(quote_ident(a.attname) order by n.i) from unnest(k.conkey) with ordinality n (num, i)
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.num) as mine,
    (select array_agg(quote_ident(a.attname) order by n.i) from unnest(k.confkey) with ordinality n (num, i)
       join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.num) as theirs
  from pg_constraint k where k.contype = 'f' and k.connamespace = current_schema()::regnamespace`;

/** How many rows refer to what is not there, by reference; those without any are left out. */
async function dangling({ query }: World): Promise<Record<string, number>> {
  const references = await query<Reference>(REFERENCES);
  assert.ok(references.length > 200, `${references.length} references`);
  const counts = references.map(({ child, parent, mine, theirs }) => {
    const filled = mine.map((column) => `c.${column} is not null`).join(' and ');
    const same = mine.map((column, i) => `p.${theirs[i]} = c.${column}`).join(' and ');
    return `select '${child} (${mine}) -> ${parent}' as name, count(*)::int as n from ${child} c
      where ${filled} and not exists (select from ${parent} p where ${same})`;
  });
  const rows = await query<{ name: string; n: number }>(`select * from (${counts.join(' union all ')}) d where n > 0`);
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}

test('whatever the world refers to is there, after it was told and after it was told again', async () => {
  await using world = await openWorld('sandbox');
  assert.deepEqual(await dangling(world), {});
  await tellStory(world.ports, { publicUrl: 'http://127.0.0.1:8080' });
  assert.deepEqual(await dangling(world), {});
});

// With references off ordinary triggers are off as well (src/sandbox/wipe.ts).
test('what the database does by itself when rows are written, it does for the story too', async () => {
  await using world = await openWorld('empty');
  const silenced = await world.query(
    `select tgrelid::regclass::text as relation, tgname as name from pg_trigger where not tgisinternal and tgenabled <> 'A'`,
  );
  assert.deepEqual(silenced, []);
});
