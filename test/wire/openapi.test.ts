import { deepEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { type TSchema, Type } from 'typebox';
import type { Contract } from '../../src/wire/contract.ts';
import { type ApiDescription, openapi } from '../../src/wire/openapi.ts';

const ABOUT: ApiDescription = {
  title: 'Homes',
  version: '1',
  description: 'Homes and nothing else.',
  servers: ['http://portico.test'],
  security: { name: 'key', scheme: { type: 'apiKey', in: 'header', name: 'key' } },
  faults: {},
  headers: {},
};

const readOf = (url: string, answer: TSchema): Contract => ({
  operationId: `read${url.slice(1)}`,
  method: 'GET',
  url,
  summary: 'Reads',
  scope: [],
  params: Type.Object({}),
  query: Type.Object({}),
  answers: { 200: answer },
  learned: 'nowhere',
});
const home = (member: string) => Type.Object({ [member]: Type.String() }, { $id: 'Home' });

test('a schema is described once, under its name', () => {
  const { components } = openapi([readOf('/homes', home('street')), readOf('/houses', home('street'))], ABOUT);
  deepEqual((components as { schemas: unknown }).schemas, {
    Home: { type: 'object', required: ['street'], properties: { street: { type: 'string' } } },
  });
});

test('two shapes of one name are a slip in a contract', () => {
  throws(() => openapi([readOf('/homes', home('street')), readOf('/houses', home('number'))], ABOUT), {
    message: 'Two schemas are called Home',
  });
});
