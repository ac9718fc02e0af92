import { deepEqual } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { type Browse, isAlone, loadCases, runCase } from '../../src/testing/conformance.ts';
import { type Lab, openLab } from '../../src/testing/lab.ts';
import { makeVisitor } from '../auth/visitor.ts';

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

describe('cases that only read', () => {
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab[Symbol.asyncDispose]());
  for (const one of cases.filter((each) => !isAlone(each)))
    test(one.name, async () => deepEqual(await runCase(lab, one, browse), []));
});

describe('cases that write, each on a world of its own', () => {
  const receiver = createServer((request, response) => request.resume().on('end', () => response.end('thanks')));
  let facts: { receiver: string };
  before(async () => {
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
    facts = { receiver: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook` };
  });
  after(() => receiver.close());
  for (const one of cases.filter(isAlone))
    test(one.name, async () => {
      const { env, background = false } = one;
      await using lab = await openLab({ background, ...(env ? { env: { ...env } } : {}) });
      deepEqual(await runCase(lab, one, browse, facts), []);
    });
});
