import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { coversAll, grantedScopes, scopesInWords } from '../../src/auth/dotloop/scopes.ts';

const ALL = ['account:read', 'profile:*', 'loop:*', 'contact:*', 'template:read'];

test('what is granted is what is asked, as far as the registration covers it', () => {
  for (const [asked, registered, granted] of [
    [undefined, ALL, ALL],
    [undefined, ['loop:*', 'account:read'], ['account:read', 'loop:*']],
    ['profile:read', ['profile:*'], ['profile:read']],
    ['profile:*', ['profile:read'], ['profile:read']],
    ['profile:*', ['profile:read', 'profile:write'], ['profile:read', 'profile:write']],
    ['profile:write', ['profile:read'], []],
    ['loop:*, loop:read account:read,nonsense', ALL, ['account:read', 'loop:*']],
    ['template:*', ALL, ['template:read']],
    ['openid', ALL, []],
    [' , ', ALL, []],
    ['constructor', ALL, []],
  ] as const)
    deepEqual(grantedScopes(asked, registered), granted, `${asked} of ${registered}`);
});

test('a consent covers what it names and the parts of its wildcards', () => {
  equal(coversAll(['loop:*'], ['loop:read', 'loop:write', 'loop:*']), true);
  equal(coversAll(['loop:write'], ['loop:read']), false, 'write does not imply read');
  equal(coversAll(['loop:read', 'loop:write'], ['loop:*']), false);
});

test('every scope has plain words', () => {
  deepEqual(scopesInWords(['template:read', 'account:read']), [
    'See your name, your e-mail address and your account',
    'See your loop templates',
  ]);
});
