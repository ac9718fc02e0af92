import { Type } from 'typebox';
import { key, none, operation, results } from './operation.ts';

const Codes = Type.Array(Type.String(), { description: 'Codes of property types, as /propertytypes lists them.' });
const facts = {
  ResourceUri: Type.String({ pattern: '^/v1/' }),
  Label: Type.String(),
  Type: Type.Enum(['Character', 'Integer', 'Decimal', 'Boolean', 'Date', 'Datetime']),
  Searchable: Type.Boolean({ description: 'Whether this key may filter and sort by it.' }),
  HasList: Type.Boolean(),
  MaxListSize: Type.Integer({ description: 'How many values its list has.' }),
  MlsVisible: Codes,
};
const FieldValue = Type.Object({ Name: Type.String(), Value: Type.String(), 'Applies To': Codes }, { $id: 'FieldValue' });
export const FieldRecord = Type.Object({ ...facts, FieldList: Type.Optional(Type.Array(FieldValue)) }, { $id: 'Field' });
/** Field name → what it is. */
const Fields = Type.Record(Type.String(), FieldRecord);
const Group = Type.Object({ Label: Type.String(), Fields }, { $id: 'FieldGroup' });
const PropertyType = Type.Object({ MlsName: Type.String(), MlsCode: Type.String() }, { $id: 'PropertyType' });

const name = Type.String({ minLength: 1, description: 'Name of a field.' });
const shared = { service: 'metadata', method: 'GET', query: none, learned: 'contracts/spark.md 10.2 [client]' } as const;

export const listStandardFields = operation({
  ...shared,
  row: 'E27',
  operationId: 'listStandardFields',
  url: '/standardfields',
  summary: 'What the members of StandardFields are',
  params: none,
  answers: { 200: results(Fields) },
});
export const readStandardField = operation({
  ...shared,
  row: 'E27',
  operationId: 'readStandardField',
  url: '/standardfields/:name',
  summary: 'What one member of StandardFields is, with the values of its list',
  params: Type.Object({ name }),
  answers: { 200: results(Fields) },
});
export const listMlsStandardFields = operation({
  ...shared,
  row: 'E28',
  operationId: 'listMlsStandardFields',
  url: '/mls/:mlsId/standardfields',
  summary: 'What the members of StandardFields are in one MLS',
  params: Type.Object({ mlsId: key() }),
  answers: { 200: results(Fields) },
});
export const readMlsStandardField = operation({
  ...shared,
  row: 'E28',
  operationId: 'readMlsStandardField',
  url: '/mls/:mlsId/standardfields/:name',
  summary: 'What one member of StandardFields is in one MLS, with the values of its list',
  params: Type.Object({ mlsId: key(), name }),
  answers: { 200: results(Fields) },
});
export const listPropertyTypes = operation({
  ...shared,
  row: 'E29',
  operationId: 'listPropertyTypes',
  url: '/propertytypes',
  summary: 'The property types of the MLS, with their codes',
  params: none,
  answers: { 200: results(PropertyType) },
});
export const listCustomFields = operation({
  ...shared,
  row: 'E30',
  operationId: 'listCustomFields',
  url: '/customfields',
  summary: "The MLS's own fields, in groups",
  params: none,
  answers: { 200: results(Type.Record(Type.String(), Group)) },
});
export const readCustomField = operation({
  ...shared,
  row: 'E30',
  operationId: 'readCustomField',
  url: '/customfields/:name',
  summary: "One of the MLS's own fields",
  params: Type.Object({ name }),
  answers: { 200: results(Fields) },
});
