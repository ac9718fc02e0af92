import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf, type Policy } from '../../scripts/lock-audit.ts';

const policy: Policy = {
  licences: ['MIT', 'ISC'],
  licencesRead: { silent: 'MIT' },
  'taken over': { stolen: ['1.2.3'] },
  mended: { holey: [{ below: '1.0.10' }, { from: '2.0.0', below: '2.3.4' }] },
};
const fine = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };
const check = (packages: Record<string, object>, scripts = {}) =>
  faultsOf({ packages: { '': { version: '0.1.0' }, ...packages } }, policy, scripts);

test('what is right passes: choices of licences, versions around the bad ones, scripts that were looked at', () => {
  deepEqual(
    check(
      {
        'node_modules/a': fine,
        'node_modules/a/node_modules/@b/c': { ...fine, license: '(GPL-3.0 OR ISC)' },
        'node_modules/d': { ...fine, license: 'MIT AND ISC' },
        'node_modules/silent': { version: '1.0.0', integrity: 'sha512-x' },
        'node_modules/stolen': { ...fine, version: '1.2.4' },
        'node_modules/holey': { ...fine, version: '1.0.10' },
        'node_modules/e/node_modules/holey': { ...fine, version: '2.10.0' },
        'node_modules/scripted': { ...fine, hasInstallScript: true },
      },
      { scripted: false },
    ),
    [],
  );
});

test('what is wrong is named', () => {
  deepEqual(
    check({
      'node_modules/bare': { version: '1.0.0', license: 'MIT' },
      'node_modules/git': { ...fine, resolved: 'git+ssh://git@example.com/x.git' },
      'node_modules/scripted': { ...fine, hasInstallScript: true },
      'node_modules/closed': { ...fine, license: 'MIT AND SSPL-1.0' },
      'node_modules/unknown': { version: '1.0.0', integrity: 'sha512-x' },
      'node_modules/a/node_modules/stolen': { ...fine, version: '1.2.3' },
      'node_modules/holey': { ...fine, version: '1.0.9' },
      'node_modules/b/node_modules/holey': { ...fine, version: '2.3.3-beta.1' },
    }),
    [
      'bare@1.0.0: no integrity',
      'git@1.0.0: comes from git+ssh://git@example.com/x.git, not from the registry',
      'scripted@1.0.0: runs a script when it is installed, which nobody looked at',
      'closed@1.0.0: licence MIT AND SSPL-1.0',
      'unknown@1.0.0: licence unknown',
      'stolen@1.2.3: was published by somebody else',
      'holey@1.0.9: has a hole that a later version closed',
      'holey@2.3.3-beta.1: has a hole that a later version closed',
    ],
  );
});
