import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { splitKind } from '../../../src/domain/orgs/account.ts';
import type { Condition } from '../../../src/kernel/condition.ts';

const PAGE = { order: [], limit: 10, offset: 0, total: false } as const;
const is = (name: string, value: string, op: 'eq' | 'ne' = 'eq'): Condition => ({
  kind: 'compare',
  op,
  left: { kind: 'field', name },
  right: { kind: 'literal', type: 'text', value },
});
const split = (where?: Condition) => {
  const { kind, where: rest } = splitKind({ ...PAGE, ...(where ? { where } : {}) });
  return { kind, rest };
};
const BRIAN = is('name', 'Brian');

test('members, where nothing is said about kinds', () => {
  deepEqual(split(), { kind: 'member', rest: undefined });
  deepEqual(split(BRIAN), { kind: 'member', rest: BRIAN });
  // a value is no field
  deepEqual(split(is('name', 'kind')), { kind: 'member', rest: is('name', 'kind') });
});

test('the one kind that every row must have is taken out', () => {
  deepEqual(split(is('kind', 'OFFICE')), { kind: 'office', rest: { kind: 'and', of: [] } });
  deepEqual(split({ kind: 'and', of: [BRIAN, is('kind', 'Mls')] }), { kind: 'mls', rest: { kind: 'and', of: [BRIAN] } });
  const both: Condition = { kind: 'and', of: [is('kind', 'member'), is('kind', 'office')] };
  deepEqual(split(both), { kind: 'member', rest: { kind: 'and', of: [is('kind', 'office')] } });
});

test('whatever else is said about kinds is asked of every row', () => {
  const others: Condition[] = [
    is('kind', 'nobody'),
    is('kind', 'member', 'ne'),
    { kind: 'not', of: is('kind', 'member') },
    { kind: 'or', of: [is('kind', 'member'), BRIAN] },
    { kind: 'and', of: [BRIAN, { kind: 'or', of: [is('kind', 'member'), is('kind', 'office')] }] },
    { kind: 'starts', left: { kind: 'field', name: 'kind' }, text: 'm' },
    {
      kind: 'compare',
      op: 'eq',
      left: { kind: 'call', name: 'lower', args: [{ kind: 'field', name: 'kind' }] },
      right: { kind: 'literal', type: 'text', value: 'member' },
    },
  ];
  for (const where of others) deepEqual(split(where), { kind: undefined, rest: where });
});
