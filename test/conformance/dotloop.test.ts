import { deepEqual } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { type Browse, loadCases, runCase } from '../../src/testing/conformance.ts';
import { makeVisitor } from '../auth/visitor.ts';
import { testCases } from './worlds.ts';

const cases = loadCases('dotloop');

const browse: Browse = async (address, email, path) => {
  const visitor = makeVisitor(address);
  await visitor.signIn(email);
  const first = await visitor.go(path);
  return first.status === 302 ? first : visitor.decide(path, 'approve');
};

test('every printed example D01 to D52 has one case', () => {
  const covered = cases.map(({ name }) => name.split(' ')[0] ?? '').filter((id) => /^D\d/.test(id));
  const all = Array.from({ length: 52 }, (_, at) => `D${String(at + 1).padStart(2, '0')}`);
  deepEqual(covered.sort(), all);
});

const receiver = createServer((request, response) => request.resume().on('end', () => response.end('thanks')));
await once(receiver.listen(0, '127.0.0.1'), 'listening');
after(() => receiver.close());
const facts = { receiver: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook` };

testCases(cases, (lab, one) => runCase(lab, one, browse, facts));
