import { equal, match, notEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { makeSecrets } from '../../src/kernel/secrets.ts';

const secrets = makeSecrets('one secret');

test('what is sealed opens again, differently each time', () => {
  const sealed = secrets.seal('Größe 9½');
  match(sealed, /^v1\.[\w-]+$/);
  equal(secrets.open(sealed), 'Größe 9½');
  notEqual(secrets.seal('Größe 9½'), sealed);
  equal(secrets.open(secrets.seal('')), '');
});

test('changed, cut or foreign texts do not open', () => {
  const sealed = secrets.seal('text');
  throws(() => makeSecrets('another').open(sealed));
  // Not the last character: some of its bits are padding, which decoding leaves out.
  throws(() => secrets.open(`${sealed.slice(0, -2)}${sealed.at(-2) === 'A' ? 'B' : 'A'}${sealed.at(-1)}`));
  throws(() => secrets.open(sealed.slice(0, 20)));
  throws(() => secrets.open('v2.abc'));
});
