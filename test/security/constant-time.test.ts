import { deepEqual, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('testing/'),
);

/** Names of what lets somebody in. */
const SECRET = String.raw`\w*(?:secret|signature|password|passwd|csrf|verifier|hmac|mac|digest|tokenHash|keyHash)\b`;
const COMPARED = new RegExp(
  String.raw`(?:\b${SECRET}\)?\s*[!=]==?\s*(?!undefined|null|''|typeof|\d)[\w(])|(?:[\w)]\s*[!=]==?\s*\w*\.?${SECRET}(?!\.length))`,
  'i',
);

/** Two values of one sender, and a backup's mark of the secret it was made under, on the operator's own machine. */
const NO_SECRET = [/\(secret \?\? basic\.secret\) !== basic\.secret/, /manifest\.secret !== fingerprintOf\(secrets\)/];

test('what lets somebody in is never compared with an operator', () => {
  const found = sources.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) =>
        COMPARED.test(line) && !/^\s*(\*|\/\/)/.test(line) && !NO_SECRET.some((known) => known.test(line))
          ? [`${file}:${at + 1} ${line.trim()}`]
          : [],
      ),
  );
  deepEqual(found, []);
});

test('the search finds what it is for', () => {
  for (const line of ['if (secret === row.secret)', 'return sent !== signature;', 'csrf == session.csrf'])
    ok(COMPARED.test(line), line);
  for (const line of ['secret === undefined', "password !== ''", 'typeof secret === "string"', 'a.length === signature.length'])
    ok(!COMPARED.test(line), line);
});
