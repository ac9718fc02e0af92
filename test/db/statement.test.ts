import { deepEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { namedStatements, statement } from '../../src/db/index.ts';

test('a name is one text', () => {
  const one = statement('test.one', 'select 1');
  deepEqual(statement('test.one', 'select 1'), one);
  throws(() => statement('test.one', 'select 2'), { message: 'Two statements are named test.one' });
  deepEqual(namedStatements().get('test.one'), 'select 1');
});
