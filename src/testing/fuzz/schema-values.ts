import fc from 'fast-check';
import { hostileDate } from './hostile.ts';

/** The keywords of JSON Schema that the doors' documents use. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly readOnly?: boolean;
};

/** What surrounds a schema: where references lead, and the records that its ids could mean. */
export type Surroundings = {
  readonly resolve: (reference: string) => Schema;
  /** ids of the noun that a member is named after: `negotiatorId`, `lead_ids` */
  readonly idsFor: (member: string) => readonly (string | number)[];
};

const DEEPEST = 6;
const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': fc.oneof(
    { weight: 4, arbitrary: day.map((at) => at.toISOString()) },
    { weight: 3, arbitrary: day.map((at) => at.toISOString().replace(/\.\d+/, '')) },
    { weight: 1, arbitrary: hostileDate },
  ),
  date: fc.oneof({ weight: 7, arbitrary: day.map((at) => at.toISOString().slice(0, 10)) }, { weight: 1, arbitrary: hostileDate }),
  uri: fc.constantFrom('https://example.com/a', 'http://example.com:8080/x?y=z#f', 'https://example.com/pic.jpg'),
  email: fc.constantFrom('ann@example.com', 'BEN.O+tag@Example.org', 'brianerwin@newkyhome.com'),
  uuid: fc.uuid(),
};

/** Words that members of many nouns take; a value that means something goes further than one that does not. */
const WORDS = fc.constantFrom('Ann', 'Müller', '12 High Street', 'Active', 'sale', 'GBP', 'USD', '40502', '+1 859 555 0100', 'A');

/** One for all: each of its kind takes milliseconds to build. */
const ANY_TEXT = fc.string({ unit: 'grapheme-composite', maxLength: 60 });

function textOf({ format = '', pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<unknown> {
  const form = FORMATS[format];
  if (form) return form;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern), { maxLength: 60 } as fc.StringMatchingConstraints);
  const fitting = (text: string) => [...text].slice(0, maxLength).join('').padEnd(minLength, 'x');
  return fc.oneof(
    { weight: 4, arbitrary: WORDS.map(fitting) },
    { weight: 2, arbitrary: ANY_TEXT.map(fitting) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(Math.min(maxLength, 2_000))) },
  );
}

/** Values that a schema calls right, as far as a schema can tell. */
export function valuesOf(schema: Schema, around: Surroundings, name = '', depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref) return valuesOf(around.resolve(schema.$ref), around, name, depth);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => valuesOf(one, around, name, depth)));
  const types = [schema.type ?? 'any'].flat().filter((type) => type !== 'null');
  const [type = 'any'] = types;
  const known = around.idsFor(name);
  if (known.length > 0 && (type === 'string' || type === 'integer')) {
    const id = fc.constantFrom(...known).map((one) => (type === 'integer' ? Number(one) : String(one)));
    return fc.oneof({ weight: 5, arbitrary: id }, { weight: 1, arbitrary: type === 'integer' ? fc.nat(10_000) : textOf(schema) });
  }
  switch (type) {
    case 'string':
      return textOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 3_000 }), fc.constant(schema.minimum ?? 1));
    case 'number':
      return fc.oneof(fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 900_000 }), fc.constantFrom(0, 0.5, 1234.56));
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 4 } = schema;
      const most = Math.max(minItems, Math.min(maxItems, depth > 2 ? 1 : 3));
      return depth > DEEPEST
        ? fc.constant([])
        : fc.array(valuesOf(items, around, name, depth + 1), { minLength: minItems, maxLength: most });
    }
    case 'object':
      return objectsOf(schema, around, depth);
    default:
      return fc.oneof(WORDS, fc.integer(), fc.constant({ a: 1 }));
  }
}

function objectsOf(schema: Schema, around: Surroundings, depth: number): fc.Arbitrary<unknown> {
  if (depth > DEEPEST) return fc.constant({});
  const { properties = {}, required = [], additionalProperties } = schema;
  const members = Object.entries(properties).filter(([, member]) => !member.readOnly);
  const record = fc.record(
    Object.fromEntries(members.map(([name, member]) => [name, valuesOf(member, around, name, depth + 1)])),
    { requiredKeys: required.filter((name) => members.some(([known]) => known === name)), noNullPrototype: true },
  );
  if (typeof additionalProperties !== 'object') return record;
  const others = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 12 }),
    valuesOf(additionalProperties, around, '', depth + 1),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  );
  return fc.tuple(others, record).map(([more, named]) => ({ ...more, ...named }));
}
