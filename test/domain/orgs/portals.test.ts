import { deepEqual, equal, rejects } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Actor, systemActor } from '../../../src/access/actor.ts';
import { portalNameOf, portalNames } from '../../../src/domain/orgs/portal-name.ts';
import { Fault } from '../../../src/kernel/fault.ts';
import { openLab } from '../../../src/testing/lab.ts';

const member = (orgId: number, memberId: number): Actor => ({
  ...systemActor(orgId, 'spark'),
  kind: 'key',
  id: 1,
  memberId,
  administrator: false,
});
const isConflict = (error: unknown) => error instanceof Fault && error.kind === 'conflict';
const isNotFound = (error: unknown) => error instanceof Fault && error.kind === 'not_found';

describe('names', () => {
  test('are slugs of what people read', () => {
    deepEqual(
      ['GreatPortal', '  Brian Erwin ', 'Piña & Söhne, Oxford!', '東京', '--', 'x'.repeat(99), `${'x'.repeat(59)} y`].map(
        portalNameOf,
      ),
      ['greatportal', 'brian-erwin', 'pina-sohne-oxford', 'portal', 'portal', 'x'.repeat(60), 'x'.repeat(59)],
    );
  });
  test('run on with numbers', () => deepEqual(portalNames('a', 3), ['a', 'a-2', 'a-3']));
});

test('a member makes one portal; its name stays; the first brokerage with a name has it', async () => {
  await using lab = await openLab();
  const { portals } = lab.house.stores.domain.orgs;
  const [allen, hugh] = [member(1, 2), member(2, 2)];
  equal(await portals.find(allen, 2), undefined);
  const made = await portals.create(allen, { displayName: 'GreatPortal', requiredFields: ['address', 'phone'] });
  deepEqual(
    [made.name, made.display_name, made.enabled, made.required_fields, made.member_key],
    ['greatportal', 'GreatPortal', true, ['address', 'phone'], '20050103091500000000000000'],
  );
  await rejects(portals.create(allen, { displayName: 'Another' }), isConflict);
  deepEqual(await lab.rows("select * from portal_name where name = 'another'"), [], 'no name is left behind');
  equal((await portals.create(hugh, { displayName: 'Great Portal' })).name, 'great-portal');
  const john = await portals.create(member(1, 3), { displayName: 'GREATPORTAL' });
  equal(john.name, 'greatportal-2');

  const renamed = await portals.update(allen, { display_name: 'Greater', enabled: false });
  deepEqual([renamed.name, renamed.display_name, renamed.version], ['greatportal', 'Greater', 2]);
  const again = await portals.update(allen, { display_name: 'Greater', enabled: false });
  deepEqual([again.version, again.updated_at], [2, renamed.updated_at], 'what changes nothing is not written');
  await rejects(portals.update(allen, { enabled: true }, john.reso_key), isNotFound);
  await rejects(portals.update(member(1, 10_000_001), { enabled: true }), isNotFound);
  const events = await lab.rows(
    "select verb, row_name, actor_kind from event where noun = 'portal' and row_id = $1 order by id",
    [made.id],
  );
  deepEqual(events, [
    { verb: 'created', row_name: 'GreatPortal', actor_kind: 'key' },
    { verb: 'updated', row_name: 'Greater', actor_kind: 'key' },
  ]);
});

test('sign-in finds enabled portals of active members by name, whatever the organisation', async () => {
  await using lab = await openLab();
  const { portals } = lab.house.stores.domain.orgs;
  const allen = member(1, 2);
  await portals.create(allen, { displayName: 'Allen' });
  const found = await portals.findByName('allen');
  deepEqual(
    [found?.orgId, found?.portal.display_name, found?.member],
    [1, 'Allen', { id: 2, reso_key: '20050103091500000000000000', name: 'Allen Agent', office_id: 11 }],
  );
  for (const name of ['Allen', 'nobody', '', 'a\0b']) equal(await portals.findByName(name), undefined, name);
  await portals.update(allen, { enabled: false });
  equal(await portals.findByName('allen'), undefined);
  await portals.update(allen, { enabled: true });
  await lab.rows('update member set active = false where org_id = 1 and id = 2');
  equal(await portals.findByName('allen'), undefined);
});

test('many members who want one name at once each get their own', async () => {
  await using lab = await openLab();
  const { portals } = lab.house.stores.domain.orgs;
  const members = [2, 3, 4, 10_000_001, 10_000_002];
  const made = await Promise.all(members.map((id) => portals.create(member(1, id), { displayName: 'Sold!' })));
  deepEqual(made.map(({ name }) => name).toSorted(), ['sold', 'sold-2', 'sold-3', 'sold-4', 'sold-5']);
});
